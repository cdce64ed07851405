import { useQuery } from '@apollo/client/react';
import type { ReactNode } from 'react';
import { labelOf, teamName, useDeskWords } from '../../app/desk-words.tsx';
import { When } from '../../components/when.tsx';
import { ChangeChoicesDocument, type ChangeFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import type { ChangeMessageKey } from '../../lib/messages/change/zh-CN.ts';
import { useChangeWords } from './change-words.ts';

/** The recorded facts of a change; what is empty is left out. */
export function ChangeFacts({ change }: { readonly change: ChangeFieldsFragment }) {
  const t = useChangeWords();
  const { locale } = useDeskWords();
  const terms = useQuery(ChangeChoicesDocument, { fetchPolicy: 'cache-first' }).data?.changeTerms;
  const zone = change.customer.timeZone;
  const when = (at: string | null): ReactNode => (at === null ? null : <When at={at} otherZone={zone} />);
  const span = (from: string | null, to: string | null): ReactNode => (from === null ? null : <><When at={from} otherZone={zone} /> → {to === null ? '…' : <When at={to} otherZone={zone} />}</>);
  const facts: readonly (readonly [ChangeMessageKey, ReactNode])[] = [
    ['fact.customer', change.customer.name], ['fact.requester', change.requesterName], ['fact.askedBy', change.askedBy], ['fact.source', t(`source.${change.source}`)],
    ['fact.type', labelOf(terms?.types ?? [], change.type, locale)], ['fact.risk', labelOf(terms?.risks ?? [], change.risk, locale)], ['fact.priority', labelOf(terms?.priorities ?? [], change.priority, locale)],
    ['fact.owner', change.owner?.name], ['fact.implementer', change.implementer?.name], ['fact.team', change.team === null ? null : teamName(change.team, locale)],
    ['fact.systems', change.businessSystems.join(', ')], ['fact.departments', change.departments.join(', ')], ['fact.expected', change.expectedResult], ['fact.preAuthorised', change.preAuthorised?.title],
    ['fact.software', change.software ? t('fact.yes') : null], ['fact.opened', when(change.openedAt)], ['fact.submitted', when(change.submittedAt)], ['fact.responseDue', when(change.responseDueAt)],
    ['fact.responded', change.respondedAt === null ? null : <>{t(change.response === 'refused' ? 'state.REFUSED' : 'state.ACCEPTED')} {when(change.respondedAt)} {change.responseReason}</>],
    ['fact.window', span(change.windowStartAt, change.windowEndAt)], ['fact.implementationDue', when(change.implementationDueAt)], ['fact.implementation', span(change.implementationStartedAt, change.implementationEndedAt)],
    ['fact.outcome', change.outcome === null ? null : t(`outcome.${change.outcome}`)], ['fact.expectedMet', change.expectedResultMet === null ? null : t(change.expectedResultMet ? 'fact.yes' : 'fact.no')],
    ['card.review', change.reviewText], ['fact.stability', change.stability], ['fact.satisfaction', change.businessSatisfaction === null ? null : <>{change.businessSatisfaction} / 5 {change.businessRemark}</>],
    ['fact.closed', when(change.closedAt)], ['fact.endReason', change.endReason],
  ];
  return (
    <section className="card">
      <h2>{t('card.facts')}</h2>
      <p className="description">{change.description}</p>
      <dl className="facts">
        {facts.filter(([, value]) => value !== null && value !== undefined && value !== '').map(([name, value]) => <div key={name}><dt>{t(name)}</dt><dd>{value}</dd></div>)}
      </dl>
    </section>
  );
}
