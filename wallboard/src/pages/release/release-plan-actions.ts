import type { Options, RecordAction, RecordField } from '../../components/record-actions/record-action.ts';
import {
  CarryChangeDocument, DropChangeDocument, EditGoLivePlanDocument, EditReleaseDocument, EditReleasePlanDocument, LinkReleaseCiDocument, NameReleaseReviewerDocument, ScheduleReleaseDocument,
  SetReleasePackageDocument, UnlinkReleaseCiDocument, WithdrawReleaseReviewerDocument,
} from '../../graphql/generated/desk/graphql.ts';
import type { ReleaseMessageKey } from '../../lib/messages/release/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import { GO_LIVE_FIELDS, PLAN_FIELDS, type Release } from './release-view.ts';

export interface ActionWords {
  readonly t: Translate<ReleaseMessageKey>;
  readonly release: Release;
  readonly people: Options;
  /** Open changes of the customer. */
  readonly changes: Options;
}

/** What is written in planning, and what may be changed until the deployment. */
export function planActions({ t, release, people, changes }: ActionWords): readonly RecordAction[] {
  const longs = <Field extends string>(fields: readonly Field[], texts: Readonly<Record<Field, string | null>>, label: (field: Field) => string): readonly RecordField[] =>
    fields.map((name) => ({ name, label: label(name), kind: 'long', value: texts[name] ?? '' }));
  const reason: RecordField = { name: 'reason', label: t('field.reason'), kind: 'long', required: true };
  return [
    {
      name: 'editReleasePlan', label: t('action.editReleasePlan'), fields: longs(PLAN_FIELDS, release.plan, (field) => t(`plan.${field}`)),
      run: (send, base, values) => send(EditReleasePlanDocument, { ...base, ...Object.fromEntries(PLAN_FIELDS.map((field) => [field, values.text(field)])) }, (data) => data.editReleasePlan.userErrors),
    },
    {
      name: 'editGoLivePlan', label: t('action.editGoLivePlan'), fields: longs(GO_LIVE_FIELDS, release.goLivePlan, (field) => t(`goLive.${field}`)),
      run: (send, base, values) => send(EditGoLivePlanDocument, { ...base, ...Object.fromEntries(GO_LIVE_FIELDS.map((field) => [field, values.text(field)])) }, (data) => data.editGoLivePlan.userErrors),
    },
    {
      name: 'nameReleaseReviewer', label: t('action.nameReleaseReviewer'),
      fields: [{ name: 'personId', label: t('field.person'), kind: 'choice', required: true, options: people }, { name: 'department', label: t('field.department'), kind: 'text', required: true }],
      run: (send, base, values) => send(NameReleaseReviewerDocument, { ...base, personId: values.text('personId'), department: values.text('department') }, (data) => data.nameReleaseReviewer.userErrors),
    },
    {
      name: 'setReleasePackage', label: t('action.setReleasePackage'),
      fields: [
        { name: 'name', label: t('field.package'), kind: 'text', required: true, value: release.package?.name ?? '' }, { name: 'sha256', label: t('field.sha256'), kind: 'text', required: true, value: release.package?.sha256 ?? '' },
        { name: 'location', label: t('field.location'), kind: 'text', required: true, value: release.package?.location ?? '' },
      ],
      run: (send, base, values) => send(SetReleasePackageDocument, { ...base, name: values.text('name'), sha256: values.text('sha256'), location: values.text('location') }, (data) => data.setReleasePackage.userErrors),
    },
    {
      name: 'linkReleaseCi', label: t('action.linkReleaseCi'), fields: [{ name: 'ciId', label: t('field.ci'), kind: 'ci', required: true }],
      run: (send, base, values) => send(LinkReleaseCiDocument, { ...base, ciId: values.text('ciId') }, (data) => data.linkReleaseCi.userErrors),
    },
    {
      name: 'carryChange', label: t('action.carryChange'), fields: [{ name: 'changeId', label: t('field.change'), kind: 'choice', required: true, options: changes }],
      run: (send, base, values) => send(CarryChangeDocument, { ...base, changeId: values.text('changeId') }, (data) => data.carryChange.userErrors),
    },
    {
      name: 'scheduleRelease', label: t('action.scheduleRelease'),
      fields: [
        { name: 'windowStartAt', label: t('field.windowStart'), kind: 'instant', required: true, value: release.windowStartAt ?? '' }, { name: 'windowEndAt', label: t('field.windowEnd'), kind: 'instant', required: true, value: release.windowEndAt ?? '' },
        { name: 'overrideReason', label: t('field.override'), kind: 'long' },
      ],
      run: (send, base, values) => send(ScheduleReleaseDocument, { ...base, windowStartAt: values.instant('windowStartAt') ?? '', windowEndAt: values.instant('windowEndAt') ?? '', overrideReason: values.maybe('overrideReason') }, (data) => data.scheduleRelease.userErrors),
    },
    {
      name: 'editRelease', label: t('action.editRelease'), seldom: true,
      fields: [
        { name: 'title', label: t('field.title'), kind: 'text', required: true, value: release.title }, { name: 'version', label: t('field.version'), kind: 'text', required: true, value: release.releaseVersion },
        { name: 'plannedMonth', label: t('field.month'), kind: 'text', value: release.plannedMonth ?? '', hint: t('field.monthHint') }, { name: 'ownerId', label: t('field.owner'), kind: 'choice', options: people, value: release.owner?.id ?? '' },
      ],
      run: (send, base, values) => send(EditReleaseDocument, { ...base, title: values.text('title'), version: values.text('version'), plannedMonth: values.text('plannedMonth'), ownerId: values.maybe('ownerId') }, (data) => data.editRelease.userErrors),
    },
    {
      name: 'withdrawReleaseReviewer', label: t('action.withdrawReleaseReviewer'), seldom: true,
      fields: [{ name: 'personId', label: t('field.person'), kind: 'choice', required: true, options: release.reviews.map(({ personId, personName }) => [personId, personName]) }],
      run: (send, base, values) => send(WithdrawReleaseReviewerDocument, { ...base, personId: values.text('personId') }, (data) => data.withdrawReleaseReviewer.userErrors),
    },
    {
      name: 'unlinkReleaseCi', label: t('action.unlinkReleaseCi'), seldom: true, fields: [{ name: 'ciId', label: t('field.ci'), kind: 'choice', required: true, options: release.cis.map(({ id, name }) => [id, name]) }],
      run: (send, base, values) => send(UnlinkReleaseCiDocument, { ...base, ciId: values.text('ciId') }, (data) => data.unlinkReleaseCi.userErrors),
    },
    {
      name: 'dropChange', label: t('action.dropChange'), seldom: true,
      fields: [{ name: 'changeId', label: t('field.change'), kind: 'choice', required: true, options: release.changes.map(({ id, number }) => [id, number]) }, reason],
      run: (send, base, values) => send(DropChangeDocument, { ...base, changeId: values.text('changeId'), reason: values.text('reason') }, (data) => data.dropChange.userErrors),
    },
  ];
}
