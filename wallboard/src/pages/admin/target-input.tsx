import { useState } from 'react';
import { useAdminWords } from './admin-words.ts';
import { readTarget, targetText, type Target } from './target-text.ts';

interface Props {
  readonly label: string;
  readonly value: Target | null;
  readonly onChange: (value: Target | null) => void;
}

/** A span of business time or working days, typed; what is not understood says so and changes nothing. */
export function TargetInput({ label, value, onChange }: Props) {
  const t = useAdminWords();
  const [typing, setTyping] = useState<string | null>(null);
  const wrong = typing !== null && readTarget(typing) === undefined;
  return (
    <span className="target">
      <input aria-label={label} aria-invalid={wrong} size={6} value={typing ?? targetText(value)} placeholder="—" title={t('target.hint')} onBlur={() => { if (!wrong) setTyping(null); }} onChange={(event) => {
        setTyping(event.target.value);
        const read = readTarget(event.target.value);
        if (read !== undefined) onChange(read);
      }} />
      {wrong ? <small className="refusal" role="alert">{t('target.hint')}</small> : null}
    </span>
  );
}
