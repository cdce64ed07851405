import type { FormValues, Options, RecordAction, RecordField } from '../../components/record-actions/record-action.ts';
import { CancelFreezeDocument, CreateFreezeDocument, OverrideFreezeDocument, UpdateFreezeDocument, type ChangeCategory, type FreezeOrigin } from '../../graphql/generated/desk/graphql.ts';
import type { PlanningMessageKey } from '../../lib/messages/planning/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import type { Freeze } from './calendar-entries.ts';

type T = Translate<PlanningMessageKey>;

export interface FreezeOptions {
  readonly customers: Options;
  readonly services: Options;
}

const ORIGINS = ['SAFEGUARD', 'BUSINESS_PEAK', 'CUSTOMER', 'HOLIDAY', 'OTHER'] as const satisfies readonly FreezeOrigin[];
const CATEGORIES = ['MAJOR', 'IMPORTANT', 'GENERAL', 'EMERGENCY'] as const satisfies readonly ChangeCategory[];

export function newFreeze(t: T, options: FreezeOptions): RecordAction {
  return {
    name: 'createFreezeWindow', label: t('freeze.new'), fields: fields(t, options, null),
    run: (send, { idempotencyKey }, values) => send(CreateFreezeDocument, { ...facts(values), idempotencyKey }, (data) => data.createFreezeWindow.userErrors),
  };
}

export function editFreeze(t: T, options: FreezeOptions, freeze: Freeze): RecordAction {
  return {
    name: 'updateFreezeWindow', label: `${t('freeze.edit')} ${freeze.name}`, fields: fields(t, options, freeze),
    run: (send, base, values) => send(UpdateFreezeDocument, { ...facts(values), ...base }, (data) => data.updateFreezeWindow.userErrors),
  };
}

export function callOff(t: T, freeze: Freeze): RecordAction {
  return {
    name: 'cancelFreezeWindow', label: `${t('freeze.cancel')} ${freeze.name}`, fields: [{ name: 'reason', label: t('freeze.cancelReason'), kind: 'long', required: true }],
    run: (send, base, values) => send(CancelFreezeDocument, { ...base, reason: values.text('reason') }, (data) => data.cancelFreezeWindow.userErrors),
  };
}

/** FRZ-01: lets one change into one freeze, for the window that it has. */
export function overrideAction(t: T, freezeId: string): RecordAction {
  return {
    name: 'overrideFreeze', label: t('freeze.override'), fields: [{ name: 'reason', label: t('freeze.overrideReason'), kind: 'long', required: true }],
    run: (send, base, values) => send(OverrideFreezeDocument, { ...base, freezeId, reason: values.text('reason') }, (data) => data.overrideFreeze.userErrors),
  };
}

function fields(t: T, { customers, services }: FreezeOptions, freeze: Freeze | null): RecordField[] {
  const ids = (things: readonly { readonly id: string }[] | undefined): string => (things ?? []).map(({ id }) => id).join(',');
  const cis = freeze?.scope.cis ?? [];
  return [
    { name: 'name', label: t('freeze.name'), kind: 'text', required: true, value: freeze?.name },
    { name: 'reason', label: t('freeze.reason'), kind: 'long', required: true, value: freeze?.reason },
    { name: 'origin', label: t('freeze.origin'), kind: 'choice', options: ORIGINS.map((origin) => [origin, t(`freeze.origin.${origin}`)]), value: freeze?.origin ?? 'SAFEGUARD' },
    { name: 'startsAt', label: t('freeze.starts'), kind: 'instant', required: true, value: freeze?.startsAt },
    { name: 'endsAt', label: t('freeze.ends'), kind: 'instant', required: true, value: freeze?.endsAt },
    { name: 'customerIds', label: t('freeze.customers'), kind: 'choices', options: customers, value: ids(freeze?.scope.customers) },
    { name: 'serviceIds', label: t('freeze.services'), kind: 'choices', options: services, value: ids(freeze?.scope.services) },
    ...(cis.length === 0 ? [] : [{ name: 'ciIds', label: t('freeze.cis'), kind: 'choices', options: cis.map(({ id, name }) => [id, name] as const), value: ids(cis) } as const]),
    { name: 'addCi', label: t('freeze.addCi'), kind: 'ci' },
    { name: 'allowedCategories', label: t('freeze.allowed'), kind: 'choices', options: CATEGORIES.map((category) => [category, t(`category.${category}`)]), value: (freeze?.allowedCategories ?? ['EMERGENCY']).join(',') },
  ];
}

function facts(values: FormValues) {
  const added = values.maybe('addCi');
  return {
    name: values.text('name'), reason: values.text('reason'), origin: ORIGINS.find((origin) => origin === values.text('origin')) ?? null,
    startsAt: values.instant('startsAt') ?? '', endsAt: values.instant('endsAt') ?? '',
    customerIds: [...values.all('customerIds')], serviceIds: [...values.all('serviceIds')], ciIds: [...values.all('ciIds'), ...(added === undefined ? [] : [added])],
    allowedCategories: CATEGORIES.filter((category) => values.all('allowedCategories').includes(category)),
  };
}
