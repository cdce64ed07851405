import { term } from './metric-term.rules.ts';
import type { MetricDefinition, MetricTarget } from './metric-figure.rules.ts';
import type { Policies } from '../service-level/service-level.rules.ts';

type Category = keyof Policies['change']['categories'];

const isCategory = (key: string, policies: Policies): key is Category => key in policies.change.categories;

/** Targets stand a category: all of them together have none. */
const categoryTarget = (field: 'responseRateAbovePercent' | 'successRateAbovePercent') => (policies: Policies, part: string | null): MetricTarget | null =>
  part !== null && isCategory(part, policies) ? { kind: 'above', percent: policies.change.categories[part][field] } : null;

const base = { section: 'changes', dimension: 'category' } as const;

/** CHG-14, MET-01. Their sums are kept (decisions/0009); which changes count stands in `change-facts.queries.ts`. */
export const CHANGE_METRICS: readonly MetricDefinition[] = [
  {
    ...base, key: 'change-response', shape: 'rate', unit: 'percent', target: categoryTarget('responseRateAbovePercent'), name: term('变更响应率', 'Change response rate'),
    definition: term(
      '按时受理或拒绝的变更 ÷ 本期内已判定响应的变更。每个变更只计一次：按时响应的计入响应时刻所在期，否则计入响应截止时刻所在期；截止前已取消的不计。',
      'Changes accepted or refused in time ÷ changes whose response was decided in the period. Each counts once: at its response if that was in time, else at its due instant; those cancelled before it was due are not counted.',
    ),
  },
  {
    ...base, key: 'change-undecided', shape: 'count', unit: 'records', snapshot: true, besideOf: 'change-response', name: term('待响应', 'Response undecided'),
    definition: term('期末（或现在）已提交、尚未响应也未到截止时刻的变更。', 'Changes submitted whose response is neither given nor past its due instant at the end of the period, or now.'),
  },
  {
    ...base, key: 'change-success', shape: 'rate', unit: 'percent', target: categoryTarget('successRateAbovePercent'), name: term('变更成功率', 'Change success rate'),
    definition: term(
      '本期关闭且结果为成功（含有遗留问题）的变更 ÷ 本期内实施开始后关闭的全部变更（成功、失败、回退、终止）。被拒绝和已取消的不计。',
      'Changes closed in the period as successful, with or without issues ÷ all closed in it after implementation began (successful, failed, rolled back, terminated). Refused and cancelled ones are not counted.',
    ),
  },
  {
    ...base, key: 'change-count', shape: 'count', unit: 'records', name: term('变更数量', 'Changes submitted'),
    definition: term('本期提交的变更；草稿不计。', 'Changes submitted in the period; drafts are not counted.'),
  },
  {
    ...base, key: 'change-emergency-share', dimension: null, shape: 'rate', unit: 'percent', name: term('紧急变更占比', 'Emergency share'),
    definition: term('本期提交的紧急变更 ÷ 本期提交的全部变更。', 'Emergency changes submitted in the period ÷ all changes submitted in it.'),
  },
  {
    ...base, key: 'change-in-plan', dimension: null, shape: 'rate', unit: 'percent', name: term('重大变更按计划完成率', 'Major changes in plan'),
    definition: term(
      '本期关闭的重大变更中，成功且实施开始与结束都在计划窗口内的 ÷ 本期内实施开始后关闭的全部重大变更。',
      'Major changes closed in the period that succeeded and began and ended inside their planned window ÷ all major changes closed in it after implementation began.',
    ),
  },
  {
    ...base, key: 'change-outage', shape: 'amount', unit: 'minutes', name: term('变更中断时间', 'Outage by changes'),
    definition: term('本期关闭的变更所记录的关键系统中断分钟数之和。', 'Minutes of outage of key systems recorded on the changes closed in the period.'),
  },
  {
    ...base, key: 'change-missed-result', shape: 'rate', unit: 'percent', name: term('未达预期的变更', 'Changes that missed the expected result'),
    definition: term(
      '评审为未达到预期结果的变更 ÷ 本期内实施开始后关闭、且评审已写明是否达到的变更。',
      'Changes whose review says that the expected result was not met ÷ changes closed in the period after implementation began whose review says whether it was.',
    ),
  },
  {
    ...base, key: 'change-caused-incident', shape: 'rate', unit: 'percent', name: term('引起事件的变更', 'Changes that caused incidents'),
    definition: term(
      '至少有一个事件被关联为由其引起的变更 ÷ 本期内实施开始后关闭的全部变更。',
      'Changes that at least one incident is linked to as caused by them ÷ all changes closed in the period after implementation began.',
    ),
  },
];
