import { close } from '../incident/incident.service.ts';
export const ticket = close;
