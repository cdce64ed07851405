import { useQuery } from '@apollo/client/react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { MyWhoDocument } from '../../graphql/generated/desk/graphql.ts';
import { fullTime, localDate, timeOfDay, zoneName } from '../../lib/time/format-time.ts';

/** The customer's zone, in which their promises are told, wherever they sit. */
export function useCustomerZone(): string {
  const { timeZone } = useDeskWords();
  return useQuery(MyWhoDocument).data?.viewer?.customer?.timeZone ?? timeZone;
}

/** An instant in the customer's zone, which is named; in the reader's own beside it where that differs. */
export function CustomerTime({ at, short = false }: { readonly at: string | null; readonly short?: boolean }) {
  const { locale, timeZone: here } = useDeskWords();
  const timeZone = useCustomerZone();
  if (at === null) return <>—</>;
  const instant = Date.parse(at);
  const differs = zoneName(instant, { locale, timeZone }) !== zoneName(instant, { locale, timeZone: here });
  const text = short ? `${localDate(instant, { locale, timeZone })} ${timeOfDay(instant, { locale, timeZone })}` : fullTime(instant, { locale, timeZone });
  return <time dateTime={at} title={fullTime(instant, { locale, timeZone })}>{text}{differs ? <small>{` ${short ? zoneName(instant, { locale, timeZone }) : `(${fullTime(instant, { locale, timeZone: here })})`}`}</small> : null}</time>;
}
