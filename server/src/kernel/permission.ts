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
  'token.edit', 'screen.edit',
  'cmdb.read', 'cmdb.edit', 'cmdb.control',
  'change.read', 'change.raise', 'change.raiseEmergency', 'change.own', 'change.implement', 'change.approve', 'change.steer', 'change.consent',
  'change.vote', 'change.confirm', 'change.comment', 'freeze.edit', 'freeze.override',
  'release.read', 'release.own', 'release.review', 'release.test', 'release.approve', 'release.confirm',
  'problem.read', 'problem.work', 'problem.manage',
  'knowledge.read', 'knowledge.write', 'knowledge.review', 'knowledge.manage',
  'vendor.edit', 'review.edit',
  'metrics.read', 'metrics.issue', 'report.read',
  'audit.read', 'audit.redact',
  'import.run',
  'act.onBehalfOf',
] as const;

export type Permission = (typeof PERMISSIONS)[number];
