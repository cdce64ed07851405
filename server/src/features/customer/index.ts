import type { FeatureManifest } from '../../kernel/feature.ts';
import { AgreementResolver } from './agreement.resolver.ts';
import { CustomerResolver, RoleGrantCustomerResolver, ServiceResolver, ViewerCustomerResolver } from './customer.resolver.ts';

export const customerFeature: FeatureManifest = {
  name: 'customer',
  resolvers: [CustomerResolver, ServiceResolver, AgreementResolver, ViewerCustomerResolver, RoleGrantCustomerResolver],
};
