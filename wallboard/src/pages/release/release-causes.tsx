import { Link } from '../../app/router.tsx';
import { recordPath } from '../../components/linked-records.tsx';
import type { RecordAction } from '../../components/record-actions/record-action.ts';
import { When } from '../../components/when.tsx';
import { DecideReleaseCauseDocument } from '../../graphql/generated/desk/graphql.ts';
import { InlineAction } from './inline-action.tsx';
import type { Release } from './release-view.ts';
import { useReleaseWords } from './release-words.ts';

/** REL-06: incidents and problems that the release is suspected or known to have caused; a person decides on each. */
export function ReleaseCauses({ release, reload }: { readonly release: Release; readonly reload: () => Promise<unknown> }) {
  const t = useReleaseWords();
  const decide = (causeId: string, confirm: boolean): RecordAction => ({
    name: 'decideReleaseCause', label: t(confirm ? 'cause.confirm' : 'cause.reject'), fields: [{ name: 'reason', label: t('field.reason'), kind: 'long', required: !confirm }],
    run: (send, base, values) => send(DecideReleaseCauseDocument, { ...base, causeId, confirm, reason: values.maybe('reason') }, (data) => data.decideReleaseCause.userErrors),
  });
  if (release.deploymentStartedAt === null) return null;
  return (
    <section className="card">
      <h2>{t('section.causes')}<small>{release.causes.length}</small></h2>
      {release.causes.length === 0 ? <p className="quiet">{t('cause.none')}</p> : null}
      <ul className="entries">
        {release.causes.map((cause) => (
          <li key={cause.id} data-open={cause.state === 'SUGGESTED'}>
            <p className="entry-head"><Link to={recordPath(cause)}>{cause.number}</Link> <b>{cause.title}</b> <span className="badge" data-cause={cause.state}>{t(`cause.${cause.state}`)}</span></p>
            {cause.evidence === null ? <p className="quiet">{t('cause.byHand')}</p> : (
              <p>{cause.evidence.ciName} · {t('cause.hours', { hours: cause.evidence.hoursAfterDeployment })}{cause.evidence.path.length > 1 ? <> · {t('cause.path', { path: cause.evidence.path.join(' → ') })}</> : null}</p>
            )}
            {cause.decidedAt === null ? null : <p className="quiet">{t('decided.by', { name: cause.decidedBy ?? '' })} <When at={cause.decidedAt} /> {cause.reason}</p>}
            <div className="action-buttons">
              {cause.state === 'CONFIRMED' ? null : <InlineAction release={release} action={decide(cause.id, true)} reload={reload} />}
              {cause.state === 'REJECTED' ? null : <InlineAction release={release} action={decide(cause.id, false)} reload={reload} />}
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
