import type { FeatureManifest } from '../../kernel/feature.ts';
import { AuditResolver } from './audit.resolver.ts';

export const auditFeature: FeatureManifest = { name: 'audit', resolvers: [AuditResolver] };
