import { afterAll, describe, expect, test } from 'vitest';
import { bouncedIncidents, handoffFlows, handoffTallies, openHandoffs } from '../../server/src/features/board/handoff-overview.queries.ts';
import { handoffView } from '../../server/src/features/board/handoff-feed.service.ts';
import { acceptHandedOver, handOver, rejectHandedOver } from '../../server/src/features/incident/incident-lead.service.ts';
import { assign } from '../../server/src/features/incident/incident-work.service.ts';
import { DeskStory, type IncidentInDatabase } from '../support/desk-story.ts';
import { shanghai } from '../support/story-world.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());
const { teams, people: { desk, engineer, lead } } = story;
const em = () => story.database.em.fork();
const agreement = story.customer('Acme').agreement();

const toSeniors = { toTeamId: teams.seniors, reason: 'Needs the core', tried: 'Restart', requestedAction: 'Look at the core' };
const toEngineers = { ...toSeniors, toTeamId: teams.engineers };

/** An incident of the engineers at that time. */
async function worked(at: string): Promise<IncidentInDatabase> {
  story.at(at);
  const incident = await agreement.incident({ level: 'LV3', teamId: teams.desk });
  return incident.tell('desk', assign, { teamId: teams.engineers, holderId: engineer.id });
}

// Accepted after 10, 20 and 60 minutes; one rejected; one still waits.
for (const [at, until, how] of [['10:00', '10:10', 'accept'], ['11:00', '11:20', 'accept'], ['13:00', '14:00', 'accept'], ['15:00', '15:05', 'reject']] as const) {
  const incident = await worked(`2026-03-02 ${at}`);
  await incident.tell('engineer', handOver, toSeniors);
  story.at(`2026-03-02 ${until}`);
  if (how === 'accept') await incident.tell('senior', acceptHandedOver, {});
  else await incident.tell('senior', rejectHandedOver, { reason: 'Not ours' });
}
const waiting = await (await worked('2026-03-02 16:00')).tell('engineer', handOver, toSeniors);
const since = shanghai('2026-03-02 00:00');

describe('WBD-06 the handoff page', () => {
  test('WBD-06 HND-02 who waits on whom now: age, reminders, the next one, the reason and the first contact', async () => {
    await waiting.look('2026-03-02 18:00:01');
    const [row, ...more] = await openHandoffs(em(), lead, null);
    expect(more).toEqual([]);
    expect(row).toMatchObject({
      incidentId: waiting.id, fromTeam: { name: 'engineers' }, toTeam: { name: 'seniors' }, reason: 'Needs the core', since: shanghai('2026-03-02 16:00'), ageingStep: 1,
      firstContact: 'desk', serviceManager: 'serviceManager', unusual: true, pingPong: false,
    });
    // 2, 4 and 8 business hours (D-49), two of them before closing time; a millisecond after, as it must be passed (D-08).
    expect(row?.nextStepAt).toBe(shanghai('2026-03-03 11:00') + 1);
  });

  test('WBD-06 per team: in, out, accepted, rejected, median and longest acceptance', async () => {
    const rows = await handoffTallies(em(), lead, { since, teamId: null });
    expect(rows.map(({ team, ...figures }) => ({ team: team.name, ...figures }))).toEqual([
      { team: 'engineers', taken: 0, given: 5, accepted: 0, rejected: 0, medianSeconds: null, longestSeconds: null },
      { team: 'seniors', taken: 5, given: 0, accepted: 3, rejected: 1, medianSeconds: 1200, longestSeconds: 3600 },
    ]);
  });

  test('WBD-06 a move deduced from imported history counts but has no acceptance time; once it is no deduction it has', async () => {
    const seniors = async () => {
      const row = (await handoffTallies(em(), lead, { since, teamId: null })).find(({ team }) => team.name === 'seniors');
      return [row?.taken, row?.accepted, row?.medianSeconds, row?.longestSeconds];
    };
    const mark = (value: 'inferred' | null, seconds: number) =>
      em().execute(`update handoff set mark = ? where state = 'accepted' and extract(epoch from decided_at - requested_at) >= ?`, [value, seconds]);
    await mark('inferred', 3600);
    expect(await seniors()).toEqual([5, 3, 900, 1200]);
    await mark('inferred', 0);
    expect(await seniors()).toEqual([5, 3, null, null]);
    await mark(null, 0);
    expect(await seniors()).toEqual([5, 3, 1200, 3600]);
  });

  test('WBD-06 only what was asked for within the period counts: at its first instant it does, before it does not', async () => {
    const taken = async (from: number) => (await handoffTallies(em(), lead, { since: from, teamId: null })).find(({ team }) => team.name === 'seniors')?.taken;
    expect([await taken(shanghai('2026-03-02 11:00')), await taken(shanghai('2026-03-02 11:00') + 1)]).toEqual([4, 3]);
  });

  test('WBD-06 the matrix from whom to whom, and one team\'s part of everything', async () => {
    expect(await handoffFlows(em(), lead, { since, teamId: null })).toEqual([{ fromTeamId: teams.engineers, toTeamId: teams.seniors, count: 5, unusual: 5 }]);
    expect(await handoffFlows(em(), lead, { since, teamId: teams.desk })).toEqual([]);
    expect(await openHandoffs(em(), lead, teams.managers)).toEqual([]);
    expect(await openHandoffs(em(), lead, teams.engineers)).toHaveLength(1);
  });

  test('WBD-06 HND-03 what goes back and forth, with the way it went; once it is over it is gone', async () => {
    const incident = await worked('2026-03-04 10:00');
    await incident.tell('engineer', handOver, toSeniors);
    await incident.tell('senior', acceptHandedOver, {});
    expect(await bouncedIncidents(em(), lead, null)).toEqual([]);
    await incident.tell('senior', handOver, toEngineers);
    const [row] = await bouncedIncidents(em(), lead, null);
    expect([row?.moves, row?.path.map(({ name }) => name)]).toEqual([2, ['engineers', 'seniors', 'engineers']]);
    expect(await bouncedIncidents(em(), lead, teams.managers)).toEqual([]);
  });

  test('WBD-06 ORG-03 how teams hand over is internal: a contact is refused, also on the stream of all teams', async () => {
    const contact = story.contactOf(await agreement.customerId());
    await expect(openHandoffs(em(), contact, null)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(handoffTallies(em(), contact, { since, teamId: null })).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await expect(handoffView(story.database, contact, null)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    expect(await handoffView(story.database, desk, null)).toMatchObject({ key: 'handoffs all' });
  });
});
