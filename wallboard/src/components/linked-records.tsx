import { labelOf, useDeskWords } from '../app/desk-words.tsx';
import { Link } from '../app/router.tsx';
import type { TicketKind } from '../graphql/generated/desk/graphql.ts';

/** A link of a record as every page of a record asks for it. */
export interface LinkedRecord {
  readonly id: string;
  readonly number: string;
  readonly title: string;
  readonly recordKind: TicketKind;
  readonly open: boolean;
  readonly kind: string;
  readonly outgoing: boolean;
}

const PAGES: Readonly<Record<TicketKind, string>> = { INCIDENT: '/incident', CHANGE: '/changes', PROBLEM: '/problems', RELEASE: '/releases' };

/** Where a record of that kind has its page. */
export function recordPath({ recordKind, number }: Pick<LinkedRecord, 'recordKind' | 'number'>): string {
  return `${PAGES[recordKind]}/${number}`;
}

/** Related records, each with what the link says and whether it is still open. */
export function LinkedRecords({ links }: { readonly links: readonly LinkedRecord[] }) {
  const { t, locale, vocabulary } = useDeskWords();
  return (
    <ul className="entries">
      {links.map((link) => (
        <li key={`${link.kind} ${link.id}`} data-open={link.open}>
          <p className="entry-head">
            <span aria-hidden="true">{link.outgoing ? '→' : '←'}</span> <span>{labelOf(vocabulary.linkKinds, link.kind, locale)}</span> <Link to={recordPath(link)}>{link.number}</Link> <b>{link.title}</b>
            {' '}<span className="badge">{t(link.open ? 'record.open' : 'record.closed')}</span>
          </p>
        </li>
      ))}
    </ul>
  );
}
