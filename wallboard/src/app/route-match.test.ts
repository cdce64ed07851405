import { expect, test } from 'vitest';
import { matchOf } from './route-match.ts';

test.each([
  ['/queue', '/queue', { taken: '/queue', params: {} }],
  ['queue', '/Queue/', { taken: '/Queue', params: {} }],
  ['', '', { taken: '', params: {} }],
  ['/', '/', { taken: '', params: {} }],
  ['/queue', '/queue/v', null],
  ['/queue', '/queues', null],
  ['', '/new', null],
  ['/queue/v/:slug', '/queue/v/mine', { taken: '/queue/v/mine', params: { slug: 'mine' } }],
  ['/queue/v/:slug', '/queue/v', null],
  [':number/edit', '/KNW-1/edit', { taken: '/KNW-1/edit', params: { number: 'KNW-1' } }],
  ['/changes/*', '/changes', { taken: '/changes', params: {} }],
  ['/changes/*', '/changes/new', { taken: '/changes', params: {} }],
  ['/changes/*', '/changesets', null],
  ['*', '/any/where', { taken: '', params: {} }],
  ['*', '', { taken: '', params: {} }],
])('WBD-04 route %s and address %s', (route, address, match) => {
  expect(matchOf(route, address)).toEqual(match);
});

test.each([
  ['/racks/%E6%9C%BA%E6%88%BF', '机房'],
  ['/racks/A%2FB', 'A/B'],
  // Once: what somebody named "50%2F" is not a slash.
  ['/racks/50%252F', '50%2F'],
  ['/racks/50%', '50%'],
])('WBD-04 a part of %s is decoded once', (address, name) => {
  expect(matchOf('/racks/:name', address)?.params).toEqual({ name });
  expect(matchOf('/racks/:name', address)?.taken).toBe(address);
});
