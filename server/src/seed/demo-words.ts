/**
 * Titles of the demo. The real log is anonymised ("Category 55", "Symptom 491"), so its numbers choose from these fixed
 * tables what might have stood there: same numbers, same words. The titles are synthetic; times, states, teams' changes and
 * suspensions are the log's own.
 */
interface Topic {
  readonly zh: string;
  readonly en: string;
  readonly service: string;
  readonly technicalClass: string;
  readonly symptoms: readonly (readonly [string, string])[];
}

const topic = (zh: string, en: string, service: string, technicalClass: string, symptoms: Topic['symptoms']): Topic => ({ zh, en, service, technicalClass, symptoms });

const ACCESS = [['无法登录', 'cannot sign in'], ['密码过期需重置', 'password reset'], ['权限不足', 'access denied'], ['登录被锁定', 'locked out']] as const;
const SLOW = [['响应缓慢', 'is slow'], ['频繁超时', 'times out'], ['页面报错 500', 'error 500'], ['间歇性中断', 'drops now and then']] as const;
const LINK = [['链路中断', 'link down'], ['丢包严重', 'packet loss'], ['端口抖动', 'port flapping'], ['延迟过高', 'high latency']] as const;
const HOST = [['宕机', 'is down'], ['磁盘空间不足', 'disk nearly full'], ['CPU 持续满载', 'CPU at 100 %'], ['内存告警', 'memory alarm'], ['风扇故障', 'fan fault']] as const;
const DATA = [['主备同步延迟', 'replica lags'], ['表空间不足', 'tablespace nearly full'], ['死锁', 'deadlocks'], ['备份失败', 'backup failed'], ['慢查询', 'slow queries']] as const;

export const TOPICS: Readonly<Record<string, readonly Topic[]>> = {
  network: [
    topic('核心交换机', 'Core switch', 'network', 'network', LINK), topic('互联网出口', 'Internet line', 'internet', 'network', LINK),
    topic('无线网络', 'Wi-Fi', 'network', 'network', [...SLOW, ['无法获取地址', 'no address']]), topic('分支 VPN', 'Branch VPN', 'internet', 'network', LINK),
    topic('防火墙', 'Firewall', 'security', 'security', [['策略需调整', 'rule change needed'], ['会话数告警', 'session alarm'], ['双机切换', 'failed over']]),
  ],
  server: [
    topic('虚拟化主机', 'Hypervisor', 'servers', 'hardware', HOST), topic('文件服务器', 'File server', 'servers', 'hardware', HOST),
    topic('存储阵列', 'Storage array', 'servers', 'hardware', [['磁盘故障', 'disk fault'], ['控制器告警', 'controller alarm'], ['容量告警', 'capacity alarm']]),
    topic('域控制器', 'Domain controller', 'servers', 'software', [...ACCESS, ['复制失败', 'replication failed']]),
  ],
  application: [
    topic('门诊收费系统', 'Billing system', 'erp', 'software', [...SLOW, ...ACCESS]), topic('ERP', 'ERP', 'erp', 'software', [...SLOW, ...ACCESS]),
    topic('OA 审批', 'Workflow', 'mail', 'software', SLOW), topic('邮件系统', 'E-mail', 'mail', 'software', [...ACCESS, ['发送失败', 'sending fails'], ['邮箱已满', 'mailbox full']]),
    topic('移动应用', 'Mobile app', 'erp', 'software', SLOW),
  ],
  database: [topic('Oracle 生产库', 'Oracle production', 'database', 'software', DATA), topic('MySQL 集群', 'MySQL cluster', 'database', 'software', DATA), topic('数据仓库', 'Data warehouse', 'database', 'software', DATA)],
  desk: [
    topic('办公电脑', 'Desktop PC', 'workplace', 'hardware', [['无法开机', 'does not start'], ['蓝屏', 'blue screen'], ['运行缓慢', 'is slow'], ['显示器无信号', 'no picture']]),
    topic('打印机', 'Printer', 'workplace', 'hardware', [['卡纸', 'paper jam'], ['无法打印', 'does not print'], ['脱机', 'offline']]),
    topic('账号', 'Account', 'workplace', 'service-request', ACCESS), topic('办公软件', 'Office software', 'workplace', 'software', [['安装申请', 'to be installed'], ['激活失败', 'activation failed'], ['闪退', 'crashes']]),
    topic('IP 电话', 'IP phone', 'telephony', 'network', [['无拨号音', 'no dial tone'], ['分机迁移', 'move an extension'], ['通话有杂音', 'noise on the line']]),
  ],
};

/** Which kind of topic a team has; teams without one of their own get what a desk gets. */
const AREA_OF: Readonly<Record<string, string>> = { network: 'network', server: 'server', application: 'application', database: 'database', 'senior-engineers': 'server', 'technical-managers': 'network', vendor: 'server', duty: 'network' };

export interface DemoWords {
  readonly title: string;
  readonly service: string;
  readonly technicalClass: string;
}

export function demoWords(teamKey: string, numbers: { readonly category: number; readonly symptom: number }): DemoWords {
  const topics = TOPICS[AREA_OF[teamKey] ?? 'desk'] ?? [];
  const chosen = topics[numbers.category % topics.length];
  const symptom = chosen?.symptoms[numbers.symptom % chosen.symptoms.length];
  const title = `${spaced(chosen?.zh ?? '', symptom?.[0] ?? '')} · ${chosen?.en ?? ''}: ${symptom?.[1] ?? ''}`;
  return { title, service: chosen?.service ?? 'workplace', technicalClass: chosen?.technicalClass ?? 'other' };
}

/** Latin letters beside Chinese characters read better with a blank between. */
function spaced(before: string, after: string): string {
  return /[A-Za-z0-9]$/.test(before) || /^[A-Za-z0-9]/.test(after) ? `${before} ${after}` : `${before}${after}`;
}

/** Key, Chinese, English, team that supports it on the second line. */
export const DEMO_SERVICES: readonly (readonly [string, string, string, string])[] = [
  ['network', '园区网络', 'Campus network', 'network'], ['internet', '互联网接入', 'Internet access', 'network'], ['security', '网络安全', 'Network security', 'network'],
  ['servers', '服务器与虚拟化', 'Servers and virtualisation', 'server'], ['erp', '业务系统', 'Business applications', 'application'],
  ['mail', '邮件与协作', 'Mail and collaboration', 'application'], ['database', '数据库', 'Databases', 'database'],
  ['workplace', '桌面支持', 'Workplace support', 'senior-engineers'], ['telephony', '语音通信', 'Telephony', 'network'],
];
