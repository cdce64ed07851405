import { useQuery } from '@apollo/client/react';
import { teamName } from '../../app/desk-words.tsx';
import { useSearchParams } from '../../app/router.tsx';
import { MetricChoicesDocument, type MetricSection } from '../../graphql/generated/desk/graphql.ts';
import { lengthOf, readAddress, withFilter } from './metric-address.ts';
import { withSlide } from './metric-presentation.tsx';
import { periodText, type MetricSpeech } from './metric-text.ts';
import { usePeriods } from './use-metrics.ts';

interface Props {
  readonly sections: readonly MetricSection[];
  readonly speech: MetricSpeech;
}

/** Everything here only writes the address bar; the page reads it. */
export function MetricFilters({ sections, speech }: Props) {
  const { t, locale } = speech;
  const [search, setSearch] = useSearchParams();
  const { period, customerId, teamId } = readAddress(search);
  const choices = useQuery(MetricChoicesDocument).data;
  const length = period === null ? 'quarter' : lengthOf(period);
  const quarters = usePeriods('QUARTER');
  const months = usePeriods('MONTH');
  const options = length === 'quarter' ? quarters : months;
  const change = (key: 'period' | 'customer' | 'team', value: string): void => setSearch(withFilter(search, key, value));
  return (
    <form className="filter-line metric-filters" role="search" aria-label={t('filter.label')} onSubmit={(event) => event.preventDefault()}>
      <fieldset className="chips">
        <legend>{t('filter.length')}</legend>
        {(['quarter', 'month'] as const).map((one) => (
          <button key={one} type="button" aria-pressed={length === one} onClick={() => change('period', one === 'quarter' ? '' : months[0] ?? '')}>{t(`filter.${one}`)}</button>
        ))}
      </fieldset>
      <select aria-label={t('filter.period')} value={period ?? options[0]} onChange={(event) => change('period', event.target.value)}>
        {(period === null || options.includes(period) ? options : [period, ...options]).map((key) => <option key={key} value={key}>{periodText(key, speech)}</option>)}
      </select>
      <select aria-label={t('filter.customer')} value={customerId ?? ''} onChange={(event) => change('customer', event.target.value)}>
        <option value="">{`${t('filter.customer')}: ${t('filter.all')}`}</option>
        {(choices?.customers.edges ?? []).map(({ node }) => <option key={node.id} value={node.id}>{node.name}</option>)}
      </select>
      <select aria-label={t('filter.team')} value={teamId ?? ''} onChange={(event) => change('team', event.target.value)}>
        <option value="">{`${t('filter.team')}: ${t('filter.all')}`}</option>
        {(choices?.teams ?? []).map((team) => <option key={team.id} value={team.id}>{teamName(team, locale)}</option>)}
      </select>
      <span className="metric-exports">
        {sections.map((section) => (
          <span key={section}>
            {sections.length > 1 ? <small>{t(`section.${section}`)}</small> : null}
            <a className="button" href={exportPath(section, 'csv', { period, customerId, teamId, locale })} download>{t('export.csv')}</a>
            <a className="button" href={exportPath(section, 'xlsx', { period, customerId, teamId, locale })} download>{t('export.xlsx')}</a>
          </span>
        ))}
        <button type="button" onClick={() => setSearch(withSlide(search, { section: sections[0] ?? 'CHANGES', index: 0 }))}>{t('present.start')}</button>
        <button type="button" onClick={() => window.print()}>{t('export.print')}</button>
      </span>
    </form>
  );
}

interface Exported {
  readonly period: string | null;
  readonly customerId: string | null;
  readonly teamId: string | null;
  readonly locale: string;
}

function exportPath(section: MetricSection, format: 'csv' | 'xlsx', { period, customerId, teamId, locale }: Exported): string {
  const query = new URLSearchParams({ section: section.toLowerCase(), format, lang: locale });
  if (period !== null) query.set('period', period);
  if (customerId !== null) query.set('customer', customerId);
  if (teamId !== null) query.set('team', teamId);
  return `/downloads/metrics?${query.toString()}`;
}
