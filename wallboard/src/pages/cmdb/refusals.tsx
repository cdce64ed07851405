import { RefusalText } from '../../components/refusal-text.tsx';
import type { UserError } from '../../components/record-actions/record-action.ts';

/** Why the server refused, each on a line. */
export function Refusals({ errors }: { readonly errors: readonly UserError[] }) {
  return <>{errors.map((error) => <p key={error.message} className="refusal" role="alert"><RefusalText code={error.code} message={error.message} /></p>)}</>;
}
