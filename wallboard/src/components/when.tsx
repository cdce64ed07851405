import { useDeskWords } from '../app/desk-words.tsx';
import { fullTime } from '../lib/time/format-time.ts';

/** An instant in the person's zone, which is named; the customer's zone beside it where it differs. */
export function When({ at, otherZone }: { readonly at: string | null; readonly otherZone?: string }) {
  const { locale, timeZone } = useDeskWords();
  if (at === null) return <>—</>;
  const here = fullTime(Date.parse(at), { locale, timeZone });
  const there = otherZone === undefined ? here : fullTime(Date.parse(at), { locale, timeZone: otherZone });
  return <time dateTime={at}>{here}{there === here ? null : <small>{` (${there})`}</small>}</time>;
}
