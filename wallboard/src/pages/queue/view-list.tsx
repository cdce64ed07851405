import { useQuery } from '@apollo/client/react';
import { teamName, useDeskWords } from '../../app/desk-words.tsx';
import { NavLink } from '../../app/router.tsx';
import { SavedViewCountsDocument } from '../../graphql/generated/desk/graphql.ts';
import { useQueueWords } from './queue-words.ts';
import type { SavedView } from './use-saved-views.ts';

/** Counts are live enough for a side list, and one statement for all of them. */
const COUNT_EVERY_MS = 15_000;
const MOST_COUNTED = 10_000;

interface Props {
  readonly views: readonly SavedView[];
  /** The address says something else than the view that it stands at. */
  readonly changed: boolean;
  readonly open: SavedView | null;
  readonly onSave: () => void;
  readonly onEdit: () => void;
  readonly onPrefer: (id: string | null) => void;
}

/** The views that one finds, each with its count and an address of its own. */
export function ViewList({ views, changed, open, onSave, onEdit, onPrefer }: Props) {
  const { locale } = useDeskWords();
  const t = useQueueWords();
  const { data } = useQuery(SavedViewCountsDocument, { pollInterval: COUNT_EVERY_MS, fetchPolicy: 'network-only', skipPollAttempt: () => document.hidden });
  const counts = new Map(data?.savedViews.map(({ id, count }) => [id, count]));
  const figure = (count: number | undefined): string => (count === undefined ? '' : count > MOST_COUNTED ? t('view.many') : count.toLocaleString(locale));
  const link = (slug: string, name: string, count: number | undefined, hint?: string) => (
    <li key={slug}><NavLink to={`/queue/v/${slug}`} title={hint}><span>{name}</span><output>{figure(count)}</output></NavLink></li>
  );
  const section = (label: string, own: readonly SavedView[]) => (own.length === 0 ? null : (
    <section key={label} aria-label={label}>
      <h2>{label}</h2>
      <ul>{own.map((view) => link(view.slug, `${view.isDefault ? '★ ' : ''}${view.name}`, counts.get(view.id), view.own ? undefined : `${teamName(view.team, locale)} · ${t('view.by', { owner: view.owner })}`))}</ul>
    </section>
  ));
  return (
    <nav className="view-list" aria-label={t('view.label')}>
      <ul>{link('all', t('view.all'), undefined)}{link('mine', t('view.mine'), data?.mine.totalCount)}{link('nobody', t('view.nobody'), data?.nobody.totalCount)}</ul>
      {section(t('view.own'), views.filter(({ own, scope }) => own && scope === 'ME'))}
      {section(t('view.team'), views.filter(({ scope }) => scope === 'TEAM'))}
      {section(t('view.shared'), views.filter(({ scope }) => scope === 'ALL'))}
      <div className="view-actions">
        {changed ? <p className="quiet" role="status">{t('view.changed')}</p> : null}
        <button type="button" onClick={onSave}>{t('view.save')}</button>
        {open?.mayChange === true ? <button type="button" className="plain" onClick={onEdit}>{t('view.edit')}</button> : null}
        {open === null ? null : <button type="button" className="plain" onClick={() => onPrefer(open.isDefault ? null : open.id)}>{open.isDefault ? t('view.noDefault') : t('view.default')}</button>}
      </div>
    </nav>
  );
}
