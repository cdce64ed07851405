import { articlesOf, type DemoArticle } from './demo-article.ts';

/** Windows servers, directory, virtualisation, storage, hardware, power. */
export const SERVER_ARTICLES: readonly DemoArticle[] = [
  ...articlesOf('microsoft-directory', ['software', 'server', 'system-software'], {
    'ad-lockout': ['域账号频繁被锁定', '用户改密码后账号每隔几分钟被锁定，事件4740。', '手机邮箱、映射盘或计划任务仍在用旧密码登录。', '在PDC上查4740事件得到来源计算机，清除该机缓存的凭据，更新手机与服务的密码。', '服务使用gMSA，锁定阈值设置合理，改密后提醒。'],
    'ad-replication': ['Domain controllers do not replicate, error 8606', 'repadmin shows error 8606 or 8614; objects differ between domain controllers.', 'A domain controller was off longer than the tombstone lifetime and holds lingering objects.', 'Remove lingering objects with repadmin /removelingeringobjects, or demote and rebuild the controller; clean the metadata.', 'Monitor replication daily; never bring back an old snapshot of a domain controller.'],
    'ad-trust': ['提示此工作站和主域间的信任关系失败', '登录域账号时提示“此工作站和主域间的信任关系失败”。', '计算机账号密码不同步，常见于还原快照后。', '本地管理员登录，执行Reset-ComputerMachinePassword或重新加域。', '还原虚拟机快照前评估计算机账号密码。'],
    'ad-gpo': ['组策略不生效', '新建的策略在部分电脑上不生效，gpresult看不到。', '电脑所在OU未链接，或安全筛选去掉了Authenticated Users的读取权限。', '检查链接与筛选，补充“域计算机”读取权限，gpupdate /force后查gpresult /h。', '策略变更走变更流程并在试点OU验证。'],
    'ad-dns': ['Clients cannot find the domain controller', 'Joining the domain or signing in fails: “An Active Directory Domain Controller could not be contacted”.', 'Clients use a public DNS server, which has no SRV records of the domain.', 'Point the clients to the internal DNS, register records with nltest /dsregdns, check _ldap._tcp.', 'Hand out only internal DNS servers by DHCP.'],
    'ad-kerberos-skew': ['登录报时钟差异过大', '应用单点登录失败，日志显示KRB_AP_ERR_SKEW。', '服务器与域控时间差超过五分钟，虚拟机从宿主机同步了错误时间。', '关闭虚拟机工具的时间同步，改为从域层次同步，并修正宿主机NTP。', '全网使用同一NTP层次，监控偏移。'],
  }),
  ...articlesOf('microsoft-windows-server', ['software', 'server', 'system-software'], {
    'winsrv-dhcp': ['DHCP地址池耗尽', '新设备获取不到IP，得到169.254开头的地址，老设备正常。', '租约时间太长，访客设备占满地址池。', '缩短租约，扩大作用域，清理无效租约，为访客划分独立网段。', '监控地址池使用率，超过八成告警。'],
    'winsrv-iis-503': ['IIS网站返回503', '网站打开显示Service Unavailable，应用程序池停止。', '应用程序池运行账号密码过期或连续崩溃触发快速失败保护。', '更新应用程序池标识的密码并启动；查看事件日志与WAS错误定位崩溃模块。', '使用托管账号，应用发布前做压力测试。'],
    'winsrv-cluster': ['Failover cluster loses quorum', 'The cluster service stops on all nodes: event 1177, quorum lost.', 'The file share witness was on a server that was rebooted together with one node.', 'Start the surviving node with /fq, restore the witness, move it to an independent server or cloud witness.', 'Never patch the witness and a node in the same window.'],
    'winsrv-disk-io': ['文件服务器访问缓慢', '上班高峰打开共享文件要等十几秒，磁盘队列很长。', '杀毒实时扫描与备份任务在高峰同时运行，磁盘IOPS到顶。', '备份改到夜间，设置扫描排除，将热点目录迁到固态卷。', '建立性能基线，任务错峰。'],
    'winsrv-backup-vss': ['Windows Server backup fails with VSS error 0x800423f4', 'The nightly backup ends with a writer error; vssadmin list writers shows “failed: non-retryable”.', 'Two backup products take shadow copies at the same time and the shadow storage is full.', 'Restart the failing writer’s service, enlarge shadow storage, keep only one product on the volume.', 'Test restores monthly; alert on failed writers.'],
  }),
  ...articlesOf('other-virtualisation', ['software', 'server', 'system-software'], {
    'vmware-snapshot': ['虚拟机快照过大导致存储写满', '虚拟机突然暂停，提示数据存储空间不足，快照文件数百GB。', '备份软件异常中断后遗留快照，增量文件持续增长。', '释放或扩展数据存储，逐台删除或整合快照，期间避免重启；整合慢时保持耐心。', '监控快照存在时间与大小，超过三天告警。'],
    'vmware-psod': ['ESXi purple screen after a NIC firmware mismatch', 'The host stops with a purple diagnostic screen naming the network driver; VMs restart on other hosts by HA.', 'Driver and firmware of the network card are not a supported pair.', 'Collect the dump, update firmware and driver to a pair on the compatibility list, return the host to the cluster.', 'Check the compatibility list before every ESXi upgrade.'],
    'vmware-vcenter-disk': ['vCenter服务起不来，日志分区写满', 'vCenter网页打不开或提示503，SSH登录后/storage/log使用率100%。', '日志轮转失败，日志分区写满使服务无法启动。', '清理旧日志与核心转储，扩容对应磁盘后运行autogrow脚本，重启全部服务。', '监控各分区使用率，修复日志轮转。'],
    'vmware-vcenter-cert': ['vCenter证书过期无法登录', '登录vCenter报证书错误或STS令牌失败。', 'STS签名证书到期。', '运行fixsts脚本重新签发STS证书，重启服务，随后检查其余证书。', '用checksts脚本定期检查并纳入证书台账。'],
    'vmware-ha': ['虚拟机被HA重启', '多台虚拟机同时重启，事件显示主机隔离。', '管理网络交换机重启，主机隔离响应设置为关闭虚拟机。', '核对隔离地址与响应策略，恢复网络后确认虚拟机状态。', '管理网冗余，配置多个隔离地址。'],
    'vmware-time': ['Guest clocks drift after vMotion', 'Applications complain of clock skew after virtual machines were moved between hosts.', 'The hosts had different time because NTP was stopped on one of them.', 'Start ntpd on the host and set it to start with the host; let guests use their own NTP and turn off tools sync.', 'Alarm on the NTP service of hosts.'],
    'vmware-apd': ['数据存储不可访问 APD', 'ESXi主机日志出现All Paths Down，虚拟机卡死。', '光纤交换机zone被误改，主机到存储的全部路径丢失。', '恢复zone配置，重新扫描存储，必要时重启管理代理；确认多路径全部恢复。', '变更zone前备份配置并双人复核。'],
    'vm-memory-balloon': ['虚拟机变慢，内存气球膨胀', '虚拟机CPU不高但响应很慢，主机内存使用率95%以上，出现交换。', '主机内存超分配，触发气球与交换。', '迁移部分虚拟机，设置关键虚拟机内存预留，增加主机内存。', '容量评审控制超分比例。'],
    'hyperv-merge': ['Hyper-V checkpoint does not merge', 'An .avhdx file keeps growing although the checkpoint was deleted.', 'The merge was interrupted, or the backup product still holds the chain.', 'Shut the VM down and wait for the merge; if it does not start, merge by hand with the disk wizard after a copy.', 'Alert on avhdx files older than two days.'],
  }),
  ...articlesOf('other-servers', ['hardware', 'server'], {
    'raid-degraded': ['服务器RAID阵列降级', '服务器面板黄灯，管理口告警“虚拟磁盘降级”，一块硬盘亮红灯。', '单块硬盘故障，RAID5处于降级状态。', '确认备份可用后热插拔更换同型号硬盘，观察重建进度，重建期间避免高负载。', '配置热备盘，监控预测性故障。'],
    'raid-foreign': ['RAID card shows foreign configuration after a disk move', 'After swapping backplane or disks the controller reports foreign disks and the volume is missing.', 'The disks carry the configuration of the former controller.', 'Import the foreign configuration in the controller setup; do not clear it. Check consistency afterwards.', 'Label slots before pulling disks.'],
    'server-overheat': ['服务器温度过高自动关机', '服务器夜间自动关机，日志显示进风温度超过阈值。', '机柜前门滤网堵塞，冷通道封闭板缺失造成热风回流。', '清洁滤网，补齐盲板，检查空调送风，恢复开机。', '部署温度探头并设置分级告警，季度巡检。'],
    'server-psu': ['服务器单电源告警', 'BMC告警“电源冗余丢失”，业务未中断。', '一个电源模块损坏或PDU一路跳闸。', '检查PDU回路，更换电源模块，确认冗余恢复。', '双路市电分接，巡检电源指示灯。'],
    'server-memory-ecc': ['Correctable ECC errors on one DIMM', 'The management controller logs many correctable memory errors for one slot; no outage yet.', 'The DIMM is wearing out.', 'Plan a window, replace the DIMM of the named slot, clear the log, run memory tests.', 'Alert on the rate of correctable errors, replace before they become uncorrectable.'],
    'server-ipmi': ['BMC管理口无法登录', '带外管理页面打不开，业务系统正常。', 'BMC进程挂死或地址冲突。', '用ipmitool mc reset cold重启BMC，检查管理口地址冲突并升级固件。', '带外网络独立规划，固件定期升级。'],
    'storage-lun-full': ['存储LUN写满，主机变为只读', '数据库突然报I/O错误，文件系统只读，存储告警精简池耗尽。', '精简配置超分，存储池空间用尽。', '扩容存储池或释放空间，恢复后重新挂载并检查文件系统。', '池使用率七成告警，控制超分比。'],
    'storage-multipath': ['One path of multipath storage is down', 'multipath -ll shows a failed path on every LUN; performance is halved, no data loss.', 'An SFP transceiver in the FC switch port has failed.', 'Replace the transceiver, clean the fibre, check error counters, run rescan-scsi-bus.', 'Monitor light levels and CRC errors of FC ports.'],
    'tape-library': ['磁带备份写入失败', '备份任务报介质错误，磁带机请求清洗。', '磁头脏污，磁带超过使用次数。', '插入清洗带清洁，更换旧磁带，重新运行备份并验证恢复。', '记录磁带使用次数，定期清洗。'],
    'nas-permission': ['NAS共享目录新建文件后别人看不到', '部门共享盘里某人新建的文件其他同事无法打开。', 'NFS与SMB混合访问时权限继承不一致。', '统一使用NTFS安全样式，重置继承权限，调整umask。', '同一目录避免混用两种协议。'],
  }),
  ...articlesOf('other-power', ['hardware', 'hardware'], {
    'ups-battery': ['UPS电池告警，后备时间不足', 'UPS面板提示电池需更换，放电测试仅坚持数分钟。', '蓄电池使用超过寿命，内阻增大。', '安排窗口更换整组电池，更换后做放电测试并校准后备时间。', '每半年放电测试，记录内阻，三到五年整组更换。'],
    'ups-bypass': ['UPS switched to bypass', 'The UPS shows bypass mode and an alarm; the load is without protection.', 'Overload: new equipment raised the load above the rating, or a fan failure overheated the inverter.', 'Move load to another circuit, replace the fan, reset, and transfer back to inverter in a window.', 'Keep load under 80 %; approve new equipment by capacity.'],
    'power-outage-order': ['市电停电后的关机与恢复顺序', '机房市电中断，UPS供电中，发电机未启动。', '市电故障，发电机启动电池亏电。', '按先应用、再数据库、后存储网络的顺序关机；来电后反向启动并逐项验证。', '每月发电机空载试车，关机脚本演练。'],
    'aircon-leak': ['精密空调漏水', '机房地板下漏水绳告警，空调下方有积水。', '冷凝水排水管堵塞，加湿罐溢水。', '关闭加湿，疏通排水管，清理积水，检查地板下线缆。', '季度清洗排水管与加湿罐，测试漏水绳。'],
    'pdu-trip': ['机柜PDU跳闸', '一列机柜部分设备断电，双电源设备仍在运行。', '新上架服务器同时启动，冲击电流超过空开额定值。', '拔下部分负载后合闸，错峰上电，重新分配两路负载。', '上架前核算功率，设置上电延时。'],
    'rack-temperature': ['Hot spot in a rack although the room is cool', 'Intake temperature of the upper servers is 8 degrees above the room.', 'Blanking panels are missing and cables block the exhaust.', 'Fit blanking panels, tidy cables, open a perforated tile in front of the rack.', 'Check airflow after each installation.'],
  }),
];
