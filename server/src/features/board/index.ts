import type { FeatureManifest } from '../../kernel/feature.ts';
import { BoardResolver } from './board.resolver.ts';
import { QueueResolver } from './queue.resolver.ts';

export const boardFeature: FeatureManifest = { name: 'board', resolvers: [BoardResolver, QueueResolver] };
