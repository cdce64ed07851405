import type { FeatureManifest } from '../../kernel/feature.ts';
import type { Database } from '../../platform/db/database.ts';
import { nodeKind } from '../../platform/graphql/node-kind.ts';
import { AgreementResolver } from './agreement.resolver.ts';
import { warnRenewals } from './customer-agreement.service.ts';
import { agreementsById, customersById, servicesById } from './customer.queries.ts';
import { CustomerRegisterResolver } from './customer-register.resolver.ts';
import { CustomerResolver, RoleGrantCustomerResolver, ServiceResolver, ViewerCustomerResolver } from './customer.resolver.ts';

export const customerFeature: FeatureManifest = {
  name: 'customer',
  resolvers: [CustomerResolver, CustomerRegisterResolver, ServiceResolver, AgreementResolver, ViewerCustomerResolver, RoleGrantCustomerResolver],
  chores: [{ name: 'renewals', everyMinutes: 60, run: (database) => warnRenewals(database as Database) }],
  nodes: [
    nodeKind('Customer', 'customer.read', customersById), nodeKind('Agreement', 'agreement.read', agreementsById), nodeKind('Service', 'agreement.read', servicesById),
  ],
};
