import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { LocaleSwitch } from '../../app/desk-shell.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useParams } from '../../app/router.tsx';
import { AnswerSatisfactionDocument } from '../../graphql/generated/desk/graphql.ts';
import { RatingForm, type Rating } from './rating-form.tsx';

/** The page behind the one-time link: no sign-in, one answer (INC-17). */
export function RatePage() {
  const { t } = useDeskWords();
  const client = useApolloClient();
  const secret = useParams()['secret'] ?? '';
  const [taken, setTaken] = useState(false);
  const send = async (rating: Rating) => {
    const { data } = await client.mutate({ mutation: AnswerSatisfactionDocument, variables: { input: { secret, ...rating } }, fetchPolicy: 'no-cache' });
    const refused = data?.answerSatisfaction.userErrors[0] ?? null;
    if (refused === null) setTaken(true);
    return refused;
  };
  return (
    <main className="sign-in">
      <section className="card">
        <h1><i aria-hidden="true">▲</i>Watchfloor</h1>
        {taken ? <p role="status">{t('rate.thanks')}</p> : <RatingForm send={send} />}
        <LocaleSwitch />
      </section>
    </main>
  );
}
