/** What a text that may mention people says, as ICU messages. English must have exactly these keys. */
export const mentionsChinese = {
  'hint': '输入 @ 可提及同事',
  'list': '提及的人',
  'count': '{count} 人，方向键选择，Enter 插入，Esc 关闭',
  'contact': '客户联系人',
} as const satisfies Readonly<Record<string, string>>;

export type MentionsMessageKey = keyof typeof mentionsChinese;
