import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link, useParams } from '../../app/router.tsx';
import { RedeemResetDocument } from '../../graphql/generated/desk/graphql.ts';
import { useAdminWords } from '../admin/admin-words.ts';
import { Refusals } from '../admin/refusals.tsx';
import { useSend } from '../admin/use-send.ts';

/** Where a one-time secret is turned into a password of one's own (ORG-04); nobody need be signed in. */
export function ResetPage() {
  const t = useAdminWords();
  const desk = useDeskWords();
  const secret = useParams()['secret'] ?? '';
  const { busy, errors, send } = useSend();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const [done, setDone] = useState(false);
  const differs = again !== '' && again !== password;
  return (
    <main className="sign-in">
      <form onSubmit={(event) => { event.preventDefault(); if (!differs) void send(RedeemResetDocument, { secret, password }).then((answer) => setDone(answer !== null)); }}>
        <h1><i aria-hidden="true">▲</i>Watchfloor</h1>
        <p className="subtitle">{t('reset.title')}</p>
        {done ? <><p role="status">{t('reset.done')}</p><Link to="/sign-in">{t('reset.signIn')}</Link></> : (
          <>
            <label>{t('reset.password')}<input type="password" autoComplete="new-password" minLength={10} maxLength={200} required value={password} onChange={(event) => setPassword(event.target.value)} /></label>
            <label>{t('reset.again')}<input type="password" autoComplete="new-password" required aria-invalid={differs} value={again} onChange={(event) => setAgain(event.target.value)} /></label>
            {differs ? <p className="refusal" role="alert">{t('reset.differs')}</p> : null}
            <Refusals errors={errors} />
            <button type="submit" className="main" disabled={busy || differs}>{desk.t('actions.send')}</button>
          </>
        )}
      </form>
    </main>
  );
}
