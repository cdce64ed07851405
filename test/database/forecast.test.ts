import { graphql } from 'graphql';
import { afterAll, describe, expect, test } from 'vitest';
import { ENTITIES } from '../../server/src/app/entities.ts';
import { FEATURES } from '../../server/src/app/features.ts';
import { graphqlSchema } from '../../server/src/app/schema.ts';
import { listIncidents } from '../../server/src/features/board/incident-list.service.ts';
import { foretellMisses } from '../../server/src/features/incident/incident-forecast.service.ts';
import { escalate } from '../../server/src/features/incident/incident-lead.service.ts';
import { suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { fireDueClocks } from '../../server/src/features/incident/incident-timers.service.ts';
import { take } from '../../server/src/features/incident/incident-work.service.ts';
import { editPolicy } from '../../server/src/features/service-level/service-level.service.ts';
import { SYSTEM, type Actor } from '../../server/src/kernel/actor.ts';
import { HOUR } from '../../server/src/kernel/instant.ts';
import { Database } from '../../server/src/platform/db/database.ts';
import { createOrm } from '../../server/src/platform/db/orm.ts';
import { SetTime } from '../../server/src/platform/time/time-source.ts';
import { FORECAST_POLICY } from '../../server/src/seed/policy-forecast.ts';
import { closedLike } from '../support/closed-history.ts';
import { DeskStory, type IncidentInDatabase } from '../support/desk-story.ts';
import { inShanghai, shanghai } from '../support/story-world.ts';

const story = await DeskStory.start();
/** A second server process on the same database, with a clock of its own. */
const otherTime = new SetTime(story.open.time.current);
const other = new Database(await createOrm(story.open.url, ENTITIES), otherTime);
const schema = await graphqlSchema();
afterAll(async () => {
  await other.orm.close(true);
  await story.open.close();
});

const acme = story.customer('Acme').agreement();
const at = (local: string): void => {
  story.at(local);
  otherTime.current = shanghai(local);
};
const look = (): Promise<number> => foretellMisses(story.database);
const several = (count: number, duration: number): number[] => Array<number>(count).fill(duration);
const raised = async (told: IncidentInDatabase) => (await told.escalations()).map(({ step, early, manual, firedAt }) => [step, early, manual, inShanghai(firedAt)]);

interface Forecast { readonly probabilityPercent: number | null; readonly samples: number; readonly basis: string | null; readonly lack: string | null }
const FORECAST = `query Clocks($id: ID!) { node(id: $id) { ... on Incident { clocks { kind forecast { probabilityPercent samples basis lack } } } } }`;
async function forecasts(told: IncidentInDatabase, actor: Actor = story.people.engineer): Promise<Record<string, Forecast | null>> {
  const contextValue = { database: story.database, actor, origin: 'test', loaders: new Map(), locale: 'en', nodeKinds: FEATURES.flatMap((feature) => feature.nodes ?? []) };
  const result = await graphql({ schema, source: FORECAST, variableValues: { id: told.id }, contextValue });
  const { node } = JSON.parse(JSON.stringify(result.data)) as { node: { clocks: { kind: string; forecast: Forecast | null }[] } };
  return Object.fromEntries(node.clocks.map(({ kind, forecast }) => [kind, forecast]));
}

// LV2 is resolved within 24 hours around the clock. Of the seniors' 49 like incidents 10 took 2 h, 19 took 5 h and 20 took 30 h.
at('2026-03-02 10:00');
const model = await acme.incident({ level: 'LV2' });
await closedLike(story, model, [...several(10, 2 * HOUR), ...several(19, 5 * HOUR), ...several(20, 30 * HOUR)]);

describe('SLA-11 the forecast of an open clock', () => {
  test('SLA-11 from the like clocks that lasted longer than this one so far; what closed too long ago says nothing', async () => {
    await closedLike(story, model, several(40, 30 * HOUR), { closed: '2024-02-20 12:00' });
    expect(await forecasts(model)).toMatchObject({
      RESOLUTION: { probabilityPercent: 41, samples: 49, basis: 'TEAM_LEVEL_CATEGORY', lack: null },
      RESPONSE: { probabilityPercent: null, samples: 0, basis: null, lack: 'TOO_LITTLE_HISTORY' }, PROGRESS_REPORT: null,
    });
    at('2026-03-02 12:00');
    expect((await forecasts(model))['RESOLUTION']).toMatchObject({ probabilityPercent: 51, samples: 39 });
  });

  test('SLA-11 too few of the category: the team at that level is asked, and it is said so', async () => {
    at('2026-03-02 10:00');
    const urgent = await acme.incident({ level: 'LV2', category: 'urgent' });
    expect((await forecasts(urgent))['RESOLUTION']).toEqual({ probabilityPercent: 41, samples: 49, basis: 'TEAM_LEVEL', lack: null });
    expect((await forecasts(await acme.incident({ level: 'LV4' })))['RESOLUTION']).toEqual({ probabilityPercent: null, samples: 0, basis: null, lack: 'TOO_LITTLE_HISTORY' });
  });

  test('SLA-11 ORG-03 a customer is not told', async () => {
    const contact = story.contactOf(await acme.customerId());
    expect(await forecasts(model, contact)).toEqual({ ON_SITE: null, PROGRESS_REPORT: null, RESOLUTION: null, RESPONSE: null, START_OF_WORK: null });
    await expect(listIncidents(story.database, contact, { filter: null, sort: 'risk', first: 10, after: null })).rejects.toMatchObject({ code: 'FORBIDDEN', field: 'sort' });
  });

  test('SLA-11 a paused clock is foretold from where it stands; once it is over there is nothing to foretell', async () => {
    at('2026-03-02 10:00');
    const told = await acme.incident({ level: 'LV2' });
    await told.tell('senior', take, {});
    await told.tell('senior', suspend, { category: 'awaiting-user', expectedEndAt: shanghai('2026-03-05 10:00') });
    at('2026-03-04 10:00');
    expect((await forecasts(told))['RESOLUTION']).toMatchObject({ probabilityPercent: 41, samples: 49 });
    await model.look('2026-03-04 10:00');
    expect((await forecasts(model))['RESOLUTION']).toBeNull();
  });
});

describe('SLA-17 escalated early by the forecast', () => {
  test('SLA-17 above the policy\'s probability it is raised early, once though two processes ask, with its reason; not again at its threshold', async () => {
    at('2026-03-09 10:00');
    const told = await acme.incident({ level: 'LV2' });
    at('2026-03-09 14:59');
    await look();
    expect(await raised(told)).toEqual([]);
    // Five hours in, only those of 30 hours are like it.
    at('2026-03-09 15:00');
    for (let round = 0; round < 3; round += 1) await Promise.all([story.database, story.database, other, other].map((database) => foretellMisses(database)));
    expect(await raised(told)).toEqual([['escalation-1', true, false, '2026-03-09 15:00']]);
    const [row] = await told.escalations();
    expect(row).toMatchObject({ forecast: { percent: 100, samples: 20, basis: 'team-level-category' }, raisedBy: null, dueAt: null, warned: expect.arrayContaining([expect.stringContaining('sla-owner')]) });
    expect(row!.reason).toBe('Expected to miss: 100 %, from 20 like incidents (same team, level and category).');
    expect((await told.events()).filter(({ type }) => type === 'escalation.raised')).toMatchObject([{ by: 'forecast', occurredAt: shanghai('2026-03-09 15:00') }]);
    at('2026-03-10 10:00:00.001');
    for (const database of [story.database, other]) await fireDueClocks(database, told.id);
    await look();
    expect(await raised(told)).toHaveLength(1);
    expect((await told.clock('resolution')).breachedAt).toBe(shanghai('2026-03-10 10:00'));
    expect(await story.auditProblems()).toEqual([]);
  });

  test('SLA-17 one raised by hand is not raised again, and a suspended incident is left alone', async () => {
    at('2026-03-11 10:00');
    const byHand = await acme.incident({ level: 'LV2' });
    await byHand.tell('colleague', escalate, { step: 'escalation-1', reason: 'Will not make it', to: [] });
    const suspended = await acme.incident({ level: 'LV2' });
    at('2026-03-11 15:00');
    await suspended.tell('senior', take, {});
    await suspended.tell('senior', suspend, { category: 'awaiting-user', expectedEndAt: shanghai('2026-03-20 10:00') });
    await look();
    expect([await raised(byHand), await raised(suspended)]).toEqual([[['escalation-1', true, true, '2026-03-11 10:00']], []]);
  });

  test('SLA-17 with the policy off nothing is raised, and with too little history neither', async () => {
    at('2026-03-12 10:00');
    const told = await acme.incident({ level: 'LV2' });
    const desk = SYSTEM('test');
    await editPolicy(story.database, desk, { key: 'forecast', expectedVersion: 1, body: { ...FORECAST_POLICY, escalateAbovePercent: null } });
    at('2026-03-12 15:00');
    await look();
    expect(await raised(told)).toEqual([]);
    await editPolicy(story.database, desk, { key: 'forecast', expectedVersion: 2, body: { ...FORECAST_POLICY, minimumSamples: 21 } });
    await look();
    expect(await raised(told)).toEqual([]);
    await editPolicy(story.database, desk, { key: 'forecast', expectedVersion: 3, body: FORECAST_POLICY });
    await look();
    expect(await raised(told)).toHaveLength(1);
  });
});

describe('SLA-11 a queue by risk', () => {
  test('SLA-11 the likeliest first, page by page, as the last look wrote it; closed ones are taken out', async () => {
    at('2026-03-16 10:00');
    const later = await acme.incident({ level: 'LV2', title: 'By risk' });
    at('2026-03-16 12:00');
    const fresh = await acme.incident({ level: 'LV2', title: 'By risk' });
    const unknown = await acme.incident({ level: 'LV4', title: 'By risk' });
    await look();
    const page = async (after: string | null) => (await listIncidents(story.database, story.people.desk, { filter: { text: 'By risk' }, sort: 'risk', first: 1, after })).ids;
    const ids: string[] = [];
    for (let after: string | null = null, next = await page(after); next.length > 0; next = await page(after)) {
      ids.push(next[0]!.id);
      after = next[0]!.cursor;
    }
    expect(ids).toEqual([later.id, fresh.id, unknown.id]);
    expect(await story.count('incident_risk', `ticket_id in ('${later.id}', '${fresh.id}', '${unknown.id}')`)).toBe(2);
    await story.database.em.execute(`update clock set state = 'stopped' where ticket_id = ?`, [later.id]);
    await look();
    expect(await story.count('incident_risk', `ticket_id = '${later.id}'`)).toBe(0);
  });
});
