import { afterAll, expect, test } from 'vitest';
import { acceptHandedOver, acknowledge, escalate, handOver, recall, regrade, settleRegrade } from '../../server/src/features/incident/incident-lead.service.ts';
import { correct, feedback, resume, suspend } from '../../server/src/features/incident/incident-pause.service.ts';
import { accept, attachDuplicate, attemptConfirmation, close, propose, refuse } from '../../server/src/features/incident/incident-solve.service.ts';
import { answer, arrive, assign, confirm, linkCi, linkTicket, log, respond, settleOnSite, start, take, urge } from '../../server/src/features/incident/incident-work.service.ts';
import { addCi, DeskStory } from '../support/desk-story.ts';
import { inShanghai, shanghai } from '../support/story-world.ts';

const story = await DeskStory.start();
afterAll(() => story.open.close());

const tomorrow = shanghai('2026-03-03 10:00');

test('INC-01 INC-02 INC-03 INC-06 INC-07 INC-09 INC-13 INC-17 SLA-01 a hotline incident from the call to its closing, with every clock', async () => {
  story.at('2026-03-02 10:00');
  const acme = story.customer('Acme').agreement('vip');
  const told = await acme.incident({ level: 'LV3', caller: 'Li', channel: 'phone', category: 'hotline' });
  expect([(await told.facts()).state, (await told.ticket()).teamId, (await told.ticket()).number]).toEqual(['awaiting-assignment', story.teams.engineers, 'INC-0000001']);
  await told.tell('engineer', take, {});
  story.at('2026-03-02 10:20');
  await told.tell('engineer', respond, { channel: 'phone', reached: true });
  await told.tell('engineer', start, {});
  story.at('2026-03-02 10:30');
  await told.tell('engineer', suspend, { category: 'awaiting-user', expectedEndAt: tomorrow });
  story.at('2026-03-02 11:00');
  await told.tell(story.contactOf(await acme.customerId()), feedback, { text: 'It is the second disk.', channel: 'email' });
  story.at('2026-03-02 11:10');
  await told.tell('engineer', resume, { workLog: 'They named the disk.' });
  // The VIP's two hours: 30 min before the suspension, lunch from 12 to 13.
  expect(inShanghai((await told.clock('resolution')).dueAt)).toBe('2026-03-02 13:30');
  await told.tell('engineer', handOver, { toTeamId: story.teams.seniors, reason: 'Needs the array', tried: 'A restart', requestedAction: 'Swap the disk' });
  story.at('2026-03-02 11:15');
  await told.tell('senior', acceptHandedOver, {});
  await told.tell('senior', linkCi, { ciId: await addCi(story, await acme.customerId(), 'array-1'), cause: true });
  story.at('2026-03-02 13:29');
  await told.tell('senior', propose, { solution: 'Swapped the disk.', causeClass: 'hardware-fault' });
  story.at('2026-03-03 09:00');
  await told.tell(story.contactOf(await acme.customerId()), accept, {});
  await told.tell('desk', close, { closureCode: 'successful' });
  const clocks = await Promise.all((['response', 'start-of-work', 'resolution', 'progress-report'] as const).map((kind) => told.clock(kind)));
  expect(clocks.map(({ kind, state, outcome, breachedAt, metAt }) => [kind, state, outcome, breachedAt, inShanghai(metAt)])).toEqual([
    ['response', 'stopped', 'met', null, '2026-03-02 10:20'], ['start-of-work', 'stopped', 'met', null, '2026-03-02 10:20'],
    ['resolution', 'stopped', 'met', null, '2026-03-02 13:29'], ['progress-report', 'stopped', 'met', null, '2026-03-02 13:29'],
  ]);
  expect([(await told.facts()).state, inShanghai((await told.ticket()).closedAt), await told.timerDue()]).toEqual(['closed', '2026-03-03 09:00', null]);
  expect((await told.events()).map(({ type }) => type).filter((type) => !type.startsWith('clock.'))).toEqual([
    'incident.recorded', 'incident.levelConfirmed', 'incident.assigned', 'incident.responded', 'incident.started', 'incident.suspended', 'incident.feedbackArrived',
    'incident.resumed', 'handoff.requested', 'handoff.accepted', 'incident.ciLinked', 'incident.solutionProposed', 'incident.solutionAccepted', 'incident.closed',
  ]);
  const spans = await story.database.em.execute<{ gaps: number }[]>(
    'select count(*)::int as gaps from ticket_span a join ticket_span b on b.ticket_id = a.ticket_id and b.seq = a.seq + 1 where a.ticket_id = ? and a.to_at is distinct from b.from_at', [told.id],
  );
  expect(spans).toEqual([{ gaps: 0 }]);
});

