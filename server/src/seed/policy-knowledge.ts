import type { Policies } from '../features/service-level/service-level.rules.ts';

/** KNW-04, KNW-05; the period and the likeness are ours. */
export const KNOWLEDGE_POLICY: Policies['knowledge'] = {
  reviewMonths: 12,
  similarPercent: 50,
  watermarks: [
    '版权所有', '转载自', '转载请注明', '未经许可', '未经授权', '本文来自', '本文链接', '原文链接', '原文地址', '内部资料', '扫码关注', '公众号', '百度文库', '机密文件', '水印', '文章来源',
    'CSDN', 'All rights reserved', 'Copyright', 'Confidential', 'Do not distribute', 'Watermark', 'Powered by',
  ],
};
