import 'reflect-metadata';
import type { FeatureManifest } from '../kernel/feature.ts';
import { boardFeature } from '../features/board/index.ts';
import { incidentFeature } from '../features/incident/index.ts';

/** Every feature; the only place that knows them all. */
export const FEATURES: readonly FeatureManifest[] = [boardFeature, incidentFeature];
