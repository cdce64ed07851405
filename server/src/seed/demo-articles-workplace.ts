import { articlesOf, type DemoArticle } from './demo-article.ts';

/** Printers, Windows clients, Office and mail. */
export const WORKPLACE_ARTICLES: readonly DemoArticle[] = [
  ...articlesOf('other-printing', ['hardware', 'client'], {
    'printer-queue': ['打印任务卡在队列里不出纸', '文档发送后一直显示“正在打印”，打印机没有动作，后面的任务全部排队，删除任务也没有反应。', '后台打印服务的假脱机目录中残留损坏的任务文件，服务反复处理同一个任务。', '停止Print Spooler服务，清空C:\\Windows\\System32\\spool\\PRINTERS目录，再启动服务并重新发送任务。', '将大型图纸改为光栅化后打印，并统一使用厂商发布的驱动版本。'],
    'printer-offline': ['网络打印机显示脱机', '打印机电源正常、面板就绪，但电脑上显示“脱机”，无法打印。', '打印机重启后由DHCP得到了新的地址，电脑上的标准端口仍指向旧地址。', '在打印机面板查看当前IP，修改端口指向新地址；取消勾选“脱机使用打印机”。', '在DHCP中为打印机做地址保留，或设置静态地址并登记到CMDB。'],
    'printer-jam': ['激光打印机频繁卡纸', '每打印几页就卡纸，多在定影单元或搓纸轮处，面板报卡纸代码。', '搓纸轮磨损打滑，纸张受潮，定影膜上粘有碎纸。', '按面板提示取出残纸，清洁或更换搓纸轮；更换干燥纸张；检查定影膜是否破损。', '按打印量更换搓纸轮与定影组件，纸张开封后防潮存放。'],
    'printer-streaks': ['打印件有竖线和底灰', '打印出的页面有固定位置的黑色竖线，或整页发灰。', '硒鼓感光层划伤，或废粉仓已满造成漏粉。', '更换硒鼓组件，清理充电辊与废粉仓，打印清洁页确认。', '使用原装耗材，到达寿命提示时及时更换。'],
    'printer-garbled': ['打印内容全是乱码', '打印出来是成串符号或大量空白页，预览正常。', '驱动语言与打印机不匹配，例如用PCL6驱动驱动只支持PostScript的设备。', '删除驱动包后安装对应型号与语言的驱动，打印测试页。', '在打印服务器上统一发布驱动，禁止终端自行添加。'],
    'printer-driver-share': ['Shared printer fails with error 0x0000011b', 'Windows clients cannot install or use a printer that is shared by another PC; the wizard ends with 0x0000011b.', 'A security update raised the RPC authentication level of the print spooler, and the sharing host does not support it.', 'Update the host and the clients to the same patch level. As a workaround install the printer by TCP/IP port instead of the share.', 'Publish printers from a print server that is patched together with the clients.'],
    'label-printer': ['标签打印机条码扫不出来', '标签打印清晰但扫描枪无法识别条码，或只识别部分。', '打印浓度过高导致条宽扩大，且条码两侧静区不足。', '降低打印浓度与速度，校准标签间隙，模板两侧保留静区。', '更换标签材质或碳带后重新校准并抽检条码等级。'],
    'scanner-smb': ['复印机扫描到文件夹失败', '扫描到共享文件夹时面板提示“连接失败”或“登录错误”，发送邮件正常。', '文件服务器停用了SMB1，复印机固件只支持SMB1；或扫描账号的密码已过期。', '升级复印机固件启用SMB2；确认扫描专用账号密码不过期并具有写权限。', '为扫描建立专用服务账号，停用旧协议前先盘点外设。'],
    'scan-to-mail': ['Scan to e-mail stops after the mail provider turns off basic authentication', 'The copier reports a login error when it sends a scan by mail; nothing was changed on the device.', 'The mail provider no longer accepts basic SMTP authentication or TLS 1.0, which the old firmware uses.', 'Send through an internal SMTP relay that accepts the device by address, or update the firmware to one with TLS 1.2 and OAuth.', 'List every device that sends mail before a provider changes its authentication.'],
    'usb-ukey': ['U盾或加密狗插入后不识别', '财务软件提示未检测到加密狗，设备管理器出现黄色叹号。', 'USB口供电不足或驱动被系统更新替换。', '更换到主机后部USB口，重新安装加密狗驱动，远程场景用USB重定向。', '把加密狗接到带独立供电的集线器，更新系统前验证驱动。'],
  }),
  ...articlesOf('microsoft-windows', ['software', 'client', 'system-software'], {
    'win-bluescreen': ['电脑蓝屏 DRIVER_IRQL_NOT_LESS_OR_EQUAL', '使用中突然蓝屏重启，提示DRIVER_IRQL_NOT_LESS_OR_EQUAL，每天发生数次。', '无线网卡驱动与系统版本不兼容，分析转储文件指向网卡驱动。', '进入安全模式卸载网卡驱动，安装厂商最新驱动；用WinDbg分析minidump确认。', '驱动更新先在试点机验证再推送。'],
    'win-bsod-memory': ['Blue screen MEMORY_MANAGEMENT after a RAM upgrade', 'The PC stops with MEMORY_MANAGEMENT or PAGE_FAULT_IN_NONPAGED_AREA some minutes after start.', 'Modules of different speed were mixed, and one of them is defective.', 'Run the memory diagnostic with each module alone, remove the faulty one, and set the default memory profile in the BIOS.', 'Use matched kits and test new memory for a night before handing the PC out.'],
    'win-slow-boot': ['电脑开机很慢', '从按电源到可操作超过五分钟，登录后硬盘灯常亮。', '启动项过多，机械硬盘碎片严重，杀毒软件在开机时全盘扫描。', '禁用不必要的启动项，调整扫描计划，更换为固态硬盘。', '标准镜像控制启动项，终端逐步更换固态硬盘。'],
    'win-disk-full': ['C盘空间不足', '系统提示C盘空间不足，软件无法保存文件，更新失败。', '更新缓存、休眠文件与用户临时文件占满系统盘。', '运行磁盘清理并勾选系统文件，关闭休眠，迁移用户目录到数据盘。', '系统分区不小于规划容量，启用存储感知。'],
    'win-update-fail': ['Windows Update fails with 0x80070002', 'Updates download but do not install; the history shows 0x80070002 or 0x80073712.', 'Files of the update store are missing or damaged.', 'Stop wuauserv and bits, rename SoftwareDistribution and catroot2, run DISM /RestoreHealth and sfc /scannow, then search again.', 'Keep at least 20 GB free on the system disk and reboot clients every month.'],
    'win-profile-temp': ['登录后进入临时配置文件', '登录后桌面全空，提示“已使用临时配置文件登录”。', '注册表ProfileList中该用户的SID键带有.bak，原配置文件加载失败。', '备份后删除多余键，将.bak键改名还原，检查用户目录权限，重新登录。', '避免强制断电，漫游配置文件限制大小。'],
    'win-time': ['电脑时间总是不准', '域内电脑时间与服务器相差数分钟，导致登录失败、票据错误。', '主板电池没电，且时间服务未从域控同步。', '更换CMOS电池，执行w32tm /config /syncfromflags:domhier /update和w32tm /resync。', '由组策略下发时间源，PDC指向可靠的NTP源。'],
    'win-rdp-black': ['远程桌面连接后黑屏', '远程桌面能连上并通过认证，但只看到黑屏和鼠标。', '显卡驱动与远程会话冲突，或Explorer进程未启动。', '用Ctrl+Alt+End打开任务管理器启动explorer.exe，关闭持久位图缓存，更新显卡驱动。', '远程会话不用时注销而不是断开。'],
    'win-rdp-licence': ['Remote desktop refuses users: no licence server available', 'RDP to the session host ends with “no Remote Desktop License Servers available to provide a license”.', 'The grace period of 120 days is over, or the host points to a licence server that is gone.', 'Set the licence server and the licensing mode by policy, activate the server and install CALs, then restart the service.', 'Monitor free CALs and the age of the grace period.'],
    'win-credssp': ['远程桌面提示CredSSP加密Oracle修正', '连接远程桌面报“身份验证错误，这可能是由于CredSSP加密Oracle修正”。', '客户端已安装安全补丁而服务器没有，双方协商失败。', '为服务器安装同期补丁；临时在客户端组策略中放宽加密Oracle修正，完成后恢复。', '服务器与客户端补丁保持同一批次。'],
    'win-share-denied': ['访问共享文件夹提示拒绝访问', '域用户打开共享目录提示“你没有权限访问”，同事正常。', '用户刚加入权限组，登录令牌未刷新；或NTFS权限与共享权限取交集后不足。', '注销重新登录刷新令牌，检查有效访问，调整NTFS权限。', '按组授权，避免对个人直接授权。'],
    'win-mapped-drive': ['映射的网络驱动器断开', '开机后映射盘显示红叉，双击后又能打开。', '登录时网络尚未就绪，系统跳过了重新连接。', '启用“计算机启动和登录时总是等待网络”策略，或改用登录脚本映射。', '用DFS命名空间替代直接映射服务器名。'],
    'win-activation': ['Windows提示未激活', '桌面右下角出现激活水印以外的提示，个性化不可用，slmgr显示通知模式。', 'KMS主机不可达，DNS中缺少_vlmcs记录。', '检查1688端口连通，执行slmgr /skms指定主机后slmgr /ato。', '监控KMS服务与DNS记录。'],
    'win-no-sound': ['视频会议没有声音', '会议软件听不到对方声音，播放音乐正常。', '会议软件选用了已拔出的耳机作为扬声器。', '在会议软件的音频设置里选择系统默认设备，测试扬声器与麦克风。', '会议室电脑固定外设并张贴设置说明。'],
    'win-freeze': ['Desktop freezes when many browser tabs are open', 'The PC stops responding for a minute, the disk is at 100 %, and then goes on.', 'Memory is exhausted and the page file lies on a slow disk.', 'Close heavy tabs, turn on sleeping tabs, add memory to 16 GB, and move the page file to the SSD.', 'Size memory by role; monitor hard page faults.'],
  }),
  ...articlesOf('microsoft-office', ['software', 'client', 'application-software'], {
    'excel-readonly': ['Excel文件只能以只读方式打开', '打开共享目录中的表格提示“文件被锁定，以只读方式打开”，锁定的人已下班。', '另一台电脑的进程未退出，服务器上保留着打开句柄；或存在隐藏的~$锁文件。', '在文件服务器“计算机管理—打开的文件”中关闭句柄，删除~$开头的锁文件。', '多人编辑改用共同创作，设置会话超时。'],
    'excel-slow': ['Excel打开大表格卡死', '打开几十兆的表格无响应，公式计算很久。', '整列引用和易失函数太多，条件格式重复叠加。', '将计算改为手动，清理多余条件格式与空白行，把整列引用改为表格区域。', '数据超过十万行改用数据库或Power Query。'],
    'word-crash': ['Word crashes on start because of an add-in', 'Word closes as soon as it opens; in safe mode it works.', 'A COM add-in of a PDF program is not compatible with the Office build.', 'Start winword /safe, disable the add-in, update or remove it, run a quick repair.', 'Deploy add-ins centrally and test them with each Office channel.'],
    'office-activation': ['Office激活失败0x8007007B', '打开Office提示产品未激活，错误0x8007007B。', '批量许可版本找不到KMS主机。', '运行cscript ospp.vbs /sethst指定主机，再/act激活。', 'KMS与DNS纳入监控。'],
    'outlook-password': ['Outlook反复弹出密码框', '输入正确密码后Outlook继续弹出登录框，网页邮箱可以登录。', '凭据管理器里保存了旧密码，或自动发现指向了错误的地址。', '清除凭据管理器中相关凭据，新建配置文件，检查autodiscover记录。', '改密码后提醒用户更新所有设备。'],
    'outlook-ost': ['Outlook mailbox does not update, OST damaged', 'New mail shows in webmail but not in Outlook; the status bar says “trying to connect”.', 'The offline cache file is damaged or reached its size limit.', 'Close Outlook, rename the .ost file and let it build a new one; shorten the cached period.', 'Archive old mail and keep the cache below 20 GB.'],
  }),
  ...articlesOf('microsoft-exchange', ['software', 'server', 'application-software'], {
    'exchange-queue': ['外发邮件积压在队列', '内部邮件正常，发往外部的邮件长时间不到，队列查看器堆积。', '出口IP被列入黑名单，或DNS解析不到对方MX。', '检查队列的最后错误，修复DNS转发；申请从黑名单移除，启用智能主机发送。', '配置SPF、DKIM、DMARC，限制中继，监控队列长度。'],
    'exchange-backpressure': ['Exchange stops receiving mail with 452 4.3.1 insufficient system resources', 'Senders get a deferral 452 4.3.1; the queue database disk has little free space.', 'Back pressure: the disk with the mail queue passed its threshold.', 'Free space on the volume, move logs, run a full backup so that transaction logs are truncated, restart transport.', 'Alert at 20 % free space; back up every night.'],
    'exchange-cert': ['邮箱客户端提示证书错误', 'Outlook启动弹出安全警报，提示证书名称不符或已过期。', '邮件服务器的证书到期，新证书未绑定到IIS和SMTP服务。', '导入新证书并执行Enable-ExchangeCertificate -Services IIS,SMTP，重启IIS。', '提前三十天提醒证书到期，建立证书台账。'],
    'exchange-mailbox-full': ['邮箱已满无法收发', '用户收到“邮箱几乎已满”的提示，随后不能发送邮件，对方收到退信。', '邮箱达到禁止发送配额，已删除邮件未清空。', '清空已删除邮件，启用存档邮箱，必要时临时提高配额。', '设置自动归档策略，附件用网盘链接。'],
    'exchange-spam': ['大量垃圾邮件从内部账号发出', '监控到某账号短时间发出数千封邮件，收到很多退信。', '账号口令泄露，被用于群发垃圾邮件。', '禁用账号并重置密码，清空发送队列，检查收件箱规则与转发，核查登录日志。', '启用多因素认证，限制每小时发信量。'],
  }),
];
