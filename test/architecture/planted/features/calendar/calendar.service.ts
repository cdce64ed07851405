export const calendarOf = 'calendar';
