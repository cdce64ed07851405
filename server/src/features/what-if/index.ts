import type { FeatureManifest } from '../../kernel/feature.ts';
import { WhatIfResolver } from './what-if.resolver.ts';

export const whatIfFeature: FeatureManifest = { name: 'what-if', resolvers: [WhatIfResolver] };
