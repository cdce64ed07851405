import { row } from '../team/team.entity.ts';
export const resolve = row;
