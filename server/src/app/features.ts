import 'reflect-metadata';
import type { FeatureManifest } from '../kernel/feature.ts';
import { accessFeature } from '../features/access/index.ts';
import { auditFeature } from '../features/audit/index.ts';
import { boardFeature } from '../features/board/index.ts';
import { calendarFeature } from '../features/calendar/index.ts';
import { cmdbFeature } from '../features/cmdb/index.ts';
import { customerFeature } from '../features/customer/index.ts';
import { importFeature } from '../features/import/index.ts';
import { incidentFeature } from '../features/incident/index.ts';
import { serviceLevelFeature } from '../features/service-level/index.ts';
import { changeFeature } from '../features/change/index.ts';
import { releaseFeature } from '../features/release/index.ts';
import { problemFeature } from '../features/problem/index.ts';
import { knowledgeFeature } from '../features/knowledge/index.ts';
import { vendorFeature } from '../features/vendor/index.ts';
import { whatIfFeature } from '../features/what-if/index.ts';
import { reviewFeature } from '../features/review/index.ts';
import { metricsFeature } from '../features/metrics/index.ts';
import { notificationFeature } from '../features/notification/index.ts';
import { portalFeature } from '../features/portal/index.ts';
import { screenFeature } from '../features/screen/index.ts';
import { shiftHandoverFeature } from '../features/shift-handover/index.ts';
import { teamFeature } from '../features/team/index.ts';
import { ticketFeature } from '../features/ticket/index.ts';

/** Every feature; the only place that knows them all. */
export const FEATURES: readonly FeatureManifest[] = [
  accessFeature, calendarFeature, teamFeature, serviceLevelFeature, customerFeature, cmdbFeature, knowledgeFeature, ticketFeature, changeFeature, problemFeature,
  incidentFeature, releaseFeature, vendorFeature, reviewFeature, boardFeature, importFeature, metricsFeature, auditFeature,
  notificationFeature, shiftHandoverFeature, whatIfFeature, portalFeature, screenFeature,
];
