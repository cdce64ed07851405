import { Field, Float, ID, InputType, Int, ObjectType, registerEnumType } from 'type-graphql';
import { PageInfo } from '../../platform/graphql/page.types.ts';
import { UserError } from '../../platform/graphql/payload.types.ts';
import { DateTime } from '../../platform/graphql/scalars.ts';
import { TicketKind } from '../ticket/ticket.types.ts';
import type { MetricSplit as Split } from './metric-counts.queries.ts';
import type { MetricSection as Section, MetricShape as Shape, MetricUnit as Unit } from './metric-figure.rules.ts';
import type { PeriodLength } from './metric-period.rules.ts';
import type { MetricSide as Side } from './metric-records.queries.ts';

export const MetricSection = { CHANGES: 'changes', RELEASES: 'releases', INCIDENTS: 'incidents', PROBLEMS: 'problems' } as const satisfies Record<string, Section>;
registerEnumType(MetricSection, { name: 'MetricSection', description: 'A page of figures.' });

export const MetricShape = { RATE: 'rate', COUNT: 'count', AMOUNT: 'amount', RATIO: 'ratio', DURATION: 'duration' } as const satisfies Record<string, Shape>;
registerEnumType(MetricShape, {
  name: 'MetricShape',
  description: 'RATE: records that hit ÷ all. COUNT: records. AMOUNT: a sum. RATIO: a sum ÷ another. DURATION: mean, median and 90th percentile.',
});

export const MetricUnit = { PERCENT: 'percent', RECORDS: 'records', MINUTES: 'minutes' } as const satisfies Record<string, Unit>;
registerEnumType(MetricUnit, { name: 'MetricUnit', description: 'What a value is counted in.' });

export const MetricSplit = { PART: 'part', CUSTOMER: 'customer', TEAM: 'team' } as const satisfies Record<string, Split>;
registerEnumType(MetricSplit, { name: 'MetricSplit', description: 'PART: by the dimension of the figure itself, e.g. category or level.' });

export const MetricSide = { ALL: 'all', HIT: 'hit', MISSED: 'missed' } as const satisfies Record<string, Side>;
registerEnumType(MetricSide, { name: 'MetricSide', description: 'HIT: what counts above the line of a rate. MISSED: what counts only below it.' });

export const MetricPeriodLength = { QUARTER: 'quarter', MONTH: 'month' } as const satisfies Record<string, PeriodLength>;
registerEnumType(MetricPeriodLength, { name: 'MetricPeriodLength', description: 'How long a period is.' });

@ObjectType({ description: 'A label in both languages.' })
export class MetricLabel {
  @Field(() => String, { description: '中文' }) zh!: string;
  @Field(() => String, { description: 'English.' }) en!: string;
}

@ObjectType({ description: 'A calendar quarter or month of the organisation (D-12), half-open.' })
export class MetricPeriodView {
  @Field(() => String, { description: '"2026-Q4" or "2026-11".' }) key!: string;
  @Field(() => DateTime, { description: 'Its first instant.' }) from!: number;
  @Field(() => DateTime, { description: 'The first instant after it.' }) to!: number;
}

@ObjectType({ description: 'What a figure is compared with.' })
export class MetricTargetView {
  @Field(() => Float, { nullable: true, description: 'The value must be greater than this; equal is not enough (D-11).' }) abovePercent!: number | null;
  @Field(() => Float, { nullable: true, description: 'Lower end of a band, included (MET-06).' }) fromPercent!: number | null;
  @Field(() => Float, { nullable: true, description: 'Upper end of a band, included.' }) toPercent!: number | null;
}

@ObjectType({ description: 'A figure in one period. An undefined one says so and is neither 0 nor 100 % (MET-03).' })
export class MetricValueView {
  @Field(() => String, { description: 'Key of the period.' }) period!: string;
  @Field(() => Float, { description: 'What stands above the line; of a count or a sum, itself.' }) numerator!: number;
  @Field(() => Float, { nullable: true, description: 'What it is divided by; null where nothing is divided.' }) denominator!: number | null;
  @Field(() => Float, { nullable: true, description: 'In the unit of the figure, to two places; null when there is nothing to divide by.' }) value!: number | null;
  @Field(() => String, { nullable: true, description: 'Why there is no value: NOTHING_TO_DIVIDE_BY.' }) reason!: string | null;
  @Field(() => Float, { nullable: true, description: 'Of a duration: half took longer, minutes.' }) median!: number | null;
  @Field(() => Float, { nullable: true, description: 'Of a duration: one in ten took longer, minutes.' }) p90!: number | null;
  @Field(() => MetricTargetView, { nullable: true, description: 'By the policy in force at the end of the period, or now.' }) target!: MetricTargetView | null;
  @Field(() => Boolean, { nullable: true, description: 'Whether the target is met, by the exact fraction; null without target or value.' }) met!: boolean | null;
}