test('INC-05 SLA-06 SLA-07 SLA-15 an urgent LV1 goes to the technical manager at once, escalates by the table, and is acknowledged', async () => {
  story.at('2026-03-04 20:00');
  const told = await story.customer().agreement().incident({ level: 'LV1', category: 'urgent' });
  expect([(await told.ticket()).holderId, (await told.facts()).state]).toEqual([story.people.technicalManager.id, 'in-progress']);
  await told.look('2026-03-05 04:00:00.001');
  const [first] = await told.escalations();
  expect([first!.step, inShanghai(first!.dueAt), first!.warned.slice(0, 2)]).toEqual(['escalation-1', '2026-03-05 04:00', ['sla-owner: slaOwner', 'service-manager: serviceManager']]);
  story.at('2026-03-05 04:02');
  await told.tell('slaOwner', acknowledge, { escalationId: first!.id });
  expect((await told.escalations())[0]).toMatchObject({ acknowledgedBy: 'slaOwner', acknowledgedAt: shanghai('2026-03-05 04:02') });
  await told.tell('colleague', escalate, { step: 'manual', reason: 'The customer is angry', to: ['the board'] });
  expect((await told.escalations()).map(({ step, manual, addressees }) => [step, manual, addressees])).toEqual([
    ['escalation-1', false, ['service-delivery-manager', 'department-manager']], ['manual', true, ['the board']],
  ]);
  await told.tell('desk', settleOnSite, { needed: false, reason: 'Remote hands are enough' });
  expect((await told.clock('on-site')).breachedAt).toBe(shanghai('2026-03-04 22:00'));
});

test('INC-09 D-05 D-41 a monitoring incident: taking it responds, its handler closes it straight from work', async () => {
  story.at('2026-03-05 10:00');
  const told = await story.customer().agreement().incident({ level: 'LV3', category: 'monitoring', channel: 'monitoring' });
  await told.tell('engineer', take, {});
  expect((await told.clock('response')).outcome).toBe('met');
  await told.tell('engineer', start, {});
  await expect(told.tell('colleague', close, { closureCode: 'successful', solution: 'Freed the disk.', causeClass: 'operation' })).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await told.tell('engineer', close, { closureCode: 'successful', solution: 'Freed the disk.', causeClass: 'operation' });
  expect([(await told.facts()).state, (await told.clock('resolution')).outcome]).toEqual(['closed', 'met']);
});

test('INC-17 D-03 D-41 the other category: refused once, then a customer who never answers', async () => {
  story.at('2026-03-05 14:00');
  const told = await story.customer().agreement().incident({ level: 'LV4', category: 'other', impact: 3, urgency: 3 });
  await told.tell('engineer', take, {});
  await told.tell('engineer', propose, { solution: 'Look again.', causeClass: 'operation' });
  story.at('2026-03-05 16:00');
  await told.tell('desk', refuse, { reason: 'Still wrong' });
  expect(inShanghai((await told.clock('progress-report')).startAt)).toBe('2026-03-05 14:00');
  await told.tell('engineer', propose, { solution: 'Reset the profile.', causeClass: 'operation' });
  await told.look('2026-03-06 18:00');
  expect((await told.events()).at(-1)).toMatchObject({ type: 'incident.confirmationDue', occurredAt: shanghai('2026-03-06 18:00') });
  for (const local of ['2026-03-06 18:30', '2026-03-07 10:00', '2026-03-09 10:00', '2026-03-10 10:00']) {
    story.at(local);
    await told.tell('desk', attemptConfirmation, { text: 'No answer' });
    if (local < '2026-03-10') await expect(told.tell('desk', close, { closureCode: 'no-answer' })).rejects.toMatchObject({ code: 'MISSING_FIELD' });
  }
  await told.tell('desk', close, { closureCode: 'no-answer' });
  expect((await told.facts()).closureCode).toBe('no-answer');
});

test('INC-10 INC-15 a duplicate attaches to the open one, a recurrence is a new incident', async () => {
  story.at('2026-03-11 10:00');
  const acme = story.customer().agreement();
  const first = await acme.incident({ level: 'LV3' });
  const again = await acme.incident({ level: 'LV3', caller: 'Wang', duplicateOfId: first.id });
  expect([(await again.facts()).closureCode, (await again.clock('resolution')).outcome]).toEqual(['duplicate', 'cancelled']);
  const third = await acme.incident({ level: 'LV3', caller: 'Zhao' });
  await third.tell('desk', attachDuplicate, { duplicateOfId: first.id });
  expect(await story.count('ticket_link', `to_id = '${first.id}' and kind = 'duplicate-of'`)).toBe(2);
  expect((await first.events()).filter(({ type }) => type === 'incident.duplicateAttached')).toHaveLength(2);
  await first.tell('desk', close, { closureCode: 'withdrawn', reason: 'It was the cable' });
  const fourth = await acme.incident({ level: 'LV3' });
  await expect(fourth.tell('desk', attachDuplicate, { duplicateOfId: first.id })).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', field: 'duplicateOfId' });
  await fourth.tell('desk', linkTicket, { otherId: first.id, kind: 'recurrence-of' });
  await expect(fourth.tell('desk', linkTicket, { otherId: first.id, kind: 'recurrence-of' })).rejects.toMatchObject({ code: 'ALREADY_DONE' });
  await expect(first.tell('desk', take, {})).rejects.toMatchObject({ code: 'MOVE_NOT_ALLOWED', message: expect.stringContaining('record a recurrence') });
});

