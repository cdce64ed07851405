import { ENTITIES } from '../../server/src/app/entities.ts';
import { addTeamMember, createTeam } from '../../server/src/features/team/team.service.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { Draw } from '../support/process-model-draw.ts';
import { INVARIANTS } from '../support/process-model-invariants.ts';
import { JOURNAL } from '../support/process-model-journal.ts';
import { faultDatabase, withDatabase } from './harness/fault-database.ts';
import { onServer } from '../support/on-server.ts';
import { DESK, openDesk } from './harness/fault-desk.ts';
import type { Control, FaultRun, Part, PartOutcome } from './harness/fault-run.ts';
import { Desk, READ, type Office } from './r12/clients.ts';
import { checkHistory, type EndState, type ModelState, type Operation } from './r12/incident-model.ts';

const CLIENTS = 64;
const TICKETS = 50;
const POOLS = 4;
const CONNECTIONS = 8;
/** A part of its own, on a database of its own: the check of a history grows faster than the history. */
const SHARE = 20_000;
const BEGUN: ModelState = { state: 'awaiting-assignment', handoffWaits: false };

/** R12: many clients on few incidents, whatever comes to their mind; one order of all operations must explain every answer. */
export const randomOperations: FaultRun = {
  id: 'R12', title: 'random operations against a model', unit: 'operations', full: 200_000, quick: 1_200, budgetMinutes: 25,
  async run(serverUrl, part) {
    let done = part.from;
    const figures: Record<string, number> = {};
    const findings: string[] = [];
    while (done < part.upTo && !part.over()) {
      const one = await share(serverUrl, { ...part, from: done, upTo: Math.min(part.upTo, done + SHARE) });
      done = one.done;
      findings.push(...one.findings);
      for (const [name, count] of Object.entries(one.figures)) figures[name] = (figures[name] ?? 0) + count;
      part.say(`${done} operations, ${findings.length} findings; ${Object.entries(one.figures).map(([name, count]) => `${name} ${count}`).join(', ')}`);
    }
    return { done, figures, findings };
  },
  controls: async () => spoiled(),
};

async function share(serverUrl: string, part: Part): Promise<PartOutcome> {
  const made = await faultDatabase(serverUrl);
  const orms = await Promise.all(Array.from({ length: POOLS }, () => createOrm(made.url, ENTITIES, CONNECTIONS)));
  try {
    const office = await withDatabase(made.url, openOffice);
    const desk = new Desk(office);
    const databases = orms.map((orm) => new Database(orm));
    await desk.open(databases[0]!, TICKETS);
    let asked = part.from;
    const draw = new Draw(part.seed + part.from);
    await Promise.all(Array.from({ length: CLIENTS }, async (_, number) => {
      const client = { name: `client ${number}`, memory: new Map() };
      for (const own = draw.fork(); asked < part.upTo && !part.over();) {
        asked += 1;
        await desk.operate(databases[number % POOLS]!, own, client);
      }
    }));
    return { done: part.from + desk.operations.length, figures: counted(desk), findings: [...desk.faults, ...(await checkAll(made.url, desk))] };
  } finally {
    await Promise.all(orms.map((orm) => orm.close(true)));
    await made.drop();
  }
}

async function openOffice(database: Database): Promise<Office> {
  const { customerId, personId, teamId } = await openDesk(database);
  const { id } = await createTeam(database, DESK, { key: 'second', name: 'Second', nameZh: '二线', line: 2 });
  await addTeamMember(database, DESK, { teamId: id, personId });
  await database.em.execute(JOURNAL);
  return { customerId, personId, teamIds: [teamId, id] };
}

function counted({ operations, tickets }: Desk): Record<string, number> {
  const answers = new Map<string, number>();
  for (const { answer } of operations) answers.set(answer, (answers.get(answer) ?? 0) + 1);
  return { incidents: tickets.length, ...Object.fromEntries(answers) };
}

/** The history of each ticket by the model, and the whole by the invariants that ask the tables and the database's own journal. */
async function checkAll(url: string, { operations, tickets }: Desk): Promise<string[]> {
  return onServer(url, async (client) => {
    const succeeded = operations.filter(({ answer }) => answer === 'ok');
    await client.query(`insert into model_success select record_id, version, action, 'client' from unnest($1::uuid[], $2::int[], $3::text[]) as s (record_id, version, action)`, [
      succeeded.map(({ ticketId }) => ticketId), succeeded.map(({ version }) => version), succeeded.map(({ deed }) => deed),
    ]);
    const { rows: ends } = await client.query<EndState & { id: string }>(`${READ} where t.id = any($1)`, [tickets]);
    const byTicket = Map.groupBy(operations, ({ ticketId }) => ticketId);
    const findings = ends.flatMap((end) => checkHistory(byTicket.get(end.id) ?? [], BEGUN, end));
    if (ends.length !== tickets.length) findings.push(`${tickets.length} incidents were recorded, ${ends.length} are there`);
    for (const { name, sql } of INVARIANTS) {
      const { rows } = await client.query(sql);
      if (rows.length > 0) findings.push(`not so: ${name}: ${rows.length} × ${JSON.stringify(rows[0])}`);
    }
    return findings;
  });
}

const at = (deed: Operation['deed'], version: number, [askedAt, answeredAt]: readonly [number, number], answer = 'ok'): Operation => ({ ticketId: 'T', deed, version, askedAt, answeredAt, answer });

/** A true history, spoiled in each way that the model must see. */
function spoiled(): Control[] {
  const good = [
    at('assign', 1, [0, 5]), at('suspend', 1, [1, 6], 'STALE_VERSION'), at('suspend', 2, [6, 9]), at('suspend', 3, [10, 11], 'MOVE_NOT_ALLOWED'), at('resume', 3, [10, 12]), at('handOver', 4, [13, 14]),
    at('acceptHandoff', 5, [15, 16]),
  ];
  const end: EndState = { state: 'in-progress', handoffWaits: false, version: 6 };
  const said = (operations: readonly Operation[], ended: EndState = end) => checkHistory(operations, BEGUN, ended);
  const accused = said(good);
  if (accused.length > 0) return [{ planted: `nothing, and the model says: ${accused.join('; ')}`, findings: [] }];
  return [
    { planted: 'two commands succeed on one version', findings: said([...good, at('log', 3, [11, 12])], { ...end, version: 7 }) },
    { planted: 'an acknowledged command leaves nothing', findings: said([...good, at('log', 6, [17, 18])]) },
    { planted: 'a version that nobody acknowledged', findings: said(good.filter(({ version }) => version !== 4)) },
    { planted: 'a suspended incident is suspended', findings: said([...good.slice(0, 4), at('suspend', 3, [10, 12])], { state: 'suspended', handoffWaits: false, version: 4 }) },
    { planted: 'a command goes by what was not written yet', findings: said(good.with(2, at('suspend', 2, [-9, -8]))) },
    { planted: 'a fresh command is called stale', findings: said([...good, at('log', 6, [17, 18], 'STALE_VERSION')]) },
    { planted: 'a possible move is refused', findings: said([...good, at('suspend', 6, [17, 18], 'MOVE_NOT_ALLOWED')]) },
    { planted: 'the database ends in another state', findings: said(good, { ...end, state: 'suspended' }) },
  ];
}
