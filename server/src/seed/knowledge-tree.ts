import { plantKnowledge } from '../features/knowledge/knowledge-plant.service.ts';
import { SYSTEM } from '../kernel/actor.ts';
import type { Database } from '../platform/db/database.ts';

type Names = readonly [key: string, zh: string, en: string];

/** KNW-01, as an installation starts; D-51: what matches nothing is 其他. */
const TREE: readonly (readonly [upper: Names, lower: readonly Names[]])[] = [
  [['security', '安全', 'Security'], [
    ['security-malware', '病毒与勒索', 'Malware'], ['security-accounts', '账号与权限', 'Accounts and rights'], ['security-firewall', '防火墙与VPN', 'Firewall and VPN'],
    ['security-certificates', '证书与加密', 'Certificates'], ['security-patches', '漏洞与补丁', 'Vulnerabilities and patches'],
  ]],
  [['open-source', '开源产品', 'Open-source products'], [
    ['open-source-linux', 'Linux', 'Linux'], ['open-source-mysql', 'MySQL', 'MySQL'], ['open-source-postgresql', 'PostgreSQL', 'PostgreSQL'], ['open-source-redis', 'Redis', 'Redis'],
    ['open-source-web', 'Nginx与Tomcat', 'Nginx and Tomcat'], ['open-source-containers', '容器', 'Containers'], ['open-source-monitoring', '监控', 'Monitoring'],
  ]],
  [['microsoft', '微软产品', 'Microsoft products'], [
    ['microsoft-windows', 'Windows', 'Windows'], ['microsoft-windows-server', 'Windows Server', 'Windows Server'], ['microsoft-directory', '活动目录', 'Active Directory'],
    ['microsoft-office', 'Office', 'Office'], ['microsoft-exchange', 'Exchange', 'Exchange'], ['microsoft-sql-server', 'SQL Server', 'SQL Server'],
  ]],
  [['cloud', '云产品', 'Cloud products'], [
    ['cloud-compute', '云主机', 'Cloud servers'], ['cloud-storage', '对象存储', 'Object storage'], ['cloud-network', '云网络', 'Cloud networking'], ['cloud-database', '云数据库', 'Cloud databases'],
  ]],
  [['customer', '客户专属', 'Customer-specific'], [['customer-applications', '客户应用', 'Customer applications'], ['customer-environment', '客户环境', 'Customer environment']]],
  [['other', '其他', 'Other'], [
    ['other-network', '网络设备', 'Network devices'], ['other-servers', '服务器与存储', 'Servers and storage'], ['other-virtualisation', '虚拟化', 'Virtualisation'], ['other-oracle', 'Oracle', 'Oracle'],
    ['other-printing', '打印与外设', 'Printers and peripherals'], ['other-power', '机房与动力', 'Power and environment'], ['other-other', '其他', 'Other'],
  ]],
];

/** KNW-06: what people call the same thing. */
const SYNONYMS: readonly (readonly string[])[] = [
  ['蓝屏', 'blue screen', 'BSOD'], ['死机', '卡死', '无响应', 'hang', 'freeze', 'not responding'], ['连不上', '无法连接', '连接失败', '不能连接', 'cannot connect', 'connection failed', 'unable to connect'],
  ['打不开', '无法打开', '不能打开', 'cannot open', 'fails to open'], ['启动失败', '无法启动', '起不来', '启动不了', '不能启动', 'fails to start', 'does not start', 'will not start', 'cannot start'],
  ['变慢', '很慢', '慢', '卡顿', '缓慢', 'slow', 'slowness'], ['打印机', 'printer'], ['卡纸', 'paper jam', 'jam'], ['数据库', 'database'], ['防火墙', 'firewall'], ['交换机', 'switch'], ['路由器', 'router'],
  ['证书', 'certificate', 'cert'], ['过期', '到期', '失效', 'expired', 'expire', 'expiry'], ['密码', '口令', 'password'], ['锁定', '被锁', 'locked', 'lockout', 'locked out'], ['磁盘', '硬盘', 'disk', 'hard drive'],
  ['空间不足', '磁盘满', '满了', '写满', '爆满', 'full', 'no space left', 'out of space'], ['内存', 'memory', 'RAM'], ['溢出', 'OOM', 'out of memory', '内存不足'], ['邮件', '邮箱', 'mail', 'email', 'mailbox'], ['备份', 'backup'],
  ['虚拟机', 'virtual machine', 'VM'], ['快照', 'snapshot'], ['复制', '同步', 'replication'], ['主从', 'master slave', 'replica', '从库'], ['死锁', 'deadlock'], ['监听', 'listener'], ['表空间', 'tablespace'],
  ['无线', 'wifi', 'wi-fi', 'wireless', 'WLAN'], ['断电', '停电', 'power failure', 'power outage', '掉电'], ['电池', 'battery'], ['勒索', 'ransomware'], ['病毒', '木马', 'virus', 'malware'], ['域控', 'domain controller'],
  ['时间同步', '对时', 'NTP', 'time sync', 'clock skew'], ['权限', '拒绝访问', 'permission', 'access denied', 'denied'], ['丢包', 'packet loss'], ['端口', 'port'], ['重启', 'restart', 'reboot'], ['容器', 'container', 'pod'],
  ['对象存储', 'object storage', 'OSS', 'S3', '存储桶', 'bucket'], ['云主机', '云服务器', 'ECS', 'EC2', 'cloud server', 'instance'], ['负载均衡', 'load balancer', 'SLB', 'ELB'], ['远程桌面', 'RDP', 'remote desktop', 'mstsc'],
  ['扫描', 'scan', 'scanner'], ['驱动', 'driver'], ['补丁', '更新', 'update', 'patch', 'KB'], ['温度', '过热', '高温', 'temperature', 'overheating'], ['阵列', 'RAID'], ['光纤', '光模块', 'SFP', 'fibre', 'transceiver'],
];

/** What an installation starts with; left alone once there is any of it. */
export async function seedKnowledge(database: Database): Promise<void> {
  await plantKnowledge(database, SYSTEM('seed'), { tree: TREE, synonyms: SYNONYMS });
}
