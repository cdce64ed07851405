import { act, cleanup, createEvent, fireEvent, render, screen } from '@testing-library/react';
import { lazy, Suspense, type ReactNode } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { BrowserRouter, Link, MemoryRouter, Navigate, NavLink, Route, Routes, useLocation, useNavigate, useParams, useSearchParams } from './router.tsx';

beforeEach(() => window.history.replaceState(null, '', '/'));
afterEach(cleanup);

function Here() {
  const { pathname, search, key } = useLocation();
  return <output data-testid="here" data-key={key}>{pathname + search}</output>;
}

const here = (): string | null => screen.getByTestId('here').textContent;
const key = (): string | null => screen.getByTestId('here').getAttribute('data-key');
const inMemory = (page: ReactNode, ...entries: string[]) => render(<MemoryRouter initialEntries={entries}>{page}<Here /></MemoryRouter>);
const click = (name: string, init?: MouseEventInit): boolean => fireEvent.click(screen.getByRole('link', { name }), init);

function Shown({ page }: { readonly page: string }) {
  return <p>{page} {JSON.stringify(useParams())}</p>;
}
const shown = (): string => document.querySelector('p')?.textContent ?? '';

function Changes() {
  return (
    <Routes>
      <Route index element={<Shown page="changes" />} />
      <Route path="new" element={<Shown page="new change" />} />
      <Route path=":number" element={<Shown page="change" />} />
    </Routes>
  );
}

const DESK = (
  <Routes>
    <Route path="/queue" element={<Shown page="queue" />} />
    {['slug', 'other'].map((name) => <Route key={name} path={`/queue/${name}/:${name}`} element={<Shown page={name} />} />)}
    <Route path="/changes/*" element={<Changes />} />
    <Route path="/team/:team/*" element={<Routes><Route path="/person/:person" element={<Shown page="person" />} /></Routes>} />
    <Route path="*" element={<Navigate to="/queue" replace />} />
  </Routes>
);

test.each([
  ['/queue?size=all', 'queue {}'],
  ['/queue/slug/%E5%80%BC%E7%8F%AD', 'slug {"slug":"值班"}'],
  ['/queue/other/a%2Fb', 'other {"other":"a/b"}'],
  ['/changes', 'changes {}'],
  ['/changes/', 'changes {}'],
  ['/changes/new', 'new change {}'],
  ['/changes/CHG-0000001#work', 'change {"number":"CHG-0000001"}'],
  ['/team/%2525/person/7', 'person {"team":"%25","person":"7"}'],
  ['/nowhere/at/all', 'queue {}'],
])('WBD-04 %s shows the first route that fits', (address, page) => {
  inMemory(DESK, address);
  expect(shown()).toBe(page);
});

test('WBD-04 below an area without a route of its own there is nothing, as no page was meant', () => {
  inMemory(DESK, '/changes/new/more');
  expect(shown()).toBe('');
  expect(here()).toBe('/changes/new/more');
});

test('WBD-04 a page that two routes show keeps its state when one goes from one to the other', () => {
  inMemory(<><Link to="/queue/v/1">go</Link><Routes><Route path="/queue" element={<input aria-label="kept" />} /><Route path="/queue/v/:slug" element={<input aria-label="kept" />} /></Routes></>, '/queue');
  const before = screen.getByLabelText('kept');
  click('go');
  expect(here()).toBe('/queue/v/1');
  expect(screen.getByLabelText('kept')).toBe(before);
});

test('WBD-12 a link to where one is, or below it, says so; by whole parts, in any writing', () => {
  const links = <><NavLink to="/my" end>list</NavLink><NavLink to="/my/work">work</NavLink><NavLink to="/my/wo">wo</NavLink><NavLink to={{ pathname: '/my/work/', search: 'a=1' }} className="tab">tab</NavLink><NavLink to="/my/work/%E5%80%BC">encoded</NavLink><NavLink to="/my/work/值">written</NavLink></>;
  inMemory(links, '/my/work/值');
  const current = screen.getAllByRole('link').map((link) => `${link.textContent}: ${link.getAttribute('aria-current')} ${link.getAttribute('class')}`);
  expect(current).toEqual(['list: null null', 'work: page active', 'wo: null null', 'tab: page tab active', 'encoded: page active', 'written: page active']);
  expect(screen.getByRole('link', { name: 'tab' }).getAttribute('href')).toBe('/my/work/?a=1');
});

function Search() {
  const [search, setSearch] = useSearchParams();
  return (
    <>
      <p>{JSON.stringify([...search])}</p>
      <button type="button" onClick={() => setSearch({ q: '50% 值/班 %41' })}>push</button>
      <button type="button" onClick={() => setSearch((before) => { before.append('q', 'too'); return before; }, { replace: true })}>replace</button>
      <button type="button" onClick={() => setSearch(new URLSearchParams())}>clear</button>
    </>
  );
}
const press = (name: string): boolean => fireEvent.click(screen.getByRole('button', { name }));

