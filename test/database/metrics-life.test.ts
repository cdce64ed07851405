import { afterAll, beforeAll, expect, test } from 'vitest';
import { recordOutage } from '../../server/src/features/change/change-implement.service.ts';
import { cancel, refuse, submit } from '../../server/src/features/change/change-life.service.ts';
import { close } from '../../server/src/features/change/change-review.service.ts';
import { metricsPage } from '../../server/src/features/metrics/metric-page.service.ts';
import { metricRecords } from '../../server/src/features/metrics/metric-records.service.ts';
import { differentMonths } from '../../server/src/features/metrics/metric-sums.service.ts';
import { SYSTEM } from '../../server/src/kernel/actor.ts';
import { ChangeStory } from '../support/change-story.ts';

const TEST = SYSTEM('test');
let story: ChangeStory;
beforeAll(async () => {
  story = await ChangeStory.start();
});
afterAll(() => story.desk.open.close());

/** "numerator / denominator" of the figures that are not nothing. */
async function shown(period: string): Promise<Record<string, string>> {
  const { figures } = await metricsPage(story.database, TEST, 'changes', { period, periods: 1 });
  return Object.fromEntries(figures.flatMap(({ definition, overall }) => {
    const { numerator, denominator } = overall.values[0]!;
    return numerator === 0 && (denominator ?? 0) === 0 ? [] : [[definition.key, denominator === null ? `${numerator}` : `${numerator} / ${denominator}`]];
  }));
}

test('CHG-14 MET-01 the figures follow a change through its whole life, by its own commands', async () => {
  const raised = await story.raise({ category: 'general' });
  expect(await shown('2026-Q1')).toEqual({});
  await raised.tell('requester', submit, {});
  expect(await shown('2026-Q1')).toEqual({ 'change-undecided': '1', 'change-count': '1', 'change-emergency-share': '0 / 1' });
  await raised.tell('owner', refuse, { reason: 'Not needed.' });
  expect(await shown('2026-Q1')).toEqual({ 'change-response': '1 / 1', 'change-count': '1', 'change-emergency-share': '0 / 1' });
  const cancelled = await story.accepted('general');
  await cancelled.tell('owner', cancel, { reason: 'Overtaken.' });
  const change = await story.inReview('major');
  await change.tell('owner', recordOutage, { system: 'Mail', minutes: 12, keySystem: true });
  expect(await shown('2026-Q1')).toEqual({ 'change-response': '3 / 3', 'change-count': '3', 'change-emergency-share': '0 / 3' });
  await change.writeUp();
  for (const paper of ['change-plan', 'implementation-application', 'completion-report']) await change.paper(paper);
  await change.tell('implementer', close, {});
  expect(await shown('2026-03')).toEqual({
    'change-response': '3 / 3', 'change-success': '1 / 1', 'change-count': '3', 'change-emergency-share': '0 / 3', 'change-in-plan': '1 / 1', 'change-outage': '12',
    'change-missed-result': '0 / 1', 'change-caused-incident': '0 / 1',
  });
  expect((await metricRecords(story.database, TEST, { figure: 'change-success', period: '2026-03' })).records.map(({ id, hit }) => [id, hit])).toEqual([[change.id, true]]);
  expect(await differentMonths(story.database)).toEqual([]);
});
