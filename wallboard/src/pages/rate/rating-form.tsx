import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { RefusalText } from '../../components/refusal-text.tsx';

export interface Rating {
  readonly score: number;
  readonly text: string | null;
}

interface Refused {
  readonly code: string;
  readonly message: string;
}

export const SCORES = [1, 2, 3, 4, 5] as const;

/** One to five and a text (INC-17). `send` answers why it was refused, or null. */
export function RatingForm({ send }: { readonly send: (rating: Rating) => Promise<Refused | null> }) {
  const { t } = useDeskWords();
  const [refused, setRefused] = useState<Refused | null>(null);
  const [busy, setBusy] = useState(false);
  const submit = async (form: FormData): Promise<void> => {
    setBusy(true);
    const text = String(form.get('text') ?? '').trim();
    setRefused(await send({ score: Number(form.get('score')), text: text === '' ? null : text }).catch(() => ({ code: 'UNREACHABLE', message: t('server.away') })));
    setBusy(false);
  };
  return (
    <form className="rating" onSubmit={(event) => {
      event.preventDefault();
      void submit(new FormData(event.currentTarget));
    }}>
      <fieldset>
        <legend>{t('rate.question')}</legend>
        {SCORES.map((score) => <label key={score}><input type="radio" name="score" value={score} required /> {t(`score.${score}`)}</label>)}
      </fieldset>
      <label>{t('rate.text')}<textarea name="text" rows={3} maxLength={20_000} /></label>
      {refused === null ? null : <p className="refusal" role="alert"><RefusalText code={refused.code} message={refused.message} /></p>}
      <button type="submit" className="main" disabled={busy}>{t('actions.send')}</button>
    </form>
  );
}
