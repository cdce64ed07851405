import type { Instant } from '../../kernel/instant.ts';
import type { Agreement, AgreementLine } from './customer.entity.ts';

/** What a record is about, as far as it is known. */
export interface CoverageQuery {
  readonly customerId: string;
  readonly serviceId?: string | null;
  readonly siteId?: string | null;
  readonly department?: string | null;
  readonly ciId?: string | null;
  readonly at: Instant;
}

export type AgreementFacts = Pick<Agreement, 'id' | 'startsAt' | 'endsAt'>;
export type LineFacts = Pick<AgreementLine, 'id' | 'agreementId' | 'serviceId' | 'siteId' | 'department' | 'ciId'>;

export interface ChosenCoverage {
  readonly agreementId: string;
  /** Null: the agreement as a whole applies. */
  readonly lineId: string | null;
}

/**
 * The agreement in force and its most specific line (AGR-08). A line applies when everything it names is so: a CI decides
 * before a department, a department before a site, a site before a service, and naming more of them decides among lines
 * that share the first. Equal lines: the later begun agreement, then the smaller id.
 * An agreement without lines covers whatever the customer has. While the service is not known yet, an agreement whose
 * lines all name services still covers, on its own terms.
 */
export function chooseCoverage(agreements: readonly AgreementFacts[], lines: readonly LineFacts[], query: CoverageQuery): ChosenCoverage | null {
  const inForce = agreements
    .filter(({ startsAt, endsAt }) => startsAt <= query.at && query.at < endsAt)
    .toSorted((a, b) => b.startsAt - a.startsAt || (a.id < b.id ? -1 : 1));
  const candidates = inForce.flatMap(({ id }) => candidatesOf(id, lines.filter(({ agreementId }) => agreementId === id), query));
  const [best] = candidates.toSorted((a, b) => b.weight - a.weight);
  return best ? { agreementId: best.agreementId, lineId: best.lineId } : null;
}

interface Candidate extends ChosenCoverage {
  readonly weight: number;
}

function candidatesOf(agreementId: string, lines: readonly LineFacts[], query: CoverageQuery): readonly Candidate[] {
  if (lines.length === 0) return [{ agreementId, lineId: null, weight: 0 }];
  const applying = lines
    .toSorted((a, b) => (a.id < b.id ? -1 : 1))
    .filter((line) => applies(line, query))
    .map((line) => ({ agreementId, lineId: line.id, weight: weightOf(line) }));
  // Below every line that applies: nobody is refused because the desk does not know the service yet.
  if (applying.length === 0 && !query.serviceId) return [{ agreementId, lineId: null, weight: -1 }];
  return applying;
}

function applies({ serviceId, siteId, department, ciId }: LineFacts, query: CoverageQuery): boolean {
  return (
    (serviceId === null || serviceId === query.serviceId) && (siteId === null || siteId === query.siteId) &&
    (department === null || department === query.department) && (ciId === null || ciId === query.ciId)
  );
}

/** Binary digits, so that a CI outweighs everything below it together. */
function weightOf({ serviceId, siteId, department, ciId }: LineFacts): number {
  return (ciId === null ? 0 : 8) + (department === null ? 0 : 4) + (siteId === null ? 0 : 2) + (serviceId === null ? 0 : 1);
}
