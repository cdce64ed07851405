import { teamFeature } from '../team/index.ts';
import { composed } from '../../app/compose.ts';
// @ts-expect-error planted: leads nowhere
import { nothing } from './not-there.ts';
export const board = [teamFeature, composed, nothing];
