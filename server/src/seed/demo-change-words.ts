/** What the demo's changes are about. Made up; none of it comes from the log. */
export interface DemoChangeTopic {
  readonly zh: string;
  readonly en: string;
  readonly type: 'system' | 'business' | 'management';
  readonly why: string;
  readonly expected: string;
  /** The business system that it touches. */
  readonly system: string;
  /** Planned interruption inside the window. */
  readonly outageMinutes: number;
}

const topic = (zh: string, en: string, rest: Omit<DemoChangeTopic, 'zh' | 'en' | 'type'> & { type?: DemoChangeTopic['type'] }): DemoChangeTopic => ({ zh, en, type: 'system', ...rest });

export const DEMO_CHANGE_TOPICS: readonly DemoChangeTopic[] = [
  topic('核心交换机固件升级', 'Core switch firmware', { why: '厂商公告存在内存泄漏，需升级固件', expected: '升级后运行稳定，告警消除', system: '园区网络', outageMinutes: 15 }),
  topic('防火墙策略收敛', 'Firewall policy clean-up', { why: '审计发现过期策略', expected: '仅保留业务所需策略', system: '网络安全', outageMinutes: 0 }),
  topic('虚拟化主机内存扩容', 'Hypervisor memory', { why: '集群内存使用率超过 85%', expected: '使用率降至 70% 以下', system: '服务器与虚拟化', outageMinutes: 0 }),
  topic('数据库表空间扩展', 'Database tablespace', { why: '表空间剩余不足一个月', expected: '预留一年增长空间', system: '数据库', outageMinutes: 0 }),
  topic('邮件网关证书更换', 'Mail gateway certificate', { why: '证书即将到期', expected: '新证书生效，客户端无告警', system: '邮件与协作', outageMinutes: 5 }),
  topic('备份策略调整', 'Backup schedule', { type: 'management', why: '备份窗口与业务高峰重叠', expected: '备份在业务低峰完成', system: '数据库', outageMinutes: 0 }),
  topic('互联网出口切换双线', 'Second Internet line', { why: '单线路故障影响全部业务', expected: '任一线路中断业务不受影响', system: '互联网接入', outageMinutes: 10 }),
  topic('存储控制器微码升级', 'Storage controller microcode', { why: '厂商建议升级以修复缓存缺陷', expected: '升级后双控冗余正常', system: '服务器与虚拟化', outageMinutes: 0 }),
  topic('业务系统参数优化', 'Application tuning', { type: 'business', why: '月末结算响应缓慢', expected: '结算时间缩短一半', system: '业务系统', outageMinutes: 8 }),
  topic('接入交换机更换', 'Access switch replacement', { why: '设备已过保修期', expected: '更换后端口全部恢复', system: '园区网络', outageMinutes: 25 }),
  topic('域控制器迁移', 'Domain controller move', { why: '旧主机性能不足', expected: '登录与组策略正常', system: '服务器与虚拟化', outageMinutes: 12 }),
  topic('UPS 电池更换', 'UPS batteries', { why: '巡检发现电池内阻超标', expected: '满载续航恢复至 30 分钟', system: '机房环境', outageMinutes: 0 }),
  topic('语音网关版本升级', 'Voice gateway release', { why: '通话杂音反复出现', expected: '升级后通话质量达标', system: '语音通信', outageMinutes: 10 }),
];
