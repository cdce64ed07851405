import { useMutation, useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';
import { useAreaWords } from '../../app/area-words.ts';
import { Link } from '../../app/router.tsx';
import { AcknowledgeAlarmsDocument, RingingAlarmsDocument, type RingingAlarmsQuery } from '../../graphql/generated/desk/graphql.ts';
import { useRecordsFeed } from '../../lib/feed/records-feed.ts';
import { alarmEnglish } from '../../lib/messages/alarm/en.ts';
import { alarmChinese } from '../../lib/messages/alarm/zh-CN.ts';
import './alarm-strip.css';

type Ringing = RingingAlarmsQuery['ringingAlarms']['alarms'][number];

/** Incidents change all day; what rings is asked for at most so often. */
const ASK_EVERY_MS = 1500;
const MOST_SHOWN = 8;
const GLYPHS = { BREACHED: '▲', NEW_LV1: '■', ESCALATED: '⚑' } as const;

/** At the top of every desk page while something rings: how much, and one click to take it for all boards (WBD-03). */
export function AlarmStrip() {
  const [change, setChange] = useState(0);
  useRecordsFeed('INCIDENT', null, useSeldom(useCallback(async () => setChange((count) => count + 1), [])));
  return <RingingStrip change={change} />;
}

/** What rings now; asked again with every `change`. */
export function RingingStrip({ change }: { readonly change: number }) {
  const t = useAreaWords({ chinese: alarmChinese, english: alarmEnglish });
  const { data, refetch } = useQuery(RingingAlarmsDocument, { fetchPolicy: 'network-only' });
  useEffect(() => { if (change > 0) void refetch(); }, [change, refetch]);
  const [take] = useMutation(AcknowledgeAlarmsDocument);
  const [before, setBefore] = useState<string | null>(null);
  const ringing = data?.ringingAlarms;
  if (ringing === undefined || ringing.count === 0) return before === null ? null : <span className="alarm-strip quiet" role="status">{before}</span>;
  const acknowledge = async (incidentId: string): Promise<void> => {
    const answer = await take({ variables: { input: { incidentId } } });
    const alarms = answer.data?.acknowledgeAlarm.alarms ?? [];
    const first = alarms.length > 0 && alarms.every(({ now }) => !now) ? alarms[0]?.acknowledgedBy : undefined;
    setBefore(first === undefined ? null : t('takenBefore', { name: first }));
    await refetch();
  };
  const shown = onePerIncident(ringing.alarms).slice(0, MOST_SHOWN);
  const [first] = shown;
  return (
    <div className="alarm-strip" data-some="true">
      <details>
        <summary><span role="status">{`⚑ ${t('strip', { count: ringing.count })}`}</span></summary>
        <ul aria-label={t('list')}>
          {shown.map((alarm) => (
            <li key={alarm.id}>
              <span className="kind">{`${GLYPHS[alarm.kind]} ${t(`kind.${alarm.kind}`)}`}</span>
              <Link to={`/incident/${alarm.number}`}>{alarm.number}</Link>
              <span className="title">{alarm.title}</span>
              <button type="button" aria-label={t('takeOf', { number: alarm.number })} onClick={() => void acknowledge(alarm.incidentId)}>{t('take')}</button>
            </li>
          ))}
          {ringing.count > shown.length ? <li className="quiet">{t('more', { count: ringing.count - shown.length })}</li> : null}
        </ul>
      </details>
      {first === undefined ? null : (
        <button type="button" className="take-first" title={first.title} aria-label={t('takeOf', { number: first.number })} onClick={() => void acknowledge(first.incidentId)}>{`✓ ${first.number}`}</button>
      )}
    </div>
  );
}

/** Taking one takes all of its incident. */
function onePerIncident(alarms: readonly Ringing[]): readonly Ringing[] {
  return alarms.filter(({ incidentId }, index) => alarms.findIndex((one) => one.incidentId === incidentId) === index);
}

/** At once, then again only after a pause, with what came in it. */
function useSeldom(ask: () => Promise<unknown>): () => Promise<unknown> {
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  const again = useRef(false);
  useEffect(() => () => { if (timer.current !== null) clearTimeout(timer.current); }, []);
  return useCallback(async () => {
    if (timer.current !== null) {
      again.current = true;
      return;
    }
    const rest = (): void => {
      timer.current = again.current ? setTimeout(rest, ASK_EVERY_MS) : null;
      if (again.current) void ask();
      again.current = false;
    };
    timer.current = setTimeout(rest, ASK_EVERY_MS);
    await ask();
  }, [ask]);
}
