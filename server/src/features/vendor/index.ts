import type { FeatureManifest } from '../../kernel/feature.ts';
import { VENDOR_CASE_CONSUMER } from './vendor-case.service.ts';
import { VendorResolver } from './vendor.resolver.ts';

export const vendorFeature: FeatureManifest = { name: 'vendor', resolvers: [VendorResolver], consumers: [VENDOR_CASE_CONSUMER] };
