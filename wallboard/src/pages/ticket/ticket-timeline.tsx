import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { When } from '../../components/when.tsx';
import { IncidentTimelineDocument } from '../../graphql/generated/desk/graphql.ts';
import { eventText } from './event-text.ts';

const PAGE = 100;

interface Props {
  readonly number: string;
  /** Differs after every change of the ticket: brings the new entries. */
  readonly changed: string;
}

/** What happened, newest first; who, when, and both times where they differ (D-19). */
export function TicketTimeline({ number, changed }: Props) {
  const words = useDeskWords();
  const { t } = words;
  const { data, fetchMore, refetch } = useQuery(IncidentTimelineDocument, { variables: { number, first: PAGE } });
  useEffect(() => { void refetch(); }, [changed, refetch]);
  const timeline = data?.incident?.timeline;
  if (timeline === undefined) return null;
  const hasMore = timeline.length > 0 && timeline.length % PAGE === 0;
  const last = timeline[timeline.length - 1];
  const more = (): void => {
    void fetchMore({
      variables: { before: last?.seq ?? null },
      updateQuery: (before, { fetchMoreResult: next }) => (before.incident === null || next.incident === null ? before : {
        incident: { ...next.incident, timeline: [...before.incident.timeline, ...next.incident.timeline] },
      }),
    });
  };
  return (
    <section className="card">
      <h2>{t('section.timeline')}<small>{`${timeline.length}${hasMore ? '+' : ''}`}</small></h2>
      <ol className="timeline" tabIndex={0} aria-label={t('section.timeline')}>
        {timeline.map((node) => (
          <li key={node.seq} data-mark={node.mark}>
            <p><b title={node.type}>{eventText(words, node.type)}</b> {node.actor}{node.mark === 'imported' || node.mark === 'inferred' ? <span className="badge">{t(`mark.${node.mark}`)}</span> : null}</p>
            <p className="quiet">
              <When at={node.occurredAt} />
              {Math.abs(Date.parse(node.recordedAt) - Date.parse(node.occurredAt)) < 60_000 ? null : <> · {t('timeline.recorded')} <When at={node.recordedAt} /></>}
            </p>
            {node.reason === null ? null : <p>{node.reason}</p>}
          </li>
        ))}
      </ol>
      {hasMore ? <button type="button" className="plain" onClick={more}>{t('timeline.more')}</button> : null}
    </section>
  );
}
