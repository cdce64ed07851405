import { releaseChinese, type ReleaseMessageKey } from '../../lib/messages/release/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import { CHECKLIST, GO_LIVE_FIELDS, isOneOf, PAPERS, PLAN_FIELDS } from './release-view.ts';

interface Lack {
  readonly message: string;
  readonly field: string | null;
}

function isMessage(key: string): key is ReleaseMessageKey {
  return key in releaseChinese;
}

/** What is missing, in the reader's language; the server names the field, and what it is about stands in quotation marks in its sentence. */
export function lackText(t: Translate<ReleaseMessageKey>, { message, field }: Lack): string {
  if (field === null) return message;
  const named = /"([^"]+)"/.exec(message)?.[1] ?? '';
  if (isOneOf(PLAN_FIELDS, field) && message.startsWith('The release plan')) return t('lack.field', { what: t(`plan.${field}`) });
  if (isOneOf(GO_LIVE_FIELDS, field)) return t('lack.field', { what: t(`goLive.${field}`) });
  if (field === 'verdict') return t('lack.verdict', { what: message });
  if (field === 'tests') return named === '' ? t('lack.noTests') : t('lack.tests', { what: `${named} ✗` });
  const what = field === 'item' && isOneOf(CHECKLIST, named) ? t(`item.${named}`) : field === 'paper' && isOneOf(PAPERS, named) ? t(`paper.${named}`) : named;
  const key = `lack.${field}`;
  return isMessage(key) ? t(key, { what }) : message;
}
