import { act, cleanup, fireEvent, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { renderDesk } from '../../app/desk.fixture.tsx';
import { callSeconds, CallTimer, NO_CALL } from './call-timer.tsx';

beforeEach(() => void vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval', 'performance'] }));
afterEach(() => { cleanup(); vi.useRealTimers(); });

function Timer() {
  const [call, setCall] = useState(NO_CALL);
  return <CallTimer call={call} onChange={setCall} limitMinutes={5} />;
}

test('SLA-19 the call runs from when it is begun; at five minutes nothing is said, a second later it prompts to dispatch', () => {
  renderDesk(<Timer />);
  fireEvent.click(screen.getByRole('button', { name: /Begin the call/ }));
  act(() => void vi.advanceTimersByTime(300_000));
  expect(screen.getByRole('timer').textContent).toBe('Call 5:00');
  expect(screen.queryByRole('alert')).toBeNull();
  act(() => void vi.advanceTimersByTime(1000));
  expect(screen.getByRole('alert').textContent).toContain('save and dispatch now');
});

test('SLA-19 what is recorded is the time of the call, ended or not, and nothing where there was none', () => {
  expect(callSeconds(NO_CALL, 9000)).toBeUndefined();
  expect(callSeconds({ since: 1000, before: 0 }, 62_500)).toBe(61);
  expect(callSeconds({ since: null, before: 61 }, 900_000)).toBe(61);
  expect(callSeconds({ since: 1000, before: 60 }, 11_000)).toBe(70);
});
