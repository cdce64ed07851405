import { expect, test } from 'vitest';
import { CAST } from '../../../../test/support/story-world.ts';
import type { Actor } from '../../kernel/actor.ts';
import { mayChangeView, maySeeView, mayShare, readColumns, readSlug, slugOf, type ViewFacts } from './saved-view.rules.ts';

const own: ViewFacts = { ownerId: 'engineer', scope: 'me', teamId: null, leadId: null };
const shared: ViewFacts = { ...own, scope: 'team', teamId: 'engineers', leadId: 'lead' };
const everybodys: ViewFacts = { ...own, scope: 'all' };
const who = (ask: (actor: Actor) => boolean): string[] => Object.values(CAST).filter(ask).map(({ name }) => name);

test('WBD-04 what one keeps for oneself nobody else sees or changes', () => {
  expect(who((actor) => maySeeView(own, actor))).toEqual(['engineer']);
  expect(who((actor) => mayChangeView(own, actor))).toEqual(['engineer']);
});

test('WBD-04 a team\'s view is found by the team and by who leads incidents; others do not find it', () => {
  const seen = who((actor) => maySeeView(shared, actor));
  expect(seen).toEqual(expect.arrayContaining(['engineer', 'colleague', 'lead', 'sm', 'im']));
  for (const other of ['senior', 'desk', 'auditor', 'customer', 'stranger']) expect(seen).not.toContain(other);
});

test('WBD-04 a view is shared with a team by its lead or who leads incidents, with everybody only by the latter', () => {
  const team = who((actor) => mayShare(shared, actor));
  expect(team).toEqual(expect.arrayContaining(['lead', 'sm', 'dm', 'im', 'tm']));
  for (const other of ['engineer', 'senior-lead', 'desk', 'customer']) expect(team).not.toContain(other);
  const all = who((actor) => mayShare(everybodys, actor));
  expect(all).toContain('im');
  for (const other of ['lead', 'engineer', 'customer']) expect(all).not.toContain(other);
});

test('ORG-03 a customer\'s people find no view of the provider, whatever it is shared with', () => {
  const contact: Actor = { ...CAST.customer, teamIds: ['engineers'] };
  expect(maySeeView(everybodys, contact)).toBe(false);
  expect(maySeeView(shared, contact)).toBe(false);
  expect(maySeeView({ ...own, ownerId: contact.id }, contact)).toBe(true);
});

test('ORG-01 who leads incidents of one customer only shares with nobody', () => {
  const limited: Actor = { ...CAST.serviceManager, grants: CAST.serviceManager.grants.map((grant) => ({ ...grant, customerId: 'acme' })) };
  expect(mayShare(shared, limited)).toBe(false);
  expect(mayShare(everybodys, limited)).toBe(false);
});

test('WBD-04 an address is short and plain', () => {
  expect(readSlug(' Network-2 ')).toBe('network-2');
  expect(readSlug('网络组-超时')).toBe('网络组-超时');
  for (const wrong of ['a--b', '-a', 'a b', 'a/b', 'ä?', '']) expect(() => readSlug(wrong)).toThrow('"slug"');
  expect(() => readSlug('mine')).toThrow('everybody\'s own');
  expect(() => readSlug('x'.repeat(61))).toThrow('at most 60');
});

test('WBD-04 a name suggests its address', () => {
  expect(slugOf('Network: breached & due!')).toBe('network-breached-due');
  expect(slugOf('网络组 超时')).toBe('网络组-超时');
  expect(slugOf('All')).toBe('view-all');
  expect(slugOf('???')).toBe('view');
});

test('WBD-04 columns are known ones, each once, with the number that opens a row', () => {
  expect(readColumns(['number', 'clock', 'number'])).toEqual(['number', 'clock']);
  expect(readColumns(null)).toEqual([]);
  expect(() => readColumns(['number', 'colour'])).toThrow('got "colour"');
  expect(() => readColumns(['clock'])).toThrow('must name "number"');
});
