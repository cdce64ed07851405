import { registerEnumType } from 'type-graphql';

export const ArticleStateWord = {
  DRAFT: 'draft', SUBMITTED: 'submitted', IN_REVIEW: 'in-review', PUBLISHED: 'published', DUE_FOR_REVIEW: 'due-for-review', RETIRED: 'retired', MERGED: 'merged',
} as const;
registerEnumType(ArticleStateWord, { name: 'ArticleState', description: 'Where an article stands (KNW-03): 草稿, 已提交, 审核中, 已发布, 待复审, 已停用, 已合并.' });

export const ArticleKindWord = { HARDWARE: 'hardware', SOFTWARE: 'software', OTHER: 'other' } as const;
registerEnumType(ArticleKindWord, { name: 'ArticleKind', description: '硬件 / 软件 / 其它, beside the category (D-51).' });

export const SystemTypeWord = { SYSTEM_SOFTWARE: 'system-software', APPLICATION_SOFTWARE: 'application-software', CONSULTING: 'consulting', OTHER: 'other' } as const;
registerEnumType(SystemTypeWord, { name: 'ArticleSystemType', description: '系统软件 / 应用软件 / 咨询 / 其他 (D-51).' });

export const FaultTypeWord = {
  HARDWARE: 'hardware', SOFTWARE: 'software', SERVER: 'server', DATABASE: 'database', CLIENT: 'client', NETWORK: 'network', SECURITY: 'security', CONFIGURATION: 'configuration', OTHER: 'other',
} as const;
registerEnumType(FaultTypeWord, { name: 'ArticleFaultType', description: 'Kind of fault that an article is about (KNW-09).' });

export const ArticleSourceWord = { PROBLEM: 'problem', OWN_EXPERIENCE: 'own-experience', PUBLIC_CASE: 'public-case' } as const;
registerEnumType(ArticleSourceWord, { name: 'ArticleSource', description: 'Where it comes from (KNW-03): 问题, 自身经验, 公开案例.' });

export const ArticleWorthWord = { GENERAL: 'general', REPRESENTATIVE: 'representative', SAVES_TIME: 'saves-time' } as const;
registerEnumType(ArticleWorthWord, { name: 'ArticleWorth', description: 'Why it is worth keeping (KNW-10): 普遍性, 代表性, 节省时间.' });

export const FeedbackVerdictWord = { HELPED: 'helped', DID_NOT_HELP: 'did-not-help', WRONG: 'wrong' } as const;
registerEnumType(FeedbackVerdictWord, { name: 'ArticleVerdict', description: "A reader's word (KNW-05): 有帮助, 没帮助, 有错误." });
