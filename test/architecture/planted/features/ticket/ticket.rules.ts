import { database } from '../../platform/db/database.ts';
export const decide = database;