@ObjectType({ description: 'A part of a figure: a category, a level, a customer …' })
export class MetricPartView {
  @Field(() => String, { nullable: true, description: 'Key of the part, e.g. "major" or a customer\'s id; null for everything together, or for what has none.' }) key!: string | null;
  @Field(() => MetricLabel, { description: 'What it is called.' }) label!: MetricLabel;
  @Field(() => Float, { nullable: true, description: 'Of a Pareto: its share of all in the newest period, percent.' }) sharePercent!: number | null;
  @Field(() => Float, { nullable: true, description: 'Of a Pareto: its share with all larger ones, percent.' }) cumulativePercent!: number | null;
  @Field(() => [MetricValueView], { description: 'One for each period, oldest first.' }) values!: readonly MetricValueView[];
}

@ObjectType({ description: 'A figure with its one definition (MET-03).' })
export class MetricFigureView {
  @Field(() => String, { description: 'Stable key, e.g. "change-success".' }) key!: string;
  @Field(() => MetricSection, { description: 'The page that it belongs to.' }) section!: Section;
  @Field(() => MetricLabel, { description: 'What it is called.' }) name!: MetricLabel;
  @Field(() => MetricLabel, { description: 'What it means and what counts.' }) definition!: MetricLabel;
  @Field(() => MetricShape, { description: 'How it is counted.' }) shape!: Shape;
  @Field(() => MetricUnit, { description: 'What its values are counted in.' }) unit!: Unit;
  @Field(() => String, { nullable: true, description: 'By what its parts divide it: category, level, severity, age, step, reason, ci, cause, customer, team; null: only as a whole.' }) dimension!: string | null;
  @Field(() => Boolean, { description: 'Parts come by size with their shares.' }) pareto!: boolean;
  @Field(() => Boolean, { description: 'How it stood at the end of the period, or stands now.' }) snapshot!: boolean;
  @Field(() => String, { nullable: true, description: 'Key of the figure that it is shown beside.' }) besideOf!: string | null;
  @Field(() => MetricPartView, { description: 'Everything together.' }) overall!: MetricPartView;
  @Field(() => [MetricPartView], { description: 'Its parts; of a Pareto or a split by customers or teams the 20 largest.' }) parts!: readonly MetricPartView[];
}

@ObjectType({ description: 'The figures of a page: what is shown, answered here and exported are the same.' })
export class Metrics {
  @Field(() => DateTime, { description: 'The instant at which it was counted.' }) asOf!: number;
  @Field(() => String, { description: 'The organisation\'s zone, in which periods begin (D-12).' }) timeZone!: string;
  @Field(() => MetricPeriodView, { description: 'The period asked for.' }) period!: MetricPeriodView;
  @Field(() => [MetricPeriodView], { description: 'It and the ones before it, oldest first.' }) periods!: readonly MetricPeriodView[];
  @Field(() => [MetricFigureView], { description: 'In the order of the page.' }) figures!: readonly MetricFigureView[];
}

@ObjectType({ description: 'A record behind a bar (MET-01).' })
export class MetricRecordView {
  @Field(() => ID, { description: 'Id of the work record.' }) id!: string;
  @Field(() => TicketKind, { description: 'Its kind.' }) kind!: (typeof TicketKind)[keyof typeof TicketKind];
  @Field(() => String, { description: 'Its number.' }) number!: string;
  @Field(() => String, { description: 'Its title.' }) title!: string;
  @Field(() => String, { description: 'Short name of its customer.' }) customerName!: string;
  @Field(() => String, { nullable: true, description: 'Name of the holding team.' }) teamName!: string | null;
  @Field(() => DateTime, { description: 'The instant by which it belongs to the period.' }) at!: number;
  @Field(() => Boolean, { description: 'Of a rate: whether it counts above the line.' }) hit!: boolean;
  @Field(() => Float, { description: 'Of a sum or duration: what it adds, minutes or pieces.' }) amount!: number;
  @Field(() => String, { description: 'Its place in this list; give it as "after" to go on behind it.' }) cursor!: string;
}

@ObjectType({ description: 'The records behind a bar: as many as the figure counts.' })
export class MetricRecords {
  @Field(() => [MetricRecordView], { description: 'Newest first. One record may count several times, e.g. by two escalations.' }) records!: readonly MetricRecordView[];
  @Field(() => PageInfo, { description: 'Whether there is more.' }) pageInfo!: PageInfo;
  @Field(() => Float, { description: 'How many there are in all: what the figure counts.' }) total!: number;
  @Field(() => Float, { description: 'What their amounts add up to.' }) amount!: number;
  @Field(() => Float, { description: 'Of these, how many count but are not yours to open.' }) hidden!: number;
}

