import type { Policies } from '../features/service-level/service-level.rules.ts';

const incident = (key: string, zh: string, en: string, rest: { title: string; description: string; technicalClass: string; symptom: string | null }) =>
  ({ key, zh, en, category: 'hotline', ...rest });
const answer = (key: string, zh: string, en: string, text: string, customerVisible = true) => ({ key, zh, en, text, customerVisible });

/** INC-21: what calls are mostly about, and what is mostly answered; in Chinese, as the desk talks to its callers. */
export const TEMPLATES_POLICY: Policies['templates'] = {
  incidents: [
    incident('mail-send', '邮件无法发送', 'Mail cannot be sent', { title: '邮件无法发送', description: '用户反映邮件无法发送。\n错误提示：\n影响人数：\n开始时间：', technicalClass: 'software', symptom: '邮件发送失败' }),
    incident('login-failed', '系统无法登录', 'Sign-in fails', { title: '系统无法登录', description: '系统名称：\n账号：\n错误提示：\n是否多人：', technicalClass: 'software', symptom: '无法登录' }),
    incident('network-down', '网络不通', 'Network is down', { title: '网络不通', description: '地点与楼层：\n影响人数：\n有线或无线：\n能否访问内网：', technicalClass: 'network', symptom: '网络中断' }),
    incident('network-slow', '网络缓慢', 'Network is slow', { title: '网络缓慢', description: '地点与楼层：\n涉及的系统：\n开始时间：', technicalClass: 'network', symptom: '网络缓慢' }),
    incident('printer', '打印机故障', 'Printer fault', { title: '打印机故障', description: '打印机型号与位置：\n故障现象：', technicalClass: 'hardware', symptom: '无法打印' }),
    incident('password', '密码重置', 'Password reset', { title: '密码重置', description: '系统名称：\n账号：\n已核实身份：', technicalClass: 'service-request', symptom: null }),
    incident('disk-full', '磁盘空间不足', 'Disk is nearly full', { title: '磁盘空间不足', description: '主机：\n分区与使用率：\n是否影响业务：', technicalClass: 'hardware', symptom: '磁盘空间告警' }),
  ],
  answers: [
    answer('received', '已受理', 'Received', '您好，您反映的问题已受理，编号 {number}，工程师会尽快与您联系。'),
    answer('working', '正在处理', 'Being worked on', '您好，工程师正在处理 {number}，有进展会及时告知您。'),
    answer('need-more', '请补充信息', 'More information needed', '您好，为处理 {number}，请提供：1. 错误截图；2. 发生时间；3. 是否只影响您一人。'),
    answer('visit', '安排上门', 'A visit is arranged', '您好，{number} 已安排工程师上门，到场前会电话联系您。'),
    answer('confirm', '请确认恢复', 'Please confirm', '您好，{number} 已处理完毕，请您确认是否恢复正常。如仍有问题请直接回复。'),
    answer('no-answer', '电话无人接听', 'Nobody answers the telephone', '致电 {caller} 无人接听，稍后再试。', false),
  ],
};
