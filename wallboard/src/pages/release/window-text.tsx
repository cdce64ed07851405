import { useDeskWords } from '../../app/desk-words.tsx';
import { fullTime } from '../../lib/time/format-time.ts';

/** From when to when, in the person's zone, the date said once where it is the same. */
export function WindowText({ from, to }: { readonly from: string | null; readonly to: string | null }) {
  const { locale, timeZone } = useDeskWords();
  if (from === null) return <>—</>;
  const shown = (at: string): readonly string[] => fullTime(Date.parse(at), { locale, timeZone }).split(' ');
  const [day = '', time = '', zone = ''] = shown(from);
  const [endDay = '', endTime = ''] = to === null ? [] : shown(to);
  const end = to === null ? '…' : `${endDay === day ? '' : `${endDay} `}${endTime.slice(0, 5)}`;
  return <time dateTime={from}>{`${day} ${time.slice(0, 5)} – ${end} ${zone}`}</time>;
}