@ObjectType({ description: 'A figure as a report froze it.' })
export class MetricFrozenValue {
  @Field(() => String, { description: 'Key of the figure.' }) figure!: string;
  @Field(() => MetricLabel, { description: 'What it was called.' }) name!: MetricLabel;
  @Field(() => MetricLabel, { description: 'What it meant.' }) definition!: MetricLabel;
  @Field(() => MetricUnit, { description: 'What it is counted in.' }) unit!: Unit;
  @Field(() => String, { nullable: true, description: 'Its part; null for everything together.' }) part!: string | null;
  @Field(() => MetricLabel, { description: 'What the part is called.' }) label!: MetricLabel;
  @Field(() => MetricValueView, { description: 'The value.' }) value!: MetricValueView;
}

export const MetricNoteKind = { CORRECTION: 'correction', DISPUTE: 'dispute', EXCLUSION: 'exclusion' } as const;
registerEnumType(MetricNoteKind, { name: 'MetricNoteKind', description: 'What is said of an issued report afterwards.' });

export const MetricReportState = { DRAFT: 'draft', ISSUED: 'issued' } as const;
registerEnumType(MetricReportState, { name: 'MetricReportState', description: 'DRAFT: on live figures. ISSUED: frozen.' });

@ObjectType({ description: 'Said of an issued report, beside it.' })
export class MetricReportNoteView {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => MetricNoteKind, { description: 'What it is.' }) kind!: 'correction' | 'dispute' | 'exclusion';
  @Field(() => String, { description: 'The text.' }) text!: string;
  @Field(() => DateTime, { description: 'When it was said.' }) recordedAt!: number;
  @Field(() => String, { description: 'By whom.' }) recordedBy!: string;
}

@ObjectType({ description: 'A monthly change report (CHG-19), as a list shows it.' })
export class ChangeReportLine {
  @Field(() => ID, { description: 'Id.' }) id!: string;
  @Field(() => String, { description: '"2026-11".' }) month!: string;
  @Field(() => MetricReportState, { description: 'Draft or issued.' }) state!: 'draft' | 'issued';
  @Field(() => DateTime, { description: 'When it was last written.' }) savedAt!: number;
  @Field(() => String, { description: 'By whom.' }) savedBy!: string;
  @Field(() => DateTime, { nullable: true, description: 'When it was issued.' }) issuedAt!: number | null;
  @Field(() => String, { nullable: true, description: 'By whom.' }) issuedBy!: string | null;
  @Field(() => Int, { description: 'Version, for expectedVersion.' }) version!: number;
}

@ObjectType({ description: 'A monthly change report: figures, analysis and actions (CHG-19).' })
export class ChangeReport extends ChangeReportLine {
  @Field(() => String, { description: 'The change manager\'s analysis.' }) analysis!: string;
  @Field(() => String, { description: 'What is to be done.' }) actions!: string;
  @Field(() => [MetricFrozenValue], { description: 'Frozen ones of an issued report; of a draft as they stand now.' }) figures!: MetricFrozenValue[];
  @Field(() => String, { nullable: true, description: 'SHA-256 of what was issued.' }) sha256!: string | null;
  @Field(() => Boolean, { description: 'Whether what is stored is still what was issued, by its digest.' }) unaltered!: boolean;
  @Field(() => [MetricReportNoteView], { description: 'Corrections, disputes and exclusions, oldest first.' }) notes!: readonly MetricReportNoteView[];
}

@InputType({ description: 'Analysis and actions of a month.' })
export class SaveChangeReportInput {
  @Field(() => String, { description: '"2026-11".' }) month!: string;
  @Field(() => String, { description: 'Analysis, at most 20,000 characters.' }) analysis!: string;
  @Field(() => String, { description: 'Actions, at most 20,000 characters.' }) actions!: string;
  @Field(() => Int, { nullable: true, description: 'The version it was based on; left out for the first save of a month.' }) expectedVersion?: number | null;
  @Field(() => String, { nullable: true, description: 'Same key and body: the first answer again (API-03).' }) idempotencyKey?: string | null;
}

@InputType({ description: 'Which draft to issue.' })
export class IssueChangeReportInput {
  @Field(() => String, { description: '"2026-11".' }) month!: string;
  @Field(() => Int, { description: 'The version it was based on.' }) expectedVersion!: number;
  @Field(() => String, { nullable: true, description: 'Same key and body: the first answer again (API-03).' }) idempotencyKey?: string | null;
}

@InputType({ description: 'What is said of an issued report.' })
export class NoteChangeReportInput {
  @Field(() => String, { description: '"2026-11".' }) month!: string;
  @Field(() => MetricNoteKind, { description: 'What it is.' }) kind!: 'correction' | 'dispute' | 'exclusion';
  @Field(() => String, { description: 'The text, at most 20,000 characters.' }) text!: string;
  @Field(() => String, { nullable: true, description: 'Same key and body: the first answer again (API-03).' }) idempotencyKey?: string | null;
}

@ObjectType({ description: 'The report, or why not.' })
export class ChangeReportPayload {
  @Field(() => ChangeReport, { nullable: true, description: 'The report as it is now.' }) report!: ChangeReport | null;
  @Field(() => [UserError], { description: 'Why it was refused; empty when it was done.' }) userErrors!: UserError[];
}
