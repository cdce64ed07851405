import { useState } from 'react';
import { Link } from '../../app/router.tsx';
import type { RecordAction } from '../../components/record-actions/record-action.ts';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { useRecordAction } from '../../components/record-actions/use-record-action.ts';
import { RefusalText } from '../../components/refusal-text.tsx';
import { When } from '../../components/when.tsx';
import type { CabChangeFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { useDeskWords } from '../../app/desk-words.tsx';
import { fullTime } from '../../lib/time/format-time.ts';
import { shortTitle } from './calendar-entries.ts';
import { castVote, decide, takeOff, type Meeting, type MeetingItem } from './cab-actions.ts';
import { NO_VALUES } from './cab-page.tsx';
import { ConflictList } from './conflict-list.tsx';
import { usePlanningWords } from './planning-words.ts';

interface Props {
  readonly meeting: Meeting;
  readonly item: MeetingItem;
  readonly reload: () => Promise<unknown>;
}

/** One change on the agenda: what is asked for, what stands against it, the votes, the decision. */
export function CabItem({ meeting, item, reload }: Props) {
  const t = usePlanningWords();
  const [deciding, setDeciding] = useState(false);
  const may = (action: string): boolean => meeting.availableActions.some((one) => one.action === action && one.allowed);
  const { tally, votes, change } = item;
  return (
    <article className="card cab-item" data-decision={item.decision} aria-label={`${change.number} ${shortTitle(change.title)}`}>
      <div className="cab-item-head">
        <b className="position">{item.position}</b>
        <div><ChangeFacts change={change} /></div>
        {item.decision === null ? null : <span className="decision" data-decision={item.decision}>{t(`decision.${item.decision}`)}</span>}
      </div>
      {item.note === null ? null : <p className="entry-body">{item.note}</p>}
      <ConflictList changeId={change.id} count={change.conflictCount} />
      <div className="tally" data-quorate={tally.quorate}>
        <TallyBar tally={tally} />
        <span>{t('cab.tally', { inFavour: tally.inFavour, against: tally.against, abstained: tally.abstained, voted: tally.voted, entitled: tally.entitled })}</span>
        <span className="badge" data-quorate={tally.quorate}>{tally.quorate ? t('cab.quorate') : t('cab.notQuorate', { needed: tally.needed })}</span>
      </div>
      {votes.length === 0 ? <p className="quiet">{t('cab.noVotes')}</p> : (
        <ul className="votes">
          {votes.map(({ person, vote, comment, beforehand }) => (
            <li key={person.id} data-vote={vote}><b>{person.name}</b> {t(`vote.${vote}`)}{beforehand ? <small>{t('cab.beforehand')}</small> : null}{comment === null ? null : <span className="quiet">{comment}</span>}</li>
          ))}
        </ul>
      )}
      {item.mayNotVote === null ? <VoteButtons meeting={meeting} item={item} reload={reload} /> : null}
      <div className="action-buttons">
        {may('decideCabItem') ? <button type="button" aria-expanded={deciding} aria-label={`${t('cab.decide')} ${change.number}`} onClick={() => setDeciding(!deciding)}>{t('cab.decide')}</button> : null}
        {may('removeCabItem') ? <CommandButton meeting={meeting} action={takeOff(t, item.id)} about={change.number} reload={reload} /> : null}
      </div>
      {deciding ? <DecideForm action={decide(t, item)} meeting={meeting} reload={reload} onDone={() => setDeciding(false)} /> : null}
    </article>
  );
}

/** What an agenda and the list of waiting changes say of a change. */
export function ChangeFacts({ change }: { readonly change: CabChangeFieldsFragment }) {
  const t = usePlanningWords();
  const place = useDeskWords();
  const { circulation } = change;
  return (
    <>
      <div className="entry-head">
        <span className="badge" data-category={change.category}>{t(`category.${change.category}`)}</span>
        <Link to={`/changes/${change.number}`}>{change.number} {shortTitle(change.title)}</Link>
        {change.conflictCount > 0 ? <span className="badge flag">{t('calendar.conflicts', { count: change.conflictCount })}</span> : null}
      </div>
      <p className="quiet">{change.customer.name} · {t('cab.requester', { name: change.requester })}{change.owner === null ? '' : ` · ${t('cab.owner', { name: change.owner })}`}</p>
      <p className="quiet">{t('cab.window')} <When at={change.windowStartAt} />{change.windowEndAt === null ? null : <> – <When at={change.windowEndAt} /></>}</p>
      <p className="quiet">
        {t('cab.papers', { count: change.paperCount })}{' '}
        {circulation === null
          ? (change.needsPapers ? <span className="badge flag">{t('cab.needsPapers')}</span> : null)
          : ` · ${t('cab.circulated', { when: fullTime(Date.parse(circulation.circulatedAt), place), count: circulation.members.length })}`}
        {circulation === null ? null : circulation.papers.map(({ id, name }) => <a key={id} className="paper" href={`/attachments/${id}`}>{name}</a>)}
      </p>
    </>
  );
}

/** The votes as lengths; the words beside say the same. */
function TallyBar({ tally }: { readonly tally: MeetingItem['tally'] }) {
  const share = (count: number): string => `${tally.entitled === 0 ? 0 : (count / tally.entitled) * 100}%`;
  return (
    <span className="tally-bar" aria-hidden="true">
      <i data-vote="FOR" style={{ width: share(tally.inFavour) }} /><i data-vote="AGAINST" style={{ width: share(tally.against) }} /><i data-vote="ABSTAIN" style={{ width: share(tally.abstained) }} />
      <u style={{ left: share(Math.min(tally.needed, tally.entitled)) }} />
    </span>
  );
}

const VOTES = ['FOR', 'AGAINST', 'ABSTAIN'] as const;

function VoteButtons({ meeting, item, reload }: Props) {
  const t = usePlanningWords();
  const [comment, setComment] = useState('');
  return (
    <div className="vote-buttons" role="group" aria-label={t('cab.voteFor', { number: item.change.number })}>
      <input aria-label={t('cab.comment')} placeholder={t('cab.comment')} value={comment} onChange={({ target }) => setComment(target.value)} />
      {VOTES.map((vote) => <CommandButton key={vote} meeting={meeting} action={castVote(t, item, vote, comment)} reload={reload} vote={vote} />)}
    </div>
  );
}

interface CommandProps {
  readonly meeting: Meeting;
  readonly action: RecordAction;
  readonly reload: () => Promise<unknown>;
  readonly label?: string;
  /** Which record it is about, for those who do not see where the button stands. */
  readonly about?: string;
  readonly vote?: string;
}

/** A command that needs nothing but a click, on the meeting as it is shown; why not stands beside it. */
export function CommandButton(props: CommandProps) {
  return <VersionedButton key={props.meeting.version} {...props} />;
}

function VersionedButton({ meeting, action, reload, label, about, vote }: CommandProps) {
  const { submit, errors, busy } = useRecordAction({ action, record: meeting, reload, onDone: () => undefined });
  const text = label ?? action.label;
  return (
    <>
      <button type="button" data-action={action.name} data-vote={vote} disabled={busy} {...(about === undefined ? {} : { 'aria-label': `${text} ${about}` })} onClick={() => void submit(NO_VALUES)}>{text}</button>
      {errors.map(({ code, message }) => <p key={message} className="refusal" role="alert"><RefusalText code={code} message={message} /></p>)}
    </>
  );
}

function DecideForm({ action, meeting, reload, onDone }: { readonly action: RecordAction; readonly meeting: Meeting; readonly reload: () => Promise<unknown>; readonly onDone: () => void }) {
  const { submit, errors, busy } = useRecordAction({ action, record: meeting, reload, onDone });
  return <RecordForm title={action.label} fields={action.fields} errors={errors} busy={busy} onSubmit={(values) => void submit(values)} onCancel={onDone} />;
}
