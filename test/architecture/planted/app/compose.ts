export const composed = 'composed';
