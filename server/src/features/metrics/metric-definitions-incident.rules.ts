import { term, type Term } from './metric-term.rules.ts';
import type { MetricDefinition } from './metric-figure.rules.ts';
import type { Policies } from '../service-level/service-level.rules.ts';

const base = { section: 'incidents', dimension: 'level' } as const;
const time = (key: string, name: Term, definition: Term): MetricDefinition => ({ ...base, key, name, definition, shape: 'duration', unit: 'minutes' });

const LEFT_OUT_ZH = '误报、重复等不计入达成率的关闭代码除外。';
const LEFT_OUT = 'Those closed with a code that is left out of attainment (false alarm, duplicate …) are not counted.';

const firstLineBand = ({ metrics }: Policies) => ({ kind: 'within' as const, fromPercent: metrics.firstLineResolution.fromPercent, toPercent: metrics.firstLineResolution.toPercent });

/** MET-02, MET-06, D-39, D-41. */
export const INCIDENT_METRICS: readonly MetricDefinition[] = [
  { ...base, key: 'incident-count', shape: 'count', unit: 'records', name: term('事件数量', 'Incidents'), definition: term('本期报告的事件。', 'Incidents reported in the period.') },
  { ...base, key: 'incident-closed', shape: 'count', unit: 'records', name: term('关闭事件', 'Incidents closed'), definition: term('本期关闭的事件。', 'Incidents closed in the period.') },
  {
    ...base, key: 'incident-response', shape: 'rate', unit: 'percent', name: term('响应达成率', 'Response attainment'),
    definition: term(
      `按时首次响应的事件 ÷ 本期内已判定响应的事件（按时的计入响应时刻，超时的计入截止时刻）。${LEFT_OUT_ZH}`,
      `Incidents whose first response was in time ÷ incidents whose response was decided in the period: in time at the response, else at the due instant. ${LEFT_OUT}`,
    ),
  },
  {
    ...base, key: 'incident-resolution', shape: 'rate', unit: 'percent', name: term('解决达成率', 'Resolution attainment'),
    definition: term(
      `按时解决的事件 ÷ 本期内已判定解决的事件：关闭后计入解决时刻，超时计入截止时刻；待客户确认的尚未判定。${LEFT_OUT_ZH}`,
      `Incidents resolved in time ÷ incidents whose resolution was decided in the period: once closed, at the resolution; late, at the due instant. One that waits for the customer's word is not decided yet. ${LEFT_OUT}`,
    ),
  },
  {
    ...base, key: 'incident-first-line', dimension: null, shape: 'rate', unit: 'percent', target: firstLineBand, name: term('一线解决率', 'First-line resolution'),
    definition: term(
      `从未离开一线团队即关闭的事件 ÷ 本期关闭的全部事件。${LEFT_OUT_ZH}目标是一个区间。`,
      `Incidents closed in the period that no team but first line ever held ÷ all closed in it. ${LEFT_OUT} The target is a band.`,
    ),
  },
  {
    ...base, key: 'incident-satisfaction', shape: 'rate', unit: 'percent', name: term('客户满意度', 'Satisfaction'),
    definition: term('评价为 4 或 5 分 ÷ 本期收到的全部评价（D-39）；未评价的另列，不计入。', 'Answers of 4 or 5 ÷ all answers given in the period (D-39); those not rated are shown beside and not counted.'),
  },
  {
    ...base, key: 'incident-unrated', dimension: null, shape: 'count', unit: 'records', besideOf: 'incident-satisfaction', name: term('未评价', 'Not rated'),
    definition: term('本期关闭而客户尚未评价的事件。', 'Incidents closed in the period that the customer has not rated.'),
  },
  {
    ...base, key: 'incident-backlog', dimension: 'age', shape: 'count', unit: 'records', snapshot: true, name: term('积压账龄', 'Backlog by age'),
    definition: term('期末（或现在）未关闭的事件，按报告以来的天数。', 'Incidents not closed at the end of the period, or now, by days since they were reported.'),
  },
  time('incident-mtta', term('平均响应时间（MTTA）', 'MTTA'), term('本期首次响应的事件：从报告到首次响应，自然时间。', 'Of the incidents first answered in the period: from the report to the first response, wall time.')),
  time('incident-mtta-business', term('平均响应时间（服务时间）', 'MTTA in service hours'), term('同上，只计服务时间，不含挂起。', 'The same in the service hours of its response clock, suspension left out.')),
  time('incident-mttr', term('平均解决时间（MTTR，含挂起）', 'MTTR with pending'), term('本期解决（至今有效）的事件：从报告到解决，自然时间。', 'Of the incidents resolved in the period: from the report to the resolution, wall time.')),
  time('incident-mttr-net', term('平均解决时间（不含挂起）', 'MTTR without pending'), term('同上，减去挂起的自然时间。', 'The same less the wall time of its suspensions.')),
  time('incident-mttr-business', term('平均解决时间（服务时间）', 'MTTR in service hours'), term('同上，只计解决时钟的服务时间，不含挂起。', 'The same in the service hours of its resolution clock, suspension left out.')),
  {
    ...base, key: 'incident-reassigned', shape: 'rate', unit: 'percent', name: term('转派率', 'Reassigned'),
    definition: term('至少转给过一次其他团队的事件 ÷ 本期关闭的全部事件。', 'Incidents handed to another team at least once ÷ all incidents closed in the period.'),
  },
  {
    ...base, key: 'incident-handoffs', shape: 'amount', unit: 'records', name: term('交接次数', 'Handoffs'),
    definition: term('本期关闭的事件一生中的团队交接次数之和。', 'Handoffs between teams in the life of the incidents closed in the period.'),
  },
  {
    ...base, key: 'incident-pending-share', dimension: null, shape: 'ratio', unit: 'percent', name: term('挂起占比', 'Pending share'),
    definition: term('挂起时间 ÷ 从报告到关闭的时间，就本期关闭的事件合计，自然时间（分钟）。', 'Time suspended ÷ time from report to closing, summed over the incidents closed in the period, wall minutes.'),
  },
  {
    ...base, key: 'incident-pending', dimension: 'reason', shape: 'amount', unit: 'minutes', pareto: true, name: term('挂起时间（按原因）', 'Pending time by reason'),
    definition: term('本期关闭的事件的挂起时间，自然时间，按挂起原因。', 'Time suspended of the incidents closed in the period, wall time, by reason.'),
  },
  {
    ...base, key: 'incident-recurred', shape: 'rate', unit: 'percent', name: term('复发新开率', 'Reopened as new'),
    definition: term('登记为“复发自”另一事件的事件 ÷ 本期报告的全部事件。', 'Incidents recorded as the recurrence of another ÷ all incidents reported in the period.'),
  },
  {
    ...base, key: 'incident-escalations', dimension: 'step', shape: 'count', unit: 'records', name: term('升级次数', 'Escalations'),
    definition: term('本期触发或人工发起的升级。', 'Escalations that fired or were raised by hand in the period.'),
  },
  {
    ...base, key: 'incident-cis', dimension: 'ci', shape: 'count', unit: 'records', pareto: true, name: term('事件最多的配置项', 'Top CIs'),
    definition: term('本期报告的事件所涉及的配置项，每个事件每个配置项计一次。', 'CIs that incidents reported in the period concern, once for each incident and CI.'),
  },
  {
    ...base, key: 'incident-causes', dimension: 'cause', shape: 'count', unit: 'records', pareto: true, name: term('原因分布（帕累托）', 'Causes (Pareto)'),
    definition: term('本期关闭且写明原因分类的事件。', 'Incidents closed in the period whose cause class is written down.'),
  },
];
