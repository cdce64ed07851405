import 'reflect-metadata';
import type { FeatureManifest } from '../kernel/feature.ts';
import { boardFeature } from '../features/board/index.ts';

/** Every feature; the only place that knows them all. */
export const FEATURES: readonly FeatureManifest[] = [boardFeature];