test('INC-04 INC-19 INC-22 INC-27 HND-02 what else happens to an incident', async () => {
  story.at('2026-03-12 10:00');
  const acme = story.customer().agreement();
  const told = await acme.incident({ impact: 1, urgency: 3 });
  expect([(await told.facts()).proposedLevel, (await told.facts()).levelConfirmed]).toEqual(['LV3', false]);
  await told.tell('desk', confirm, { level: 'LV3' });
  await told.tell('desk', assign, { holderId: story.people.engineer.id });
  await expect(told.tell('desk', assign, { holderId: story.people.senior.id })).rejects.toMatchObject({ code: 'INVALID_INPUT', field: 'holderId' });
  await told.tell('engineer', regrade, { level: 'LV2', reason: 'Half the site' });
  expect((await told.facts()).level).toBe('LV3');
  await told.tell('lead', settleRegrade, { approve: true });
  expect([(await told.facts()).level, (await told.clock('on-site')).state]).toEqual(['LV2', 'running']);
  await told.tell('engineer', arrive, {});
  story.at('2026-03-12 11:00');
  await told.tell('engineer', respond, { channel: 'phone', reached: true, occurredAt: shanghai('2026-03-12 10:29'), lateReason: 'On the road' });
  expect([(await told.clock('response')).breachedAt, inShanghai((await told.clock('response')).metAt)]).toEqual([null, '2026-03-12 10:29']);
  await told.tell('engineer', log, { kind: 'progress-report', text: 'Half is back.', customerVisible: true });
  await told.tell(story.contactOf(await acme.customerId()), urge, { text: 'How long?' });
  await told.tell('engineer', answer, { text: 'An hour.' });
  await told.tell('engineer', handOver, { toTeamId: story.teams.seniors, reason: 'x', tried: 'y', requestedAction: 'z' });
  await told.tell('engineer', recall, { reason: 'Found it' });
  await told.tell('engineer', suspend, { category: 'under-observation', expectedEndAt: shanghai('2026-03-13 10:00') });
  story.at('2026-03-12 12:00');
  await told.tell('engineer', resume, { workLog: 'Stable' });
  const [spell] = await story.database.em.execute<{ id: string }[]>('select id from suspension where ticket_id = ?', [told.id]);
  await told.tell('lead', correct, { kind: 'suspension', suspensionId: spell!.id, at: null, reason: 'Wrong button' });
  expect(inShanghai((await told.clock('resolution')).dueAt)).toBe('2026-03-13 10:00');
  expect(await story.count('work_log_entry', `ticket_id = '${told.id}'`)).toBe(6);
});

test('D-37 a customer\'s word in the work log of a suspended incident is feedback too', async () => {
  story.at('2026-03-16 10:00');
  const acme = story.customer().agreement();
  const told = await acme.incident({ level: 'LV3' });
  await told.tell('engineer', take, {});
  await told.tell('engineer', suspend, { category: 'awaiting-user', expectedEndAt: shanghai('2026-03-17 10:00') });
  story.at('2026-03-16 10:40');
  await told.tell(story.contactOf(await acme.customerId()), log, { kind: 'note', text: 'Here is the log file.', customerVisible: false });
  expect(inShanghai((await told.facts()).feedbackArrivedAt)).toBe('2026-03-16 10:40');
  expect(await story.count('work_log_entry', `ticket_id = '${told.id}' and kind = 'customer-reply' and customer_visible`)).toBe(1);
});

test('INC-23 what no agreement covers is refused, or passed to its own process in one step', async () => {
  story.at('2026-03-17 10:00');
  const late = story.customer().agreement();
  const id = await late.customerId();
  await story.database.em.execute(`update agreement set ends_at = '2026-01-01' where customer_id = ?`, [id]);
  await expect(late.incident({ level: 'LV3' })).rejects.toMatchObject({ code: 'NO_AGREEMENT', field: 'serviceId' });
  const passed = await late.incident({ level: 'LV3', sendElsewhere: { process: 'change-request', reason: 'They want a new mailbox' } });
  expect([(await passed.facts()).state, (await passed.facts()).closureCode, (await passed.clock('resolution')).outcome]).toEqual(['closed', 'other-process', 'cancelled']);
});

test('ORG-05 after all of that the audit trail holds', async () => {
  expect(await story.auditProblems()).toEqual([]);
  expect(await story.count('event_log')).toBeGreaterThan(80);
});
