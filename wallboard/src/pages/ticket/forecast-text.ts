import type { TicketMessageKey } from '../../lib/messages/ticket/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import type { Ticket } from './actions/action-form-types.ts';

type Forecast = NonNullable<Ticket['clocks'][number]['forecast']>;
type RaisedBy = NonNullable<Ticket['escalations'][number]['forecast']>;

/** "72 % likely to miss, from 143 like incidents (same team and level)", or that there is too little history to say (SLA-11). */
export function forecastText({ probabilityPercent: percent, samples, basis }: Forecast, t: Translate<TicketMessageKey>): string {
  return percent === null || basis === null ? t('forecast.tooLittle', { samples }) : t('forecast.likely', { percent, samples, basis: t(`forecast.${basis}`) });
}

/** Why it was escalated early (SLA-17). */
export function raisedText({ percent, samples, basis }: RaisedBy, t: Translate<TicketMessageKey>): string {
  return t('forecast.raised', { forecast: t('forecast.likely', { percent, samples, basis: t(`forecast.${basis}`) }) });
}
