import { articlesOf, type DemoArticle } from './demo-article.ts';

/** Network, security, cloud and what belongs to customers' own applications. */
export const NETWORK_ARTICLES: readonly DemoArticle[] = [
  ...articlesOf('other-network', ['hardware', 'network'], {
    'switch-loop': ['接入交换机环路导致全网断网', '整层网络时断时续，交换机所有端口灯同频快闪，CPU接近100%。', '会议室有人把两个墙口用网线接在一起，形成二层环路，广播风暴。', '逐个拔上联定位环路端口，拔除环线；确认生成树恢复。', '接入口启用BPDU防护与环路检测、风暴抑制。'],
    'switch-err-disable': ['Switch port is err-disabled', 'A phone or PC gets no network; the port shows err-disabled (psecure-violation).', 'Port security saw a second MAC address after a desk move.', 'Clear the sticky address, shutdown and no shutdown the port, record the new device.', 'Use 802.1X instead of sticky addresses.'],
    'switch-vlan': ['电脑获取到错误网段的地址', '换工位后电脑拿到访客网段地址，访问不了业务系统。', '墙口所在交换机端口的VLAN未调整。', '核对端口与VLAN对照表，修改端口VLAN，重新获取地址。', '搬迁走变更并同步更新端口表。'],
    'sfp-flap': ['光纤链路频繁闪断', '两楼间链路每小时断数次，端口日志up/down，CRC错误上涨。', '光模块收光功率过低，跳纤接头脏污。', '清洁接头，更换光模块或跳纤，测量光衰到正常范围。', '监控光功率，跳线加保护。'],
    'duplex-mismatch': ['专线速度只有几百K', '下载极慢，ping小包正常，接口有大量late collision。', '两端口速率双工一端自动一端强制，变成半双工。', '两端统一为自动或同样的强制全双工，清零计数后观察。', '开通验收检查双工与误码。'],
    'packet-loss-isp': ['Packet loss on the internet line at peak hours', 'Video calls break up; mtr shows loss beginning at the provider’s second hop.', 'The provider’s aggregation link is congested.', 'Send the mtr logs to the provider, move voice to the second line, raise a case with the evidence.', 'Continuous probes on both lines; contract with loss targets.'],
    'ospf-neighbor': ['OSPF neighbours stay in EXSTART', 'Two routers do not become full; they stay in EXSTART/EXCHANGE.', 'MTU differs on both sides of the link.', 'Set the same MTU on both interfaces; ip ospf mtu-ignore only as a stopgap.', 'Standard templates for routed links.'],
    'bgp-flap': ['BGP邻居反复中断', '与运营商的BGP会话每隔几分钟断开，路由抖动。', '防火墙会话老化或链路丢包使hold timer超时。', '检查链路误码，启用BFD，调整TCP 179放行与保活。', '双运营商接入，监控会话状态。'],
    'dns-internal': ['内网域名解析失败', '内部系统用域名打不开，用IP正常。', '主DNS服务器服务停止，客户端未切换到备DNS。', '启动DNS服务，检查转发与区域传送，清除客户端缓存ipconfig /flushdns。', '两台DNS互备并监控解析。'],
    'wifi-slow': ['会议室无线网很慢', '人多时WiFi卡顿、视频断续，信号满格。', '2.4G信道干扰严重，单AP接入人数过多。', '引导到5G频段，调整信道与功率，增加AP，限制单终端速率。', '按人数规划AP，季度做无线勘测。'],
    'wifi-auth': ['Wi-Fi login fails after the RADIUS certificate was changed', 'Phones and laptops cannot join the corporate SSID since the server certificate was replaced.', 'Clients trust only the old certificate.', 'Sign the new certificate by the same CA, or push the new trust to the clients by policy.', 'Announce and push trust before the change.'],
    'poe-budget': ['IP电话和摄像头随机重启', '部分话机、摄像头不定时重启。', '交换机PoE总功率不足，新增设备后超出预算。', '查看PoE功率预算，调整端口优先级或更换更大功率交换机。', '新增PoE设备前核算功率。'],
    'ip-conflict': ['IP地址冲突', '电脑提示IP地址冲突，网络时断时续。', '有人手工设置了与DHCP池重叠的静态地址。', '通过ARP与交换机MAC表定位设备，改为自动获取。', '启用IP源防护与DHCP snooping。'],
    'arp-spoof': ['网关ARP被欺骗上不了网', '同网段多台电脑间歇断网，网关MAC变化。', '一台感染木马的电脑发送ARP欺骗报文。', '在交换机查找该MAC端口并隔离，清除病毒，绑定网关ARP。', '启用动态ARP检测。'],
  }),
  ...articlesOf('security-firewall', ['software', 'network', 'system-software'], {
    'vpn-connect': ['VPN客户端连接不上', '在家用VPN提示“无法建立连接”，公司内正常。', '家庭路由器与公司内网使用同一网段，或运营商封堵IPsec的UDP 500/4500。', '改用SSL VPN模式，调整家庭网段，手机热点验证。', '同时提供SSL与IPsec两种接入。'],
    'vpn-slow': ['VPN is slow and file copies stall', 'Remote users reach sites but large copies stall; ping works.', 'MTU is too large inside the tunnel and fragments are dropped.', 'Set TCP MSS clamping to 1350 on the tunnel, lower the client MTU to 1400.', 'Include MTU tests when a tunnel is accepted.'],
    'vpn-mfa': ['VPN动态口令验证失败', '输入动态口令总提示错误，密码正确。', '手机时间不准，口令与服务器错位。', '打开手机自动对时，在令牌平台重新同步令牌。', '提示用户保持自动对时。'],
    'vpn-ipsec-site': ['Site-to-site IPsec tunnel drops every eight hours', 'The tunnel to the branch drops at regular intervals and comes back after a minute.', 'Phase 1 lifetimes differ on both peers.', 'Set the same lifetimes and DPD on both sides, enable rekey.', 'Keep a parameter sheet signed by both sides.'],
    'vpn-licence': ['VPN提示用户数已达上限', '高峰时段VPN登录提示超过最大在线用户数。', '并发许可不足，断线会话未释放。', '清理僵死会话，缩短空闲超时，临时扩容许可。', '监控在线数，提前采购。'],
    'fw-session-full': ['防火墙会话数满', '上网时好时坏，新连接失败，老连接正常，防火墙会话表接近上限。', '内网主机中毒大量外联，或半开连接攻击。', '按源IP统计会话，隔离异常主机，启用连接数限制与SYN防护。', '会话使用率告警。'],
    'fw-rule-order': ['防火墙新增策略不生效', '放通策略已添加但访问仍被阻断。', '策略排在更宽的拒绝策略之后。', '调整策略顺序，查命中计数，用策略模拟验证。', '策略变更双人复核，定期清理。'],
    'fw-ha-switch': ['Firewall failover drops all sessions', 'After a failover users must log in to every application again.', 'Session synchronisation between the cluster members was not enabled on the HA link.', 'Enable session pickup, use a dedicated HA link, test in a window.', 'Failover test each half-year.'],
    'nat-hairpin': ['内网用公网域名访问不了自己的网站', '外网访问正常，内网用公网域名打不开。', '没有配置NAT回流，内网请求被丢弃。', '配置内网回流NAT或在内部DNS解析为内网地址。', '发布业务时同时规划内部解析。'],
  }),
  ...articlesOf('security-malware', ['software', 'security', 'system-software'], {
    'ransomware': ['服务器文件被勒索病毒加密', '共享目录文件后缀全部被改，出现勒索信。', '弱口令的远程桌面被爆破，横向传播。', '立即断网隔离，保留现场与日志，用离线备份恢复；清除后门并重置全部口令。', '关闭公网RDP，离线备份，终端防护与补丁。'],
    'mining': ['服务器CPU占满疑似挖矿', 'CPU长期100%，有陌生进程连接外部矿池。', 'Redis未设密码暴露在公网，被植入挖矿程序。', '断开外联，清除计划任务与authorized_keys中的陌生项，重装系统更稳妥；关闭公网暴露。', '最小暴露面，主机入侵检测。'],
    'phishing': ['员工点击钓鱼邮件', '员工在仿冒登录页输入了账号密码。', '钓鱼邮件伪装成邮箱扩容通知。', '立即改密并踢出会话，检查转发规则与登录记录，全员通报，封禁域名。', '钓鱼演练，启用多因素认证。'],
    'av-false-positive': ['Antivirus quarantines a business application', 'The ERP client disappears from desktops after a signature update.', 'False positive of the new signature.', 'Restore from quarantine, add an exclusion by hash, report it to the vendor.', 'Roll signatures out to a pilot group first.'],
    'usb-virus': ['U盘文件夹变成快捷方式', '插入U盘后文件夹都成了快捷方式，真实文件被隐藏。', 'U盘蠕虫病毒。', '用杀毒软件清除，attrib -h -s恢复隐藏文件。', '禁用自动播放，管控移动介质。'],
  }),
  ...articlesOf('security-accounts', ['other', 'security', 'consulting'], {
    'password-reset': ['用户忘记登录密码', '用户忘记域密码，无法登录电脑和邮箱。', '长时间未登录或刚休假回来。', '核实身份后在自助平台或活动目录重置，要求首次登录更改。', '推广自助重置，登记手机号。'],
    'leaver-access': ['Access of a leaver was not removed', 'An audit finds accounts of people who left still active in VPN and ERP.', 'There is no link between the HR process and the accounts of the applications.', 'Disable the accounts, check their log-ins since leaving, close open sessions and tokens.', 'Leavers’ list daily from HR; quarterly review of rights.'],
    'sudo-denied': ['普通用户没有sudo权限', '运维人员执行sudo提示不在sudoers文件中。', '账号未加入运维组。', '走权限申请，加入对应组或在sudoers.d下发最小命令集。', '按角色授权并定期复核。'],
    'bruteforce': ['Brute-force attempts on SSH', 'Thousands of failed log-ins per hour from many addresses.', 'Port 22 is open to the internet.', 'Allow SSH only by VPN or bastion, block with fail2ban, keys only.', 'Attack surface scan each month.'],
  }),
  ...articlesOf('security-certificates', ['software', 'security', 'system-software'], {
    'cert-chain': ['手机访问提示证书不受信任，电脑正常', '电脑浏览器正常，手机与接口调用报证书链不完整。', '服务器只部署了站点证书，缺少中间证书。', '合并中间证书到证书文件后重载，用openssl s_client检查。', '部署模板包含完整链。'],
    'tls-old': ['Old clients cannot connect after TLS 1.0 was disabled', 'Scanners and an old ERP client fail with handshake errors.', 'They support TLS 1.0 only.', 'Update the clients, or let them through a proxy of their own until they are replaced.', 'Measure protocol versions in the logs before turning them off.'],
    'root-ca-expired': ['根证书过期导致接口调用失败', '合作方接口突然报证书验证失败，旧系统受影响。', '系统信任库中的根证书过期且未更新。', '更新ca-certificates与Java信任库cacerts，重启应用。', '信任库随补丁更新。'],
  }),
  ...articlesOf('security-patches', ['software', 'security', 'system-software'], {
    'log4j': ['Log4j远程代码执行漏洞处置', '扫描报告Log4Shell漏洞，涉及多个Java应用。', 'log4j-core 2.x低版本支持JNDI查找。', '升级到2.17以上，临时删除JndiLookup类，WAF拦截特征，排查入侵痕迹。', '建立组件清单SBOM。'],
    'patch-reboot-loop': ['Server reboots in a loop after patches', 'After monthly updates the server restarts again and again at “Getting Windows ready”.', 'Two pending updates exclude each other.', 'Boot the recovery environment, DISM /RevertPendingActions, install one by one.', 'Patch a pilot ring first, take a snapshot before.'],
    'weak-cipher': ['漏洞扫描报弱加密套件', '等保扫描报SSL弱算法RC4、3DES。', '中间件默认启用了旧套件。', '修改SSL协议与套件配置，仅保留TLS1.2以上，复扫。', '中间件基线统一。'],
  }),
  ...articlesOf('cloud-compute', ['software', 'server', 'system-software'], {
    'ecs-unreachable': ['云服务器远程连接不上', '云主机控制台显示运行中，但SSH和远程桌面都连不上。', '安全组未放行端口，或系统内防火墙阻断。', '检查安全组入方向与路由，通过控制台VNC登录查看防火墙与服务。', '安全组模板化，变更留痕。'],
    'ecs-cpu-credit': ['Burstable cloud server suddenly slow', 'The instance is slow every afternoon with CPU at 20 %.', 'CPU credits of the burstable type are used up.', 'Change to a standard type or turn on unlimited mode.', 'Do not use burstable types for steady load.'],
    'ecs-disk-expand': ['云盘扩容后系统容量没变', '控制台已扩容到500G，系统内仍显示旧容量。', '未扩展分区与文件系统。', '快照后用growpart扩分区，resize2fs或xfs_growfs扩文件系统。', '扩容步骤纳入操作手册。'],
    'ecs-overdue': ['云主机因欠费停机', '多台云主机同时停止，控制台提示欠费。', '账户余额不足，自动续费未开。', '充值后启动实例，核对业务恢复顺序。', '余额预警，开启自动续费。'],
  }),
  ...articlesOf('cloud-storage', ['software', 'server', 'application-software'], {
    'oss-403': ['对象存储访问返回403', '网页图片无法显示，直接访问返回403 AccessDenied。', '存储桶改为私有，且签名链接已过期，或防盗链拦截。', '使用签名URL或CDN鉴权，核对Referer白名单与RAM策略。', '权限变更先评估前端引用。'],
    'oss-cost': ['Object storage bill doubled', 'The monthly bill of the bucket doubled without more users.', 'Old versions and unfinished multipart uploads are kept for ever.', 'Set lifecycle rules for old versions and incomplete uploads, move logs to archive class.', 'Budget alerts per bucket.'],
    'backup-cloud-slow': ['Backups to the cloud do not finish overnight', 'The nightly upload runs into the working day and slows the line.', 'Full backups every night over a 50 Mbit/s line.', 'Incremental for ever with weekly synthetic full, limit bandwidth by day, seed by disk.', 'Plan the backup window with growth.'],
  }),
  ...articlesOf('cloud-network', ['software', 'network', 'system-software'], {
    'slb-health': ['负载均衡后端健康检查失败', '负载均衡显示全部后端异常，网站无法访问，直接访问后端正常。', '健康检查路径返回302，或安全组未放行检测网段。', '改为返回200的检查路径，放行检测源网段。', '发布前验证健康检查。'],
    'vpc-peering': ['Two VPCs cannot reach each other after peering', 'Peering is active but hosts do not answer.', 'Routes were added on one side only, or the address ranges overlap.', 'Add routes on both sides, open security groups; renumber if ranges overlap.', 'Address plan for all clouds and sites.'],
    'cdn-cache': ['网站更新后用户看到旧页面', '发布新版本后部分用户仍看到旧内容。', 'CDN缓存未刷新，静态文件名无版本号。', '刷新CDN目录，静态资源加哈希，HTML设置no-cache。', '发布流程包含CDN刷新。'],
    'eip-bandwidth': ['公网带宽跑满', '网站打开很慢，出方向带宽持续100%。', '有人下载大文件或被爬虫抓取。', '按源IP限速，静态资源迁CDN，临时升级带宽。', '带宽告警，爬虫防护。'],
  }),
  ...articlesOf('cloud-database', ['software', 'database', 'system-software'], {
    'rds-readonly': ['云数据库变为只读', 'RDS实例磁盘满被锁定为只读，应用写入失败。', '日志与数据增长超过规格。', '扩容磁盘自动解锁，清理binlog与无用表。', '磁盘八成告警，自动扩容。'],
    'rds-whitelist': ['Application server cannot connect to the cloud database', 'Connections time out from a new application server; the old one works.', 'The address of the new server is not on the whitelist.', 'Add its private address or security group to the whitelist; use the private endpoint.', 'Whitelists by security group instead of addresses.'],
  }),
  ...articlesOf('customer-applications', ['software', 'software', 'application-software'], {
    'his-print': ['门诊系统处方打印空白', '门诊医生站打印处方时出空白页，其他单据正常。', '处方模板引用的控件未在新电脑注册。', '用管理员运行控件注册脚本，重新设置默认打印机。', '标准镜像包含控件。'],
    'mes-scan': ['生产线扫码枪数据不上传', '扫码后MES无记录，扫码枪提示成功。', '采集服务的串口服务器断线，数据缓存在本地。', '重启串口服务器，确认端口映射，补传缓存数据。', '采集链路心跳监控。'],
    'erp-month-close': ['ERP月结时库存模块卡死', '月结期间库存过账无响应。', '多人同时过账造成锁等待，统计信息过期。', '暂停其他过账，结束阻塞会话，更新统计信息后重跑。', '月结期间限制并发，前一晚更新统计。'],
    'oa-login-sso': ['OA single sign-on loops back to the login page', 'After entering the password the browser returns to the login page again and again.', 'The clock of the OA server is off and the SAML assertion counts as expired.', 'Correct the time by NTP, clear cookies, check the audience and the reply address.', 'Time monitoring for SSO members.'],
  }),
  ...articlesOf('customer-environment', ['hardware', 'network'], {
    'cctv-storage': ['监控录像只能回放三天', '录像机硬盘正常但只保留三天，要求三十天。', '摄像头码率被调高，硬盘容量不足。', '降低码率或改H.265，扩充硬盘，核算保存天数。', '新增摄像头时重新计算容量。'],
    'door-access': ['门禁刷卡无反应', '门禁控制器离线，刷卡不开门。', '控制器与服务器间网络中断，或控制器电源适配器损坏。', '检查控制器电源与网络，恢复后同步名单；应急用机械钥匙。', '控制器接UPS，监控在线状态。'],
  }),
  ...articlesOf('other-other', ['other', 'other', 'consulting'], {
    'meeting-room': ['会议室投屏没有画面', '笔记本接HDMI后投影无信号。', '输入源选择错误或转接头损坏。', '切换投影输入源，Win+P选择复制，更换转接头。', '会议室常备转接头并每周检查。'],
    'phone-noise': ['IP phone has one-way audio', 'The caller is heard but the other side hears nothing.', 'SIP ALG on the router rewrites the addresses of the media stream.', 'Turn SIP ALG off, open the RTP range, check NAT settings of the phone.', 'Voice VLAN and tested router models.'],
    'software-request': ['申请安装软件的流程', '用户需要安装授权软件，终端没有管理员权限。', '终端统一管控，用户无安装权限。', '在服务目录提交软件申请，审批后由软件中心推送安装。', '维护可选软件清单。'],
  }),
];
