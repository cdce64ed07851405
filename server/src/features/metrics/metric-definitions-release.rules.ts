import { term } from './metric-term.rules.ts';
import type { MetricDefinition } from './metric-figure.rules.ts';

const base = { section: 'releases', dimension: null } as const;

/** REL-07, D-45. */
export const RELEASE_METRICS: readonly MetricDefinition[] = [
  {
    ...base, key: 'release-count', shape: 'count', unit: 'records', name: term('发布数量', 'Releases deployed'),
    definition: term('本期部署的发布（以部署完成时刻计；部署中途回退的以部署开始时刻计）。', 'Releases deployed in the period, at the end of deployment; one rolled back during it, at its beginning.'),
  },
  {
    ...base, key: 'release-success', shape: 'rate', unit: 'percent', name: term('发布成功率', 'Release success rate'),
    definition: term(
      '本期关闭、已部署、验收与业务确认均有记录且未回退的发布 ÷ 本期内部署开始后关闭的全部发布。',
      'Releases closed in the period that were deployed, with acceptance and business confirmation recorded and not rolled back ÷ all closed in it after deployment began.',
    ),
  },
  {
    ...base, key: 'release-caused-incidents', shape: 'count', unit: 'records', name: term('发布引起的事件', 'Release-caused incidents'),
    definition: term('已由人确认的“发布引起事件”关联，计入该发布部署所在的期。', 'Links from an incident to the release that caused it, confirmed by a person, in the period in which that release was deployed.'),
  },
  {
    ...base, key: 'release-suggested-incidents', shape: 'count', unit: 'records', besideOf: 'release-caused-incidents', name: term('待确认的建议', 'Suggested, not yet decided'),
    definition: term('系统建议、尚未有人确认或否定的事件关联。', 'Incidents suggested as caused by a release deployed in the period that nobody has confirmed or rejected yet.'),
  },
  {
    ...base, key: 'release-caused-problems', shape: 'count', unit: 'records', name: term('发布引起的问题', 'Release-caused problems'),
    definition: term('已由人确认的“发布引起问题”关联，计入该发布部署所在的期。', 'Links from a problem to the release that caused it, confirmed by a person, in the period in which that release was deployed.'),
  },
  {
    ...base, key: 'release-first-incident', shape: 'duration', unit: 'minutes', name: term('部署至首个事件的时间', 'Deployment to first caused incident'),
    definition: term(
      '本期部署、且有已确认事件的发布：从部署到其首个事件发生（未知则报告）的时间，不小于零。',
      'Of the releases deployed in the period with a confirmed incident: time from deployment to the first of them occurring, or being reported where that is not known; never below zero.',
    ),
  },
  {
    ...base, key: 'release-feedback', shape: 'count', unit: 'records', name: term('升级反馈表', 'Upgrade feedback forms'),
    definition: term('本期收到的升级反馈表。', 'Upgrade feedback forms collected in the period.'),
  },
];
