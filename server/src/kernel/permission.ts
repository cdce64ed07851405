/** Everything that is checked on the server, noun first. Roles are sets of these (features/access/access.rules.ts). */
export const PERMISSIONS = [
  'incident.read', 'incident.record', 'incident.work', 'incident.assign', 'incident.close', 'incident.lead',
  'incident.comment', 'incident.urge', 'incident.confirm',
  'handoff.act',
  'escalation.raise', 'escalation.acknowledge',
  'board.read',
  'customer.read', 'customer.edit',
  'agreement.read', 'agreement.edit',
  'policy.read', 'policy.edit',
  'calendar.read', 'calendar.edit',
  'team.read', 'team.edit', 'roster.edit',
  'person.read', 'person.edit',
  'token.edit',
  'cmdb.read', 'cmdb.edit',
  'audit.read', 'audit.redact',
  'import.run',
  'act.onBehalfOf',
] as const;

export type Permission = (typeof PERMISSIONS)[number];
