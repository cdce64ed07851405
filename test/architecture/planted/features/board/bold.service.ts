import { shy } from './shy.fixture.ts';
export const bold = shy;
