import type { Control, FaultRun } from './harness/fault-run.ts';
import { MISTIMED, timerControls } from './harness/timer-controls.ts';
import { FULL_LATENESS, QUICK_LATENESS } from './harness/timer-plan.ts';
import { CALENDAR_INSTANTS } from './r6/calendar-instants.ts';
import { PROCESS_CLOCKS, setProcessClocks, worstError, wrongCountdown } from './r6/process-clocks.ts';
import { walkInstants } from './r6/walk-instants.ts';

const QUICK_SCENARIOS = 4;
/** Some of each kind come first, so that the quick form meets both. */
const SCENARIOS = [
  ...PROCESS_CLOCKS.slice(0, 1).map((clock) => ({ clock, instant: null })), ...CALENDAR_INSTANTS.slice(0, 3).map((instant) => ({ clock: null, instant })),
  ...PROCESS_CLOCKS.slice(1).map((clock) => ({ clock, instant: null })), ...CALENDAR_INSTANTS.slice(3).map((instant) => ({ clock: null, instant })),
];
/** In one go; between them the time is looked at. */
const AT_ONCE = 8;

/** R6: clocks are moved. Those of server processes while they serve, and the one that all go by over the instants at which calendars err. */
export const clocks: FaultRun = {
  id: 'R6', title: 'clocks moved', unit: 'scenarios', full: SCENARIOS.length, quick: QUICK_SCENARIOS, budgetMinutes: 8,
  async run(serverUrl, part) {
    const lateness = part.upTo === QUICK_SCENARIOS ? QUICK_LATENESS : FULL_LATENESS;
    const findings: string[] = [];
    let [done, timers, worstCountdownErrorMs] = [part.from, 0, 0];
    while (done < part.upTo && !part.over()) {
      const some = SCENARIOS.slice(done, Math.min(part.upTo, done + AT_ONCE));
      const processes = some.flatMap(({ clock }) => clock ?? []);
      const instants = some.flatMap(({ instant }) => instant ?? []);
      if (processes.length > 0) {
        const outcome = await setProcessClocks(serverUrl, processes, lateness);
        worstCountdownErrorMs = Math.max(worstCountdownErrorMs, outcome.worstWrongMs);
        timers += outcome.timers;
        findings.push(...outcome.findings);
      }
      if (instants.length > 0) {
        const outcome = await walkInstants(serverUrl, instants);
        timers += outcome.timers;
        findings.push(...outcome.findings);
      }
      done += some.length;
      part.say(`${done} scenarios, ${timers} timers`);
    }
    return { done, figures: { timers, worstCountdownErrorMs }, findings };
  },
  async controls(serverUrl) {
    return [...(await timerControls(serverUrl, MISTIMED)), await blindToSummerTime(serverUrl), await countsDownWrong(serverUrl)];
  },
};

/** A calendar that was saved with the offset of winter instead of its zone. */
async function blindToSummerTime(serverUrl: string): Promise<Control> {
  const scenario = CALENDAR_INSTANTS.find(({ timeZone, hours }) => timeZone === 'Europe/Berlin' && hours === 'in the office')!;
  const { findings } = await walkInstants(serverUrl, [scenario], ({ hours }) => ({ timeZone: 'Etc/GMT-1', hours }));
  return { planted: 'a calendar that does not know of summer time', findings };
}

async function countsDownWrong(serverUrl: string): Promise<Control> {
  const fast = { serverNow: () => Date.now() + 1500 };
  const found = wrongCountdown(await worstError(serverUrl, [fast], 100));
  return { planted: 'a board whose idea of the time is 1.5 s fast', findings: found ? [found] : [] };
}
