import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { When } from '../../components/when.tsx';
import { ChangeTimelineDocument } from '../../graphql/generated/desk/graphql.ts';
import { changeChinese, type ChangeMessageKey } from '../../lib/messages/change/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import { useChangeWords } from './change-words.ts';

const PAGE = 100;

interface Props {
  readonly number: string;
  /** Differs after every change of the record: brings the new entries. */
  readonly changed: string;
}

/** What happened, newest first. */
export function ChangeTimeline({ number, changed }: Props) {
  const t = useChangeWords();
  const { t: desk } = useDeskWords();
  const { data, fetchMore, refetch } = useQuery(ChangeTimelineDocument, { variables: { number, first: PAGE } });
  useEffect(() => { void refetch(); }, [changed, refetch]);
  const timeline = data?.change?.timeline;
  if (timeline === undefined || timeline.length === 0) return null;
  const hasMore = timeline.length % PAGE === 0;
  const more = (): void => {
    void fetchMore({
      variables: { before: timeline.at(-1)?.seq ?? null },
      updateQuery: (before, { fetchMoreResult: next }) => (before.change === null || next.change === null ? before : { change: { ...next.change, timeline: [...before.change.timeline, ...next.change.timeline] } }),
    });
  };
  return (
    <section className="card">
      <h2>{t('card.timeline')}<small>{`${timeline.length}${hasMore ? '+' : ''}`}</small></h2>
      <ol className="timeline" tabIndex={0} aria-label={t('card.timeline')}>
        {timeline.map((node) => (
          <li key={node.seq}>
            <p><b title={node.type}>{eventText(t, node.type)}</b> {node.actor}</p>
            <p className="quiet"><When at={node.occurredAt} /></p>
            {node.reason === null ? null : <p>{node.reason}</p>}
          </li>
        ))}
      </ol>
      {hasMore ? <button type="button" className="plain" onClick={more}>{desk('timeline.more')}</button> : null}
    </section>
  );
}

function isMessage(key: string): key is ChangeMessageKey {
  return key in changeChinese;
}

/** A type that this page does not know yet is shown as it is. */
function eventText(t: Translate<ChangeMessageKey>, type: string): string {
  const key = `event.${type}`;
  return isMessage(key) ? t(key) : type;
}
