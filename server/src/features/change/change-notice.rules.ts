import type { Instant } from '../../kernel/instant.ts';
import { assertNever } from '../../kernel/assert.ts';

export const NOTICE_OCCASIONS = ['approved', 'scheduled', 'started', 'result', 'outage', 'called-off'] as const;
export type NoticeOccasion = (typeof NOTICE_OCCASIONS)[number];

export const NOTICE_AUDIENCES = ['service-desk', 'customer-contact', 'ci-owner'] as const;
export type NoticeAudience = (typeof NOTICE_AUDIENCES)[number];

/** Events of a change that others are told of, before and after (CHG-15). */
export const TOLD_EVENTS = [
  'change.approved', 'change.scheduled', 'change.rescheduled', 'change.started', 'change.retried', 'change.implemented', 'change.rolledBack', 'change.stopped',
  'change.closed', 'change.terminated', 'change.outageRecorded', 'change.cancelled', 'change.sentBack', 'change.rejected',
] as const;
export type ToldEvent = (typeof TOLD_EVENTS)[number];

export function isTold(type: string): type is ToldEvent {
  return TOLD_EVENTS.some((told) => told === type);
}

/** What an event brings, as far as a notice needs it. */
export interface ToldFacts {
  readonly type: ToldEvent;
  readonly reason: string | null;
  /** Approvals that are still to come. */
  readonly stepsLeft: number;
  readonly outcome: string | null;
  readonly outageMinutes: number | null;
  readonly system: string | null;
  /** Others have been told that it will happen. */
  readonly announced: boolean;
}

/** Which occasion an event is; null: nobody is told of it. */
export function occasionOf({ type, stepsLeft, announced }: ToldFacts): NoticeOccasion | null {
  switch (type) {
    case 'change.approved': return stepsLeft === 0 ? 'approved' : null;
    case 'change.scheduled':
    case 'change.rescheduled': return 'scheduled';
    case 'change.started':
    case 'change.retried': return 'started';
    case 'change.implemented':
    case 'change.rolledBack':
    case 'change.stopped':
    case 'change.closed':
    case 'change.terminated': return 'result';
    case 'change.outageRecorded': return 'outage';
    case 'change.cancelled':
    case 'change.sentBack':
    case 'change.rejected': return announced ? 'called-off' : null;
    default: return assertNever(type);
  }
}

/** The change as a notice speaks of it. */
export interface NoticedChange {
  readonly number: string;
  readonly title: string;
  readonly windowStartAt: Instant | null;
  readonly windowEndAt: Instant | null;
  readonly expectedResult: string | null;
  /** Zone of the customer, in which times are told. */
  readonly timeZone: string;
}

export interface Bilingual {
  readonly zh: string;
  readonly en: string;
}

const OUTCOMES: Readonly<Record<string, Bilingual>> = {
  successful: { zh: '成功', en: 'successful' }, 'successful-with-issues': { zh: '成功但有问题', en: 'successful with issues' }, failed: { zh: '失败', en: 'failed' },
  'rolled-back': { zh: '已回退', en: 'rolled back' }, terminated: { zh: '已终止', en: 'terminated' },
};

/** What is told: content, window and expected effect before; what came of it, and any outage, after (CHG-15). */
export function noticeText(occasion: NoticeOccasion, change: NoticedChange, facts: ToldFacts): Bilingual {
  const { number, title } = change;
  const said = saying(occasion, change, facts);
  return { zh: `${number} ${title}：${said.zh}`, en: `${number} ${title}: ${said.en}` };
}

function saying(occasion: NoticeOccasion, change: NoticedChange, facts: ToldFacts): Bilingual {
  const window = windowText(change);
  const because = facts.reason ?? '';
  switch (occasion) {
    case 'approved': return { zh: `变更已批准。${window.zh}${effectText(change).zh}`, en: `the change has been approved. ${window.en}${effectText(change).en}` };
    case 'scheduled': {
      const moved = facts.type === 'change.rescheduled';
      return {
        zh: `${moved ? '实施时间已调整。' : '变更已排期。'}${window.zh}${effectText(change).zh}`, en: `the change ${moved ? 'has been moved' : 'is scheduled'}. ${window.en}${effectText(change).en}`,
      };
    }
    case 'started': return facts.type === 'change.retried' ? { zh: '变更重新开始实施。', en: 'implementation has begun again.' } : { zh: '变更开始实施。', en: 'implementation has begun.' };
    case 'result': return resultText(facts);
    case 'outage': return {
      zh: `本次变更造成 ${facts.system ?? '系统'} 中断 ${facts.outageMinutes ?? 0} 分钟。`, en: `the change caused an outage of ${facts.system ?? 'a system'} of ${facts.outageMinutes ?? 0} minutes.`,
    };
    // Why it was sent back is the provider's own affair; why it was called off is not.
    case 'called-off': return facts.type === 'change.cancelled'
      ? { zh: `变更已取消：${because}`, en: `the change has been called off: ${because}` }
      : { zh: '变更暂缓，将重新计划。', en: 'the change is put off and planned anew.' };
    default: return assertNever(occasion);
  }
}

function resultText({ type, reason, outcome, outageMinutes }: ToldFacts): Bilingual {
  const remark = reason === null ? '' : ` ${reason}`;
  if (type === 'change.implemented') return { zh: `变更实施完成。${remark.trim()}`, en: `implementation is complete.${remark}` };
  if (type === 'change.rolledBack') return { zh: `变更未成功，已按方案回退。${remark.trim()}`, en: `the change did not succeed and was rolled back.${remark}` };
  if (type === 'change.stopped') return { zh: `变更停止实施。${remark.trim()}`, en: `no further attempt is made.${remark}` };
  const named = OUTCOMES[outcome ?? ''] ?? { zh: outcome ?? '—', en: outcome ?? '—' };
  const outage = outageMinutes ?? 0;
  return {
    zh: `变更已关闭，结果：${named.zh}。${outage > 0 ? `共造成中断 ${outage} 分钟。` : '未造成中断。'}`,
    en: `the change is closed, outcome: ${named.en}. ${outage > 0 ? `It caused ${outage} minutes of outage.` : 'It caused no outage.'}`,
  };
}

function windowText({ windowStartAt, windowEndAt, timeZone }: NoticedChange): Bilingual {
  if (windowStartAt === null || windowEndAt === null) return { zh: '实施时间待定。', en: 'The window is not fixed yet. ' };
  const from = localText(windowStartAt, timeZone);
  const to = localText(windowEndAt, timeZone);
  return { zh: `实施时间 ${from} 至 ${to}（${timeZone}）。`, en: `Window ${from} to ${to} (${timeZone}). ` };
}

function effectText({ expectedResult }: NoticedChange): Bilingual {
  return expectedResult === null ? { zh: '', en: '' } : { zh: `预期效果：${expectedResult}`, en: `Expected effect: ${expectedResult}` };
}

/** "2026-11-24 22:00" as the wall clock there says. */
function localText(at: Instant, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).formatToParts(at);
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.find((one) => one.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')} ${part('hour')}:${part('minute')}`;
}
