import type { PolicyWord } from './policy-shape.rules.ts';

/** The service desk's own policies, in the form of policy-words-incident.rules.ts. */
export const DESK_POLICY_WORDS: readonly PolicyWord[] = [
  { policy: 'desk', path: '', spec: 'SLA-08, SLA-19', zh: '服务台', en: 'Service desk', meaningZh: '服务台自身的时限，超过属于OLA事实，不算SLA超时。', meaningEn: 'What the desk owes by itself; a miss is a fact of its operating level, never a breach.' },
  { policy: 'desk', path: 'dispatchMinutes', spec: 'SLA-08, D-46', zh: '派单时限', en: 'Dispatch within', unit: 'minutes', meaningZh: '自登记保存起。', meaningEn: 'From the saved intake.' },
  { policy: 'desk', path: 'confirmMinutes', spec: 'SLA-08, D-46', zh: '确认执行时限', en: 'Execution confirmed within', unit: 'minutes', meaningZh: '自派单起。', meaningEn: 'From the dispatch.' },
  { policy: 'desk', path: 'redispatchMinutes', spec: 'SLA-08, D-46', zh: '延误后重新派单时限', en: 'Dispatched again within', unit: 'minutes', meaningZh: '自得知上门延误或未到起，先联系用户。', meaningEn: 'From the notice of a delayed or missed visit; the user is contacted first.' },
  { policy: 'desk', path: 'abnormalMinutes', spec: 'SLA-08, D-46', zh: '异常上报时限', en: 'Abnormal event passed on within', unit: 'minutes', meaningZh: '自工程师告知起，上报项目经理。', meaningEn: 'From the engineer’s notice, to the project manager.' },
  { policy: 'desk', path: 'staffed', spec: 'D-46', zh: '服务台值守日历', en: 'Desk staffed in' },
  { policy: 'desk', path: 'staffedWithDutyTeam', spec: 'D-13, D-46', zh: '值班组代行时的日历', en: 'Staffed in, with a duty team', meaningZh: '7×24值班组在服务台下班后代行其职。', meaningEn: 'Where a 7×24 team acts as desk outside its hours.' },
  { policy: 'desk', path: 'callMinutes', spec: 'SLA-19', zh: '电话指导上限', en: 'Guidance by telephone at most', unit: 'minutes', meaningZh: '超过后提示派单。', meaningEn: 'Past it the desk is prompted to dispatch.' },
  { policy: 'templates', path: '', spec: 'INC-21', zh: '模板', en: 'Templates', meaningZh: '常见事件和常用答复。', meaningEn: 'Frequent incidents and answers.' },
  { policy: 'templates', path: 'incidents', spec: 'INC-21', zh: '事件模板', en: 'Incidents' },
  { policy: 'templates', path: 'incidents.*.title', spec: 'INC-21', zh: '标题', en: 'Title' },
  { policy: 'templates', path: 'incidents.*.description', spec: 'INC-21', zh: '描述', en: 'Description' },
  { policy: 'templates', path: 'incidents.*.category', spec: 'INC-21', zh: '事件分类', en: 'Category' },
  { policy: 'templates', path: 'incidents.*.technicalClass', spec: 'INC-21', zh: '技术分类', en: 'Technical class' },
  { policy: 'templates', path: 'incidents.*.symptom', spec: 'INC-21', zh: '现象', en: 'Symptom' },
  { policy: 'templates', path: 'answers', spec: 'INC-21', zh: '答复模板', en: 'Answers' },
  { policy: 'templates', path: 'answers.*.text', spec: 'INC-21', zh: '正文', en: 'Text', meaningZh: '{number}、{caller}、{customer} 代表该单的编号、来电人和客户。', meaningEn: '{number}, {caller} and {customer} stand for the record’s own.' },
  { policy: 'templates', path: 'answers.*.customerVisible', spec: 'INC-21', zh: '客户可见', en: 'Customer sees it' },
  { policy: 'forecast', path: '', spec: 'SLA-11, SLA-17', zh: '超时预测', en: 'Forecast of misses', meaningZh: '按已结束的同类时钟推算超时的可能性。', meaningEn: 'How likely a clock is missed, from like clocks that have ended.' },
  { policy: 'forecast', path: 'minimumSamples', spec: 'SLA-11', zh: '最少历史数', en: 'At least so many like clocks', meaningZh: '同类（团队、等级、分类）不足时扩大范围；仍不足则说明历史太少。', meaningEn: 'With fewer of the team, level and category a wider group is asked; with fewer of that too, there is too little history.' },
  { policy: 'forecast', path: 'historyDays', spec: 'SLA-11', zh: '历史范围', en: 'History reaches back', unit: 'days' },
  { policy: 'forecast', path: 'escalateAbovePercent', spec: 'SLA-17', zh: '可能性高于此值时提前升级', en: 'Escalates early above', unit: 'percent', meaningZh: '预计解决超时的可能性高于此值时，提前发出一次升级，到时不再重复。留空表示从不自动提前。', meaningEn: 'Past this likelihood of missing the resolution, escalation 1 is raised early, and not again at its threshold. Empty: never by itself.' },
  { policy: 'suspension', path: 'reasons.*.onCustomer', spec: 'WBD-12, D-47', zh: '等待客户', en: 'Waits for the customer', meaningZh: '客户页面上显示为“等您答复”。', meaningEn: 'Their pages show it as their turn.' },
];
