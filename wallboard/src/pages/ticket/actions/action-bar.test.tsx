import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, test } from 'vitest';
import { renderDesk, SUSPENSION_REASONS } from '../../../app/desk.fixture.tsx';
import { allowed, ticketOf } from '../ticket.fixture.ts';
import { ActionBar } from './action-bar.tsx';

afterEach(cleanup);

const refusal = (code: string, message: string, field: string | null) => ({ __typename: 'UserError', code, message, field });
const suspendAnswer = (...userErrors: readonly object[]) => ({ suspendIncident: { __typename: 'IncidentPayload', userErrors } });

function bar(ticket = ticketOf({ availableActions: allowed('suspendIncident', 'addWorkLog') }), answer: Record<string, unknown> = suspendAnswer()) {
  let reloads = 0;
  const desk = renderDesk(<ActionBar ticket={ticket} choices={undefined} reload={async () => { reloads += 1; }} />, {
    answers: { SuspendIncident: () => answer }, vocabulary: { suspensionReasons: SUSPENSION_REASONS },
  });
  return { ...desk, reloads: () => reloads };
}

function suspend(reason = 'awaiting-user'): void {
  fireEvent.click(screen.getByRole('button', { name: 'Suspend' }));
  fireEvent.change(screen.getByLabelText(/Suspension reason/), { target: { value: reason } });
  fireEvent.change(screen.getByLabelText(/Expected end/), { target: { value: '2026-03-03T18:00' } });
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
}

test('API-03 only what the server allows now is a button', () => {
  bar();
  expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['Work log', 'Suspend']);
});

test('API-03 what an action still lacks is said', () => {
  bar(ticketOf({ availableActions: [{ action: 'closeIncident', allowed: false, lacks: [{ code: 'FORBIDDEN', message: 'Only the service desk may do this.', field: null }] }] }));
  screen.getByText('1 action is not possible now: why');
  screen.getByText('Only the service desk may do this.');
});

test('INC-07 suspending sends the reason with the version it was decided on, and closes the form', async () => {
  const { asked, reloads } = bar();
  suspend();
  await waitFor(() => expect(screen.queryByRole('button', { name: 'Send' })).toBeNull());
  expect(asked[0]).toMatchObject({ name: 'SuspendIncident', variables: { input: { id: 'i1', expectedVersion: 7, category: 'awaiting-user' } } });
  expect(reloads()).toBe(1);
});

test('API-02 a refusal is shown at its field, and what was typed stays', async () => {
  const { reloads } = bar(undefined, suspendAnswer(refusal('MISSING_FIELD', 'Must be later than now.', 'expectedEndAt')));
  suspend('other');
  const input = screen.getByLabelText(/Expected end/);
  await waitFor(() => expect(input.getAttribute('aria-invalid')).toBe('true'));
  expect(document.getElementById(input.getAttribute('aria-describedby') ?? '')?.textContent).toBe('Must be later than now.');
  expect(screen.getByLabelText<HTMLSelectElement>(/Suspension reason/).value).toBe('other');
  expect(reloads()).toBe(0);
});

test('API-03 a stale version is said in plain words and the newest state is loaded', async () => {
  const { reloads } = bar(undefined, suspendAnswer(refusal('STALE_VERSION', 'Version 7 is stale, the current one is 9.', 'expectedVersion')));
  suspend();
  await screen.findByText('Somebody else has just changed this incident. The newest state is loaded; check it and send again.');
  expect(reloads()).toBe(1);
});

test('API-03 what is corrected and sent again is a new request', async () => {
  const { asked } = bar(undefined, suspendAnswer(refusal('MISSING_FIELD', 'No.', 'text')));
  suspend();
  await screen.findByText('No.');
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  await waitFor(() => expect(asked).toHaveLength(2));
  const keys = asked.map(({ variables }) => (variables['input'] as { idempotencyKey: string }).idempotencyKey);
  expect(keys[0]).toMatch(/^[0-9a-f]{32}$/);
  expect(keys[1]).not.toBe(keys[0]);
});

test('INC-19 what happened earlier is sent with its time and reason', async () => {
  const { asked } = bar();
  fireEvent.click(screen.getByRole('button', { name: 'Suspend' }));
  fireEvent.change(screen.getByLabelText(/Suspension reason/), { target: { value: 'other' } });
  fireEvent.change(screen.getByLabelText(/Expected end/), { target: { value: '2026-03-03T18:00' } });
  fireEvent.change(screen.getByLabelText('When it happened'), { target: { value: '2026-03-02T10:03' } });
  fireEvent.change(screen.getByLabelText('Why entered late'), { target: { value: 'on the phone' } });
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  await waitFor(() => expect(asked).toHaveLength(1));
  expect(asked[0]?.variables['input']).toMatchObject({ occurredAt: new Date('2026-03-02T10:03').toISOString(), lateReason: 'on the phone' });
});

function LiveBar() {
  const [version, setVersion] = useState(7);
  const actions = version === 7 ? allowed('suspendIncident', 'addWorkLog') : allowed('addWorkLog');
  return (
    <>
      <button type="button" onClick={() => setVersion(9)}>somebody acts</button>
      <ActionBar ticket={ticketOf({ version, availableActions: actions })} choices={undefined} reload={async () => undefined} />
    </>
  );
}

test('API-03 an open form keeps the version it was opened on, and what was typed, when somebody else acts meanwhile', async () => {
  const { asked } = renderDesk(<LiveBar />, {
    answers: { SuspendIncident: () => suspendAnswer(refusal('STALE_VERSION', 'Version 7 is stale.', 'expectedVersion')) }, vocabulary: { suspensionReasons: SUSPENSION_REASONS },
  });
  fireEvent.click(screen.getByRole('button', { name: 'Suspend' }));
  fireEvent.change(screen.getByLabelText(/Suspension reason/), { target: { value: 'other' } });
  fireEvent.change(screen.getByLabelText(/Expected end/), { target: { value: '2026-03-03T18:00' } });
  fireEvent.click(screen.getByRole('button', { name: 'somebody acts' }));
  expect(screen.getByLabelText<HTMLSelectElement>(/Suspension reason/).value).toBe('other');
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  await screen.findByText(/Somebody else has just changed this incident/);
  expect(asked[0]).toMatchObject({ variables: { input: { expectedVersion: 7 } } });
  fireEvent.click(screen.getByRole('button', { name: 'Send' }));
  await waitFor(() => expect(asked).toHaveLength(2));
  expect(asked[1]).toMatchObject({ variables: { input: { expectedVersion: 9 } } });
});

test('WBD-13 the work log says that an @ mentions somebody, and a refusal of its text is told beside that', async () => {
  const answers = { AddWorkLog: () => ({ addWorkLog: { __typename: 'IncidentPayload', userErrors: [refusal('TOO_LARGE', 'Too long.', 'text')] } }) };
  renderDesk(<ActionBar ticket={ticketOf({ availableActions: allowed('addWorkLog') })} choices={undefined} reload={async () => undefined} />, { answers });
  fireEvent.click(screen.getByRole('button', { name: 'Work log' }));
  const text = screen.getByLabelText(/^Text/);
  const said = (): readonly (string | undefined)[] => (text.getAttribute('aria-describedby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? undefined);
  expect(said()).toEqual(['Type @ to mention somebody']);
  fireEvent.submit(text);
  await waitFor(() => expect(said()).toEqual(['Too long.', 'Type @ to mention somebody']));
});
