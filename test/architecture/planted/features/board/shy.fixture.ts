export const shy = 'shy';
