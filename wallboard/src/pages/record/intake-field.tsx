import type { ReactNode } from 'react';
import { RefusalText } from '../../components/refusal-text.tsx';

export type IntakeErrors = readonly { readonly code: string; readonly message: string; readonly field: string | null }[];

interface Props {
  readonly name: string;
  readonly label: string;
  readonly errors: IntakeErrors;
  readonly required?: boolean;
  readonly wide?: boolean;
  readonly children: ReactNode;
}

/** A labelled input with what the server refused about it. */
export function IntakeField({ name, label, errors, required = false, wide = false, children }: Props) {
  const refused = errors.filter(({ field }) => field === name);
  return (
    <label className="field" data-wide={wide} data-refused={refused.length > 0}>
      <span>{label}{required ? <b aria-hidden="true">*</b> : null}</span>
      {children}
      {refused.map(({ code, message }) => <small key={message} className="refusal" role="alert"><RefusalText code={code} message={message} /></small>)}
    </label>
  );
}
