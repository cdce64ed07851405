import { labelOf, type Vocabulary } from '../../app/desk-words.tsx';
import type { DeskMessageKey } from '../../lib/messages/desk/zh-CN.ts';
import type { TicketMessageKey } from '../../lib/messages/ticket/zh-CN.ts';
import type { Locale, Translate } from '../../lib/messages/translator.ts';
import type { Ticket } from './actions/action-form-types.ts';

type Interval = Ticket['clocks'][number]['explanation']['intervals'][number];

const STRETCHES = ['counted', 'closed-hours', 'holiday', 'suspended', 'stopped'] as const;

/** What a stretch of a clock is called. */
export function stretchText(reason: string, t: Translate<DeskMessageKey>): string {
  const known = STRETCHES.find((one) => one === reason);
  return known === undefined ? reason : t(`stretch.${known}`);
}

interface Words {
  readonly vocabulary: Vocabulary;
  readonly locale: Locale;
  readonly t: Translate<TicketMessageKey>;
}

/** More of a stretch: the holiday's name, or why and by whom it was suspended (INC-07). */
export function stretchDetail({ reason, detail, from }: Interval, ticket: Ticket, { vocabulary, locale, t }: Words): string[] {
  if (reason !== 'suspended') return detail === null ? [] : [detail];
  const begin = Date.parse(from);
  const spell = ticket.suspensions.find((one) => one.correctedBy === null && Date.parse(one.from) <= begin && (one.to === null || Date.parse(one.to) > begin));
  const why = detail === null ? [] : [labelOf(vocabulary.suspensionReasons, detail, locale)];
  if (spell === undefined) return why;
  return [...why, ...(spell.text === null || spell.text === '' ? [] : [spell.text]), ...(spell.suspendedBy === '' ? [] : [t('pause.by', { name: spell.suspendedBy })])];
}
