export const teamFeature = { name: 'team' };
