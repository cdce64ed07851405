/** A configuration status report as the server keeps it, as JSON: read with care, because it is frozen for years. */
export interface ReportContent {
  readonly month: string;
  readonly customerName: string | null;
  readonly figures: Readonly<Record<ReportFigure, number>>;
  readonly alterations: readonly { readonly at: string; readonly ciId: string; readonly ciName: string; readonly fields: readonly string[]; readonly authority: string; readonly authorisedBy: string | null; readonly actorName: string; readonly unauthorised: boolean }[];
  readonly baselines: readonly { readonly name: string; readonly replaces: string | null; readonly madeAt: string; readonly items: number; readonly moved: number }[];
  readonly unauthorised: readonly { readonly source: string; readonly reference: string; readonly ciName: string; readonly what: string; readonly since: string }[];
  readonly cutOff: boolean;
}

export const REPORT_FIGURES = ['items', 'added', 'altered', 'underChange', 'underException', 'unauthorised', 'baselines'] as const;
export type ReportFigure = (typeof REPORT_FIGURES)[number];

export function isReportContent(value: unknown): value is ReportContent {
  return typeof value === 'object' && value !== null && 'figures' in value && 'alterations' in value && 'baselines' in value && 'unauthorised' in value;
}
