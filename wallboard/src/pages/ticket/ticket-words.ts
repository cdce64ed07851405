import { useAreaWords } from '../../app/area-words.ts';
import { ticketEnglish } from '../../lib/messages/ticket/en.ts';
import { ticketChinese, type TicketMessageKey } from '../../lib/messages/ticket/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';

/** The texts of the drawn parts of an incident's page. */
export function useTicketWords(): Translate<TicketMessageKey> {
  return useAreaWords({ chinese: ticketChinese, english: ticketEnglish });
}
