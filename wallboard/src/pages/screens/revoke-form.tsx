import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { RefusalText } from '../../components/refusal-text.tsx';
import { RevokeScreenDocument } from '../../graphql/generated/desk/graphql.ts';
import type { ScreenLine } from './screens-page.tsx';
import { useScreensWords } from './screens-words.ts';

interface Props {
  readonly screen: ScreenLine;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

/** Asks before a wall goes dark. */
export function RevokeForm({ screen, onDone, onCancel }: Props) {
  const t = useScreensWords();
  const [revoke, { loading }] = useMutation(RevokeScreenDocument);
  const [refused, setRefused] = useState<{ readonly code: string; readonly message: string } | null>(null);
  const send = async (reason: string): Promise<void> => {
    const { data } = await revoke({ variables: { input: { id: screen.id, reason: reason === '' ? null : reason } } });
    const error = data?.revokeScreen.userErrors[0];
    if (error === undefined) onDone();
    else setRefused(error);
  };
  return (
    <form className="card action-form" role="alertdialog" aria-label={t('revoke.ask', { name: screen.name })} onKeyDown={({ key }) => { if (key === 'Escape') onCancel(); }} onSubmit={(event) => {
      event.preventDefault();
      void send(String(new FormData(event.currentTarget).get('reason') ?? '').trim());
    }}>
      <p>{t('revoke.ask', { name: screen.name })}</p>
      <label className="field">{t('revoke.reason')}<input name="reason" maxLength={200} autoFocus /></label>
      {refused === null ? null : <p className="refusal" role="alert"><RefusalText {...refused} /></p>}
      <div className="form-end">
        <button type="submit" className="main" disabled={loading}>{t('revoke.yes')}</button>
        <button type="button" className="plain" onClick={onCancel}>{t('cancel')}</button>
      </div>
    </form>
  );
}
