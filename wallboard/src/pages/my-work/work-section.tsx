import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { ClockText } from '../../components/clock-text.tsx';
import { recordPath } from '../../components/linked-records.tsx';
import { nextClock } from '../../components/next-clock.ts';
import { RefusalText } from '../../components/refusal-text.tsx';
import { AcceptMyWorkDocument, AcknowledgeMyWorkDocument, TakeMyWorkDocument, type MyWorkItemFieldsFragment, type MyWorkSectionFieldsFragment, type QueueRowFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { isFocusFree } from '../../lib/keep-focus.ts';
import { nearTime } from '../../lib/time/format-time.ts';
import { useMyWorkWords, type SectionName } from './my-work-page.tsx';

interface Props {
  readonly name: SectionName;
  readonly section: MyWorkSectionFieldsFragment;
  readonly bodies: ReadonlyMap<string, QueueRowFieldsFragment>;
  readonly reload: () => Promise<unknown>;
  readonly say: (text: string) => void;
}

/** One section: its exact number, and its rows in the order of work. */
export function WorkSection({ name, section: { total, items }, bodies, reload, say }: Props) {
  const t = useMyWorkWords();
  return (
    <section className="card work-section" data-section={name}>
      <h2>{t(`section.${name}`)} <span className="badge" data-total={total}>{total}</span> <small>{t(`hint.${name}`)}</small></h2>
      <ul>{items.map((item) => <WorkRow key={item.id} name={name} item={item} body={bodies.get(item.recordId) ?? null} reload={reload} say={say} />)}</ul>
      {total > items.length ? <p className="quiet"><small>{t('capped', { shown: items.length, total })}</small></p> : null}
    </section>
  );
}

type RowProps = Pick<Props, 'name' | 'reload' | 'say'> & { readonly item: MyWorkItemFieldsFragment; readonly body: QueueRowFieldsFragment | null };

function WorkRow({ name, item, body, reload, say }: RowProps) {
  const t = useMyWorkWords();
  const { locale, timeZone, t: d } = useDeskWords();
  const since = nearTime(Date.parse(item.since), Date.now(), { locale, timeZone });
  return (
    <li className="work-row" data-level={item.level} data-number={item.number}>
      <span className="cell-level">{item.level ?? ''}</span>
      <Link data-work-link to={recordPath(item)}>{item.number}</Link>
      <span className="cell-title"><b>{item.title}</b>{item.feedbackArrived ? <i>{d('flag.feedback')}</i> : null}<NoteText name={name} note={item.note} /></span>
      <span>{item.customer}</span>
      <span>{(locale === 'zh-CN' ? item.teamZh : item.team) ?? '—'}<small>{item.holder ?? t('nobody')}</small></span>
      <span className="work-since">{since}<small>{t(name === 'tasks' ? 'planned' : 'since')}</small></span>
      <span className="cell-clock">{body === null ? null : <ClockText clock={nextClock(body.clocks)} suspended={body.state === 'SUSPENDED'} />}</span>
      <span className="work-act">{name === 'alarms' || name === 'handoffs' || name === 'unassigned' ? <Act name={name} item={item} reload={reload} say={say} /> : null}</span>
    </li>
  );
}

function NoteText({ name, note }: { readonly name: SectionName; readonly note: string | null }) {
  const t = useMyWorkWords();
  const { locale, vocabulary } = useDeskWords();
  if (note === null) return null;
  if (note === 'breached' || note === 'new-lv1') return <i>{t(`alarm.${note}`)}</i>;
  if (name === 'alarms') return <i>{labelOf(vocabulary.escalationSteps, note, locale)}</i>;
  if (note === 'waiting') return <i>{t('note.waiting')}</i>;
  if (note === 'vote') return <i>{t('note.vote')}</i>;
  return <small>{note.replace(/^task /, '')}</small>;
}

/** Take, accept or acknowledge in place; a refusal is said in the row. */
function Act({ name, item, reload, say }: Omit<RowProps, 'body' | 'name'> & { readonly name: 'alarms' | 'handoffs' | 'unassigned' }) {
  const t = useMyWorkWords();
  const client = useApolloClient();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<{ readonly code: string; readonly message: string } | null>(null);
  const act = async (): Promise<void> => {
    setBusy(true);
    const [error] = await SENDERS[name](client, item).catch((thrown: unknown) => [{ code: 'UNREACHABLE', message: thrown instanceof Error ? thrown.message : '' }]);
    setRefused(error ?? null);
    setBusy(false);
    say(error === undefined ? t(`done.${name}`, { number: item.number }) : t('late', { number: item.number }));
    await reload();
    // The row stands in another section now, or is gone: whoever works by keyboard goes on from it, or from the first.
    requestAnimationFrame(() => { if (isFocusFree()) rowOf(item.number)?.focus(); });
  };
  return <><button type="button" className="main" disabled={busy} onClick={() => void act()}>{t(`act.${name}`)}</button>{refused === null ? null : <small className="refusal" role="alert"><RefusalText {...refused} /></small>}</>;
}

const rowOf = (number: string): HTMLElement | null =>
  document.querySelector<HTMLElement>(`.work-row[data-number='${number}'] [data-work-link]`) ?? document.querySelector<HTMLElement>('[data-work-link]');

type Client = ReturnType<typeof useApolloClient>;
type Errors = readonly { readonly code: string; readonly message: string }[];

const SENDERS: Readonly<Record<'alarms' | 'handoffs' | 'unassigned', (client: Client, item: MyWorkItemFieldsFragment) => Promise<Errors>>> = {
  unassigned: async (client, { recordId, version }) =>
    (await client.mutate({ mutation: TakeMyWorkDocument, variables: { input: { id: recordId, expectedVersion: version } }, fetchPolicy: 'no-cache' })).data?.takeIncident.userErrors ?? [],
  handoffs: async (client, { recordId, version }) =>
    (await client.mutate({ mutation: AcceptMyWorkDocument, variables: { input: { id: recordId, expectedVersion: version } }, fetchPolicy: 'no-cache' })).data?.acceptHandoff.userErrors ?? [],
  alarms: async (client, { id }) =>
    (await client.mutate({ mutation: AcknowledgeMyWorkDocument, variables: { input: { alarmId: id } }, fetchPolicy: 'no-cache' })).data?.acknowledgeAlarm.userErrors ?? [],
};
