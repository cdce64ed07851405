import { useEffect, useState } from 'react';
import { useIntakeWords } from './intake-words.ts';

const SECOND_MS = 1000;

export interface Call {
  /** Since when it goes on, by the page's own clock; null while there is none. */
  readonly since: number | null;
  /** Seconds of what is over already. */
  readonly before: number;
}

export const NO_CALL: Call = { since: null, before: 0 };

/** How long the call took so far; undefined where there was none. */
export function callSeconds({ since, before }: Call, now: number): number | undefined {
  const seconds = before + (since === null ? 0 : Math.floor((now - since) / SECOND_MS));
  return since === null && before === 0 ? undefined : seconds;
}

interface Props {
  readonly call: Call;
  readonly onChange: (call: Call) => void;
  /** SLA-19; unknown until the policy has come. */
  readonly limitMinutes: number | undefined;
}

/** SLA-19: the running time of the call that is being recorded; past the limit of policy it prompts to dispatch. */
export function CallTimer({ call, onChange, limitMinutes }: Props) {
  const t = useIntakeWords();
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (call.since === null) return undefined;
    const timer = setInterval(() => setNow(performance.now()), SECOND_MS);
    return () => clearInterval(timer);
  }, [call.since]);
  const seconds = callSeconds(call, Math.max(now, call.since ?? 0)) ?? 0;
  const over = limitMinutes !== undefined && seconds > limitMinutes * 60;
  const toggle = (): void => {
    const at = performance.now();
    setNow(at);
    onChange(call.since === null ? { ...call, since: at } : { since: null, before: callSeconds(call, at) ?? 0 });
  };
  return (
    <div className="call" data-over={over}>
      <button type="button" aria-pressed={call.since !== null} onClick={toggle}>☎ {t(call.since === null ? 'call.begin' : 'call.end')}</button>
      {call.since === null && call.before === 0 ? null : <b role="timer">{t('call.running', { time: `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}` })}</b>}
      {limitMinutes === undefined ? null : <small>{t('call.limit', { minutes: limitMinutes })}</small>}
      {over ? <p role="alert" className="notice stale">{t('call.over', { minutes: limitMinutes })}</p> : null}
    </div>
  );
}
