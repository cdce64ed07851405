import { calendarOf } from '../calendar/calendar.service.ts';
export const signIn = calendarOf;
