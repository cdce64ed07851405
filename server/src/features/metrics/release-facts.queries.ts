import { minutes, type Facts } from './metric-fact.rules.ts';

const RELEASES = 'release r join ticket t on t.id = r.ticket_id';
/** A deployment that was rolled back before it was through is dated at its beginning. */
const DEPLOYED = 'coalesce(r.deployed_at, case when r.rolled_back_at is not null then r.deployment_started_at end)';
const CAUSED = 'release_cause rc join release r on r.ticket_id = rc.release_id join ticket t on t.id = rc.ticket_id';
const FIRST = `(select min(coalesce(i.occurred_at, i.reported_at)) from release_cause rc join incident i on i.ticket_id = rc.ticket_id
  where rc.release_id = r.ticket_id and rc.state = 'confirmed')`;

/** REL-07, D-45. What a release caused is the incident's or problem's record, in the period of the deployment. */
export const RELEASE_FACTS: Facts = {
  'release-count': { from: RELEASES, at: DEPLOYED },
  'release-success': {
    from: RELEASES, at: 't.closed_at', where: 'r.deployment_started_at is not null',
    hit: 'r.deployed_at is not null and r.accepted_at is not null and r.business_confirmed_at is not null and r.rolled_back_at is null',
  },
  'release-caused-incidents': { from: CAUSED, at: DEPLOYED, where: `rc.state = 'confirmed' and t.kind = 'incident'`, item: 'rc.id' },
  'release-suggested-incidents': { from: CAUSED, at: DEPLOYED, where: `rc.state = 'suggested' and t.kind = 'incident'`, item: 'rc.id' },
  'release-caused-problems': { from: CAUSED, at: DEPLOYED, where: `rc.state = 'confirmed' and t.kind = 'problem'`, item: 'rc.id' },
  'release-first-incident': { from: RELEASES, at: DEPLOYED, where: `${FIRST} is not null`, amount: `greatest(0, ${minutes(DEPLOYED, FIRST)})` },
  'release-feedback': { from: 'upgrade_feedback u join ticket t on t.id = u.release_id', at: 'u.recorded_at', item: 'u.id' },
};
