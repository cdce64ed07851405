import { labelOf, type DeskWords } from '../../app/desk-words.tsx';
import type { NoticeFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import type { NoticesMessageKey } from '../../lib/messages/notices/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

const STEPS: Readonly<Record<string, NoticesMessageKey>> = {
  'accepted': 'step.accepted', 'rejected': 'step.rejected', 'recalled': 'step.recalled', 'suspension.overdue': 'step.overdue', 'suspension.grewLong': 'step.long',
  'incident.confirmationDue': 'step.confirmation', 'secondLineProposed': 'step.secondLine', 'closed': 'step.closed', 'functional-2': 'step.coordinate',
  'shift-handover.drawn': 'step.drawn', 'shift-handover.signed': 'step.signed', 'shift-handover.sentBack': 'step.sentBack', 'shift-handover.takenOver': 'step.takenOver', 'shift-handover.overdue': 'step.late',
};

/** What a notice says, in one line. */
export function noticeLine(notice: NoticeFieldsFragment, t: Translate<NoticesMessageKey>, { locale, vocabulary }: Pick<DeskWords, 'locale' | 'vocabulary'>): string {
  const { kind, by, level } = notice;
  const team = (locale === 'zh-CN' ? notice.teamZh : notice.team) ?? '';
  const clock = notice.clock === null ? '' : labelOf(vocabulary.clockKinds, notice.clock, locale);
  return t(`line.${kind}`, { by: by ?? t('system'), step: stepText(notice, t, { locale, vocabulary }), clock, team, level: level ?? '' });
}

function stepText({ kind, step, level }: NoticeFieldsFragment, t: Translate<NoticesMessageKey>, { locale, vocabulary }: Pick<DeskWords, 'locale' | 'vocabulary'>): string {
  if (kind === 'ESCALATED') return labelOf(vocabulary.escalationSteps, step, locale);
  if (kind === 'INFORMED' && level !== null) return t('step.level', { level });
  const key = STEPS[step ?? ''];
  if (key !== undefined) return t(key);
  return kind === 'INFORMED' || kind === 'REMINDED' ? t('step.told') : (step ?? '');
}

const PAGES: Readonly<Record<string, string>> = { incident: '/incident', change: '/changes', problem: '/problems', release: '/releases' };

/** Where the record of a notice has its page. */
export function noticePath({ recordKind, recordId, number }: NoticeFieldsFragment): string {
  return recordKind === 'shift-handover' ? `/on-call/handovers/${recordId}` : `${PAGES[recordKind] ?? '/incident'}/${number ?? ''}`;
}
