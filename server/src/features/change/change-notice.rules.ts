export const NOTICE_OCCASIONS = ['approved', 'scheduled', 'started', 'result', 'outage', 'called-off'] as const;
export type NoticeOccasion = (typeof NOTICE_OCCASIONS)[number];

export const NOTICE_AUDIENCES = ['service-desk', 'customer-contact', 'ci-owner'] as const;
export type NoticeAudience = (typeof NOTICE_AUDIENCES)[number];
