import type { FeatureManifest } from '../../kernel/feature.ts';
import { TicketFollowResolver } from './ticket-follow.resolver.ts';

export const ticketFeature: FeatureManifest = { name: 'ticket', resolvers: [TicketFollowResolver] };
