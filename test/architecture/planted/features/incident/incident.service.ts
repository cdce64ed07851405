import { list } from '../team/team.queries.ts';
export const close = list;
