/** Texts of a screen on a wall; of `pair.…` both languages are shown at once. */
export const screenChinese = {
  'pair.title': '此屏幕尚未配对',
  'pair.revoked': '此屏幕的授权已被撤销',
  'pair.how': '请管理员打开 {address}，选择“配对屏幕”并输入以上代码',
  'pair.ends': '代码每 10 分钟更换一次，剩余 {time}',
  'wait.starting': '正在连接…',
  'wait.away': '无法连接服务器，正在重试',
  'wait.limited': '此地址请求代码过于频繁，一分钟后自动重试',
  'turn.place': '看板 {index}/{count}',
  'turn.next': '{seconds} 秒后切换',
  'turn.paused': '轮播已暂停',
  'turn.held': '新警情 · 轮播暂停',
  'keys': 'F 全屏 · 空格 暂停/继续 · ← → 切换看板 · I 视力检查',
  'check.title': '从最远的座位应能读清以下每一行',
  'check.size': '{diagonal}″ 屏幕 · 最远座位 {seat} 米',
  'check.row': '标题 {minutes}′ 核心交换机无响应',
  'check.secondary': '说明 {minutes}′ 网络组 · 等待厂商回复',
  'check.countdown': '倒计时 {minutes}′ 00:42:17',
} as const;

export type ScreenMessageKey = keyof typeof screenChinese;
