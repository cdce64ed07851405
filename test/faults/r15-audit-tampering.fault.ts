import { findTampering, type AuditFinding, type AuditHead } from '../../server/src/features/audit/audit.queries.ts';
import { checkAudit } from '../../server/src/features/audit/audit.service.ts';
import type { Database } from '../../server/src/platform/db/database.ts';
import type { Em } from '../../server/src/platform/db/orm.ts';
import { Draw } from '../support/process-model-draw.ts';
import { faultDatabase, withDatabase } from './harness/fault-database.ts';
import type { FaultRun } from './harness/fault-run.ts';
import { KINDS, tampering, type Tampering } from './r15/tampering.ts';
import { writeLog, type WrittenLog } from './r15/written-log.ts';

const QUICK = 60;
const ENTRIES = { full: 1000, quick: 200 } as const;
/** As many as one entry or one span between two kept heads may bring. */
const CONTROL_TURNS = 18;

/** R15: a superuser alters the audit trail in six ways; the checker must tell that, what and where, and say nothing of an honest log. */
export const auditTampering: FaultRun = {
  id: 'R15', title: 'audit tampering', unit: 'plants', full: 600, quick: QUICK, budgetMinutes: 6,
  async run(serverUrl, part) {
    return inLog(serverUrl, { entries: part.upTo <= QUICK ? ENTRIES.quick : ENTRIES.full, seed: part.seed + part.from }, async (database, log) => {
      const findings = await honest(database, log);
      const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0]));
      const draw = new Draw(part.seed + part.from);
      let done = part.from;
      for (; done < part.upTo && !part.over(); done += 1) {
        const plant = tampering(KINDS[done % KINDS.length]!, log, draw.fork());
        const missed = judge(plant, await planted(database, plant, (em) => findTampering(em, log.heads).then((check) => check.findings)));
        if (missed) findings.push(missed);
        else counts[plant.kind] = (counts[plant.kind] ?? 0) + 1;
      }
      part.say(`${log.last} entries, ${log.heads.length} kept heads; detected ${Object.entries(counts).map(([kind, count]) => `${kind} ${count}`).join(', ')}`);
      return { done, figures: counts, findings: [...findings, ...(await honest(database, log))] };
    });
  },
  async controls(serverUrl) {
    return inLog(serverUrl, { entries: ENTRIES.quick, seed: 7 }, async (database, log) => {
      const blind = await missedBy(database, log, async (em) => {
        await em.execute(`create or replace function verify_event_log() returns table (bad_seq bigint, problem text) language sql as $$ select null::bigint, null::text where false $$`);
        return (await findTampering(em, [])).findings;
      });
      const headless = await missedBy(database, log, async (em) => (await findTampering(em, [])).findings);
      const vague = await missedBy(database, log, async () => [{ seq: 0, problem: 'something is wrong' }]);
      const wrongHead: AuditHead = { ...log.heads[0]!, digest: 'of another log' };
      return [
        { planted: 'a checker that recomputes nothing', findings: blind },
        { planted: 'no heads kept: a tail cut off and a chain written anew', findings: headless },
        { planted: 'a checker that does not say where', findings: vague },
        { planted: 'an honest log that is accused', findings: await honest(database, { ...log, heads: [wrongHead] }) },
      ];
    });
  },
};

async function inLog<Result>(serverUrl: string, { entries, seed }: { entries: number; seed: number }, work: (database: Database, log: WrittenLog) => Promise<Result>): Promise<Result> {
  const made = await faultDatabase(serverUrl);
  try {
    return await withDatabase(made.url, async (database) => work(database, await writeLog(database, entries, seed)));
  } finally {
    await made.drop();
  }
}

/** An untouched log has no findings. */
async function honest(database: Database, { heads }: WrittenLog): Promise<string[]> {
  const { findings } = await checkAudit(database, heads);
  return findings.map(({ seq, problem }) => `an honest log is accused at ${seq}: ${problem}`);
}

class TakenBack extends Error {}

type Check = (em: Em) => Promise<readonly AuditFinding[]>;

/** Tampers, checks, and takes it back; triggers look away, as they do for who owns the machine. */
async function planted(database: Database, { statements }: Tampering, check: Check): Promise<readonly AuditFinding[]> {
  let found: readonly AuditFinding[] = [];
  await database.em.transactional(async (em) => {
    await em.execute('set local session_replication_role = replica');
    for (const statement of statements) await em.execute(statement);
    found = await check(em);
    throw new TakenBack();
  }).catch((error: unknown) => {
    if (!(error instanceof TakenBack)) throw error;
  });
  return found;
}

/** Null when a finding points there. The entry behind is right as well: its digest is the first that does not follow. */
function judge({ kind, what, place }: Tampering, found: readonly AuditFinding[]): string | null {
  if (found.some(({ seq, from = seq }) => from <= place + 1 && place <= seq)) return null;
  const said = found.length === 0 ? 'nothing' : found.slice(0, 3).map(({ seq, problem }) => `${seq} ${problem}`).join('; ');
  return `${kind} (${what}) was not detected at ${place}: the checker says ${said}`;
}

async function missedBy(database: Database, log: WrittenLog, check: Check): Promise<string[]> {
  const draw = new Draw(11);
  const missed: string[] = [];
  for (let turn = 0; turn < CONTROL_TURNS; turn += 1) {
    const plant = tampering(KINDS[turn % KINDS.length]!, log, draw.fork());
    const one = judge(plant, await planted(database, plant, check));
    if (one) missed.push(one);
  }
  return missed;
}
