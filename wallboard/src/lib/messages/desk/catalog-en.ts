import { noticesEnglish } from '../notices/en.ts';
import { queueEnglish } from '../queue/en.ts';
import type { DeskCatalog } from './catalog.ts';
import { deskEnglish } from './en.ts';

export const catalogEnglish: DeskCatalog = { desk: deskEnglish, queue: queueEnglish, notices: noticesEnglish };
