import { GO_LIVE_FIELDS, PLAN_FIELDS, type Release } from './release-view.ts';
import { useReleaseWords } from './release-words.ts';

/** The release plan (REL-02) and the go-live plan (REL-13); what is not written yet is said, not hidden. */
export function ReleasePlans({ release }: { readonly release: Release }) {
  const t = useReleaseWords();
  const planning = release.state === 'PLANNING' || release.state === 'CONTENT_REVIEW';
  const text = (value: string | null) => (value === null ? <span className="quiet">{t('field.empty')}</span> : value);
  return (
    <>
      <details className="card plan" open={planning}>
        <summary><h2>{t('section.plan')}<small>{`${PLAN_FIELDS.filter((field) => release.plan[field] !== null).length} / ${PLAN_FIELDS.length}`}</small></h2></summary>
        <dl className="facts wide">{PLAN_FIELDS.map((field) => <div key={field}><dt>{t(`plan.${field}`)}</dt><dd>{text(release.plan[field])}</dd></div>)}</dl>
      </details>
      <details className="card plan" open={planning || release.state === 'GO_LIVE_PLAN' || release.state === 'APPROVAL' || release.state === 'DEPLOYMENT'}>
        <summary><h2>{t('section.goLive')}<small>{`${GO_LIVE_FIELDS.filter((field) => release.goLivePlan[field] !== null).length} / ${GO_LIVE_FIELDS.length}`}</small></h2></summary>
        <dl className="facts wide">{GO_LIVE_FIELDS.map((field) => <div key={field}><dt>{t(`goLive.${field}`)}</dt><dd>{text(release.goLivePlan[field])}</dd></div>)}</dl>
      </details>
    </>
  );
}
