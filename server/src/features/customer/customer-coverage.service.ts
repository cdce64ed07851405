import type { Actor } from '../../kernel/actor.ts';
import { requirePermission, requireVisible } from '../../kernel/actor-guard.ts';
import type { Instant } from '../../kernel/instant.ts';
import { Refusal } from '../../kernel/refusal.ts';
import type { Database } from '../../platform/db/database.ts';
import { LEVELS, type Level } from '../service-level/service-level.rules.ts';
import { policiesAt } from '../service-level/service-level.service.ts';
import { ServiceEntity, SiteEntity, type Agreement, type AgreementLine } from './customer.entity.ts';
import { agreementsById } from './customer.queries.ts';
import { coverageFor } from './customer.service.ts';

export interface CoverageQuestion {
  readonly customerId: string;
  readonly serviceId?: string | null;
  readonly siteId?: string | null;
  readonly department?: string | null;
  readonly ciId?: string | null;
  /** Null: now. */
  readonly at?: Instant | null;
}

export interface CoverageAnswer {
  readonly covered: boolean;
  readonly agreement: Agreement | null;
  /** By what the line names: "Mail, Pudong". */
  readonly line: string | null;
  readonly reason: string;
}

/** Coverage as the desk sees it at intake (INC-23). Needs `agreement.read` for the customer. */
export async function coverageView(database: Database, actor: Actor, question: CoverageQuestion): Promise<CoverageAnswer> {
  const { customerId } = question;
  requireVisible(actor, 'agreement.read', { customerId }, () => new Refusal('NOT_FOUND', `There is no customer "${customerId}".`, 'customerId'));
  const em = database.em;
  const { covered, agreement, line, reason } = await coverageFor(em, { ...question, at: question.at ?? (await database.now()) });
  const named = line === null ? null : await lineText(database, line);
  return { covered, agreement, line: named, reason: reason ?? `Covered by ${agreement?.number ?? ''}${named === null ? '' : `, line ${named}`}.` };
}

async function lineText(database: Database, { serviceId, siteId, department, ciId }: AgreementLine): Promise<string> {
  const em = database.em;
  const service = serviceId === null ? null : await em.findOne(ServiceEntity, { id: serviceId });
  const site = siteId === null ? null : await em.findOne(SiteEntity, { id: siteId });
  const parts = [service?.name, site?.name, department, ciId === null ? null : 'CI'].flatMap((part) => (part ? [part] : []));
  return parts.length === 0 ? 'general' : parts.join(', ');
}

export interface LevelMeaning {
  readonly level: Level;
  readonly labelZh: string;
  readonly labelEn: string;
  readonly criteria: string;
  readonly examples: string;
  readonly own: boolean;
}

/** What each level means: the agreement's own words, else those of the level table (INC-26). */
export async function levelCriteria(
  database: Database, actor: Actor, { agreementId, locale }: { agreementId: string | null; locale: 'zh-CN' | 'en' },
): Promise<LevelMeaning[]> {
  requirePermission(actor, agreementId ? 'agreement.read' : 'incident.record');
  const em = database.em;
  const { policies } = await policiesAt(database, em, await database.time.read(em));
  const agreement = agreementId ? (await agreementsById(em, actor, [agreementId])).get(agreementId) : null;
  if (agreement === undefined) throw new Refusal('NOT_FOUND', `There is no agreement "${agreementId}".`, 'agreementId');
  return LEVELS.map((level) => {
    const table = policies['level-table'].levels[level];
    const own = agreement?.levelCriteria?.[level];
    const { criteria, examples } = own ?? table;
    const language = locale === 'en' ? 'en' : 'zh';
    return { level, labelZh: table.nameZh, labelEn: table.name, criteria: criteria[language], examples: examples[language], own: own !== undefined };
  });
}
