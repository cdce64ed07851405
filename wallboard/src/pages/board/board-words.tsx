import { createContext, useContext } from 'react';
import type { BoardRow } from '../../lib/feed/feed-reducer.ts';
import type { BoardMessageKey } from '../../lib/messages/board/zh-CN.ts';
import type { Locale, Translate } from '../../lib/messages/translator.ts';

/** The language and zone of a board, and its words in that language. */
export interface BoardWords {
  readonly locale: Locale;
  readonly timeZone: string;
  readonly t: Translate<BoardMessageKey>;
}

export const BoardWordsContext = createContext<BoardWords | null>(null);

export function useBoardWords(): BoardWords {
  const words = useContext(BoardWordsContext);
  if (words === null) throw new Error('Must hold: a board page has words');
  return words;
}

/** The Chinese name on a Chinese board where there is one. */
export function localName(locale: Locale, name: string | null, nameZh: string | null): string {
  return (locale === 'zh-CN' ? (nameZh ?? name) : name) ?? '—';
}

/** "Network ⇄ Database": a handoff that waits belongs to both. */
export function handoffText(handoff: NonNullable<BoardRow['handoff']>, locale: Locale): string {
  return `${localName(locale, handoff.fromTeam, handoff.fromTeamZh)} ⇄ ${localName(locale, handoff.toTeam, handoff.toTeamZh)}`;
}

const STEPS = ['escalation-1', 'escalation-2', 'manual'] as const;
const ROLES = [
  'service-delivery-manager', 'department-manager', 'technical-manager', 'service-manager', 'project-manager', 'incident-manager', 'sla-owner',
  'senior-engineer',
] as const;

/** The board carries the few words of escalations itself: it asks for nothing beside its stream. */
export function stepText(t: Translate<BoardMessageKey>, step: string): string {
  const known = STEPS.find((one) => one === step);
  return known === undefined ? step : t(`step.${known}`);
}

export function roleText(t: Translate<BoardMessageKey>, role: string): string {
  const known = ROLES.find((one) => one === role);
  return known === undefined ? role : t(`role.${known}`);
}

/** "25 min", "3 h 5 min", "2 d 4 h": how long something has been waiting. */
export function ageText(t: Translate<BoardMessageKey>, since: number, now: number): string {
  const minutes = Math.max(0, Math.floor((now - since) / 60_000));
  const hours = Math.floor(minutes / 60);
  if (hours >= 24) return t('ageDays', { days: Math.floor(hours / 24), hours: hours % 24 });
  return t('age', { hours, minutes: minutes % 60 });
}
