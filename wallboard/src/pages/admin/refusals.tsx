import type { UserError } from '../../components/record-actions/record-action.ts';
import { RefusalText } from '../../components/refusal-text.tsx';

/** What the server refused of an action without a form. */
export function Refusals({ errors }: { readonly errors: readonly UserError[] }) {
  return <>{errors.map((error) => <p key={error.message} className="refusal" role="alert"><RefusalText code={error.code} message={error.message} /></p>)}</>;
}