test('WBD-04 what is asked for is pushed or replaced, and read as it was written', () => {
  window.history.replaceState(null, '', '/list?all=1');
  render(<BrowserRouter><Search /><Here /></BrowserRouter>);
  const length = window.history.length;
  press('push');
  expect(shown()).toBe('[["q","50% 值/班 %41"]]');
  expect(window.location.pathname).toBe('/list');
  expect(window.history.length).toBe(length + 1);
  press('replace');
  expect(shown()).toBe('[["q","50% 值/班 %41"],["q","too"]]');
  expect(window.history.length).toBe(length + 1);
  press('clear');
  expect([here(), window.location.search]).toEqual(['/list', '']);
});

function Steps() {
  const navigate = useNavigate();
  return <>{[-1, 1].map((by) => <button key={by} type="button" onClick={() => navigate(by)}>{by < 0 ? 'back' : 'forward'}</button>)}</>;
}

test('WBD-04 back and forward lead to the same entries, each with a key of its own', () => {
  inMemory(<><Link to="/a">a</Link><Link to="/b?x=1">b</Link><Link to="/c" replace>c</Link><Steps /></>, '/start');
  const keys = new Map([[here(), key()]]);
  for (const name of ['a', 'b']) {
    click(name);
    keys.set(here(), key());
  }
  expect([...keys.keys()]).toEqual(['/start', '/a', '/b?x=1']);
  expect(new Set(keys.values()).size).toBe(3);
  press('back');
  expect([here(), key()]).toEqual(['/a', keys.get('/a')]);
  press('forward');
  expect([here(), key()]).toEqual(['/b?x=1', keys.get('/b?x=1')]);
  click('c');
  press('back');
  press('back');
  expect([here(), key()]).toEqual(['/start', keys.get('/start')]);
});

test('WBD-04 the same in a browser, whose Back the pages hear', () => {
  render(<BrowserRouter><Link to="/a">a</Link><Here /></BrowserRouter>);
  expect(key()).toBe('default');
  click('a');
  const { state } = window.history as { state: { key: string } };
  expect([here(), key()]).toEqual(['/a', state.key]);
  // What a browser does when somebody goes back, without the wait for it.
  window.history.replaceState({ key: 'earlier' }, '', '/before?x=1');
  act(() => { window.dispatchEvent(new PopStateEvent('popstate')); });
  expect([here(), key()]).toEqual(['/before?x=1', 'earlier']);
});

test('WBD-04 a link to the same address is no new entry, one with a hash keeps it', () => {
  window.history.replaceState(null, '', '/a?x=1');
  render(<BrowserRouter><Link to="/a?x=1">same</Link><Link to="/a?x=1#part">part</Link><Link to="/a?x=1" replace={false}>anew</Link><Here /></BrowserRouter>);
  const length = window.history.length;
  click('same');
  expect([here(), window.history.length]).toEqual(['/a?x=1', length]);
  expect(key()).not.toBe('default');
  click('part');
  expect([here(), window.location.hash, window.history.length]).toEqual(['/a?x=1', '#part', length + 1]);
  click('anew');
  expect([window.location.hash, window.history.length]).toEqual(['', length + 2]);
});

test('WBD-04 a click for another tab or window stays the browser\'s, and is still told to the page', () => {
  const told = vi.fn<() => void>();
  inMemory(<><Link to="/a" onClick={told}>a</Link><Link to="/a" target="_blank">tab</Link><Link to="/a" onClick={(event) => event.preventDefault()}>not</Link></>, '/start');
  const isLeft = (name: string, init: MouseEventInit): boolean => {
    const link = screen.getByRole('link', { name });
    const event = createEvent.click(link, init);
    // The test's browser shall not follow it.
    let left = false;
    link.parentElement!.addEventListener('click', (one) => { left = !one.defaultPrevented; one.preventDefault(); }, { once: true });
    fireEvent(link, event);
    return left;
  };
  for (const init of [{ ctrlKey: true }, { metaKey: true }, { shiftKey: true }, { altKey: true }, { button: 1 }]) expect(isLeft('a', init)).toBe(true);
  expect(isLeft('tab', {})).toBe(true);
  expect(told).toHaveBeenCalledTimes(5);
  expect(isLeft('not', {})).toBe(false);
  expect(here()).toBe('/start');
  click('a');
  expect(here()).toBe('/a');
});

test('WBD-04 the old page stays until a lazy one is loaded', async () => {
  let load = (_: { default: () => ReactNode }): void => {};
  const Late = lazy(() => new Promise<{ default: () => ReactNode }>((resolve) => { load = resolve; }));
  inMemory(<><Link to="/late">late</Link><Suspense fallback={<p>wait</p>}><Routes><Route path="/" element={<p>old</p>} /><Route path="/late" element={<Late />} /></Routes></Suspense></>, '/');
  click('late');
  expect([shown(), here()]).toEqual(['old', '/']);
  await act(async () => load({ default: () => <p>new</p> }));
  expect([shown(), here()]).toEqual(['new', '/late']);
});
