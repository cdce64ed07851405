import { Team } from '../team/team.types.ts';
export const show = Team;
