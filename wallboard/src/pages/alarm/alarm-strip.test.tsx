import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { RingingStrip } from './alarm-strip.tsx';

afterEach(cleanup);

const alarm = (id: string, incidentId: string, kind = 'BREACHED') => ({
  __typename: 'BoardAlarm', id, kind, incidentId, number: `INC-${incidentId}`, title: 'Core switch', level: 'LV1', customer: 'Acme', raisedAt: '2026-03-02T01:00:00Z',
});
const ringing = (count: number, alarms: readonly object[]) => ({ ringingAlarms: { __typename: 'RingingAlarms', count, alarms } });

test('WBD-03 while nothing rings the desk shows no strip', async () => {
  const { asked } = renderDesk(<RingingStrip change={0} />, { answers: { RingingAlarms: () => ringing(0, []) } });
  await waitFor(() => expect(asked.map(({ name }) => name)).toContain('RingingAlarms'));
  expect(document.querySelector('.alarm-strip')).toBeNull();
});

test('WBD-03 the strip counts what rings, lists each incident once, and one click takes all of an incident', async () => {
  let left = ringing(3, [alarm('a', '1', 'NEW_LV1'), alarm('b', '1'), alarm('c', '2', 'ESCALATED')]);
  const { asked } = renderDesk(<RingingStrip change={0} />, {
    answers: {
      RingingAlarms: () => left,
      AcknowledgeAlarms: () => {
        left = ringing(1, [alarm('c', '2', 'ESCALATED')]);
        return { acknowledgeAlarm: { __typename: 'AcknowledgeAlarmPayload', alarms: [{ __typename: 'AcknowledgedAlarm', id: 'a', acknowledgedBy: 'me', now: true }], userErrors: [] } };
      },
    },
  });
  await screen.findByText('⚑ 3 alarms to acknowledge');
  expect(screen.getAllByRole('listitem', { hidden: true }).map((item) => item.textContent)).toEqual(['■ New LV1INC-1Core switchAcknowledge', '⚑ EscalatedINC-2Core switchAcknowledge', '+ 1 more']);
  fireEvent.click(screen.getByText('✓ INC-1'));
  await screen.findByText('⚑ 1 alarm to acknowledge');
  expect(asked.find(({ name }) => name === 'AcknowledgeAlarms')?.variables).toEqual({ input: { incidentId: '1' } });
});

test('WBD-03 who comes second reads who was first', async () => {
  let left = ringing(1, [alarm('a', '1')]);
  renderDesk(<RingingStrip change={0} />, {
    answers: {
      RingingAlarms: () => left,
      AcknowledgeAlarms: () => {
        left = ringing(0, []);
        return { acknowledgeAlarm: { __typename: 'AcknowledgeAlarmPayload', alarms: [{ __typename: 'AcknowledgedAlarm', id: 'a', acknowledgedBy: '周敏', now: false }], userErrors: [] } };
      },
    },
  });
  fireEvent.click(await screen.findByText('✓ INC-1'));
  await screen.findByText('Acknowledged by 周敏 already');
});
