import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { LocaleSwitch } from '../../app/desk-shell.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useSearchParams } from '../../app/router.tsx';
import { SignInDocument } from '../../graphql/generated/desk/graphql.ts';

/** Only a path of this site may follow a sign-in: "//elsewhere" would leave it. */
export function safeNext(next: string | null): string {
  return next !== null && /^\/(?![/\\])/.test(next) ? next : '/';
}

/** E-mail and password; the server sets the session's cookie (ORG-04). */
export function SignInPage() {
  const { t } = useDeskWords();
  const [search] = useSearchParams();
  const [signIn, { loading }] = useMutation(SignInDocument);
  const [refusal, setRefusal] = useState<string | null>(null);
  const submit = async (form: FormData): Promise<void> => {
    setRefusal(null);
    const input = { email: String(form.get('email') ?? ''), password: String(form.get('password') ?? '') };
    try {
      const { data } = await signIn({ variables: { input } });
      const refused = data?.signIn.userErrors[0];
      if (refused === undefined) window.location.assign(safeNext(search.get('next')));
      else setRefusal(refused.message);
    } catch {
      setRefusal(t('server.away'));
    }
  };
  return (
    <main className="sign-in">
      <form onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }}>
        <h1><i aria-hidden="true">▲</i>Watchfloor</h1>
        <p className="subtitle">{t('signIn.subtitle')}</p>
        <label>{t('signIn.email')}<input name="email" type="email" autoComplete="username" required autoFocus /></label>
        <label>{t('signIn.password')}<input name="password" type="password" autoComplete="current-password" required /></label>
        {refusal === null ? null : <p className="refusal" role="alert">{refusal}</p>}
        <button type="submit" className="main" disabled={loading}>{t('signIn.submit')}</button>
        <LocaleSwitch />
      </form>
    </main>
  );
}
