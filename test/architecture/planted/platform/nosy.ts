import { decide } from '../features/ticket/ticket.rules.ts';
export const nosy = decide;
