import { ROLES } from '../access/access.rules.ts';
import { LEVELS, type Policies } from './service-level.rules.ts';

/** A word of the system with its labels. */
export interface LabelledWord {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
}

export type VocabularyName =
  | 'states' | 'levels' | 'categories' | 'technicalClasses' | 'channels' | 'suspensionReasons' | 'closureCodes' | 'causeClasses' | 'difficulties'
  | 'clockKinds' | 'clockStates' | 'clockOutcomes' | 'escalationSteps' | 'handoffStates' | 'workLogKinds' | 'linkKinds' | 'teamPurposes' | 'tiers' | 'roles';

export type VocabularyWords = Readonly<Record<VocabularyName, readonly LabelledWord[]>>;

const word = (key: string, zh: string, en: string): LabelledWord => ({ key, zh, en });

/** Words that the code knows; the others are policy and come from there. */
const FIXED = {
  states: [
    word('awaiting-assignment', '待分配', 'Awaiting assignment'), word('in-progress', '解决中', 'In progress'), word('suspended', '挂起', 'Suspended'),
    word('awaiting-feedback', '待反馈', 'Awaiting feedback'), word('closed', '已关闭', 'Closed'),
  ],
  clockKinds: [
    word('response', '首次响应', 'First response'), word('start-of-work', '着手解决', 'Start of work'), word('on-site', '到场', 'On site'),
    word('resolution', '解决', 'Resolution'), word('progress-report', '进展汇报', 'Progress report'), word('handoff', '交接接收', 'Acceptance of a handoff'),
    word('desk-dispatch', '派单', 'Dispatch'), word('desk-confirm', '确认执行', 'Confirming execution'), word('desk-redispatch', '联系用户并重新派单', 'Contacting the user and dispatching again'),
    word('desk-abnormal', '异常上报项目经理', 'Passing an abnormal event on'),
  ],
  clockStates: [word('running', '计时中', 'Running'), word('paused', '暂停', 'Paused'), word('stopped', '停止', 'Stopped')],
  clockOutcomes: [word('none', '未定', 'Open'), word('met', '达成', 'Met'), word('cancelled', '取消', 'Cancelled')],
  handoffStates: [word('waiting', '待接收', 'Waiting'), word('accepted', '已接收', 'Accepted'), word('rejected', '已退回', 'Rejected'), word('recalled', '已撤回', 'Recalled')],
  workLogKinds: [
    word('note', '记录', 'Note'), word('call', '电话', 'Call'), word('mail', '邮件', 'Mail'), word('visit', '上门', 'Visit'), word('arrival', '到场', 'Arrival'),
    word('progress-report', '进展汇报', 'Progress report'), word('first-contact', '首次联系', 'First contact'), word('customer-reply', '客户回复', "Customer's reply"),
    word('solution', '解决方案', 'Solution'), word('urge', '催办', 'Urge'), word('answer', '催办答复', 'Answer to an urge'),
  ],
  linkKinds: [
    word('recurrence-of', '复发自', 'Recurrence of'), word('duplicate-of', '重复于', 'Duplicate of'), word('child-of', '从属于', 'Child of'), word('related', '相关', 'Related'),
    word('problem-of', '问题调查', 'Problem of'), word('change-for', '变更来源', 'Change for'), word('carries', '发布包含', 'Carries'), word('caused-by', '由其引起', 'Caused by'),
  ],
  teamPurposes: [
    word('desk', '服务台', 'Service desk'), word('engineers', '工程师组', 'Engineers'), word('senior-engineers', '高级工程师组', 'Senior engineers'),
    word('technical-managers', '技术经理组', 'Technical managers'), word('duty', '7×24 值班组', '7×24 team'), word('other', '其他', 'Other'),
  ],
} as const;

/** Every enum-like word with its Chinese and English label: what the screens show comes from here. */
export function vocabularyOf(policies: Policies): VocabularyWords {
  const { intake, suspension } = policies;
  const labels = (terms: readonly LabelledWord[]): LabelledWord[] => terms.map(({ key, zh, en }) => word(key, zh, en));
  return {
    ...FIXED,
    levels: LEVELS.map((level) => word(level, policies['level-table'].levels[level].nameZh, policies['level-table'].levels[level].name)),
    categories: labels(intake.categories), technicalClasses: labels(intake.technicalClasses), channels: labels(intake.channels),
    causeClasses: labels(intake.causeClasses), difficulties: labels(intake.difficulties), closureCodes: labels(intake.closureCodes),
    suspensionReasons: labels(suspension.reasons),
    escalationSteps: stepsOf(policies),
    tiers: policies['tier-table'].tiers.map(({ key, nameZh, name }) => word(key, nameZh, name)),
    roles: labels(ROLES),
  };
}

/** Everything that a clock fires, as many ageing steps and warnings as policy has. */
function stepsOf(policies: Policies): LabelledWord[] {
  const { warnAt } = policies['level-table'];
  const ageing = Math.max(policies.handoff.ageingMinutes.length, policies.handoff.ageingUrgentMinutes.length);
  return [
    ...warnAt.map((percent) => word(`warning-${percent}`, `预警 ${percent}%`, `Warning ${percent} %`)),
    word('breach', '超时', 'Breach'), word('progress-missed', '进展汇报缺失', 'Progress report missed'),
    word('functional-1', '职能升级：建议二线', 'Functional: second line proposed'), word('functional-2', '职能升级：事件经理协调', 'Functional: incident manager coordinates'),
    word('escalation-1', '一次升级', 'Escalation 1'), word('escalation-2', '二次升级', 'Escalation 2'), word('manual', '人工升级', 'Raised by hand'),
    ...Array.from({ length: ageing }, (_, index) => word(`handoff-ageing-${index + 1}`, `交接等待提醒 ${index + 1}`, `Handoff reminder ${index + 1}`)),
  ];
}
