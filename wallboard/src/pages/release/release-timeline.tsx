import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';
import { When } from '../../components/when.tsx';
import { ReleaseTimelineDocument } from '../../graphql/generated/desk/graphql.ts';
import { releaseChinese, type ReleaseMessageKey } from '../../lib/messages/release/zh-CN.ts';
import { useReleaseWords } from './release-words.ts';

const PAGE = 100;

function isMessage(key: string): key is ReleaseMessageKey {
  return key in releaseChinese;
}

/** What happened, newest first. `changed` differs after every change of the release. */
export function ReleaseTimeline({ number, changed }: { readonly number: string; readonly changed: string }) {
  const t = useReleaseWords();
  const { data, fetchMore, refetch } = useQuery(ReleaseTimelineDocument, { variables: { number, first: PAGE } });
  useEffect(() => { void refetch(); }, [changed, refetch]);
  const timeline = data?.release?.timeline;
  if (timeline === undefined || timeline.length === 0) return null;
  const hasMore = timeline.length % PAGE === 0;
  const more = (): void => {
    void fetchMore({
      variables: { before: timeline[timeline.length - 1]?.seq ?? null },
      updateQuery: (before, { fetchMoreResult: next }) => (before.release === null || next.release === null ? before : { release: { ...next.release, timeline: [...before.release.timeline, ...next.release.timeline] } }),
    });
  };
  const text = (type: string): string => {
    const key = `event.${type}`;
    return isMessage(key) ? t(key) : type;
  };
  return (
    <section className="card">
      <h2>{t('section.timeline')}<small>{`${timeline.length}${hasMore ? '+' : ''}`}</small></h2>
      <ol className="timeline" tabIndex={0} aria-label={t('section.timeline')}>
        {timeline.map((node) => (
          <li key={node.seq}>
            <p><b title={node.type}>{text(node.type)}</b> {node.actor}</p>
            <p className="quiet"><When at={node.occurredAt} /></p>
            {node.reason === null ? null : <p>{node.reason}</p>}
          </li>
        ))}
      </ol>
      {hasMore ? <button type="button" className="plain" onClick={more}>{t('timeline.more')}</button> : null}
    </section>
  );
}
