import { useDeskWords } from '../../app/desk-words.tsx';
import { useSearchParams } from '../../app/router.tsx';
import type { MetricSection } from '../../graphql/generated/desk/graphql.ts';
import { readAddress, withBar, type OpenBar } from './metric-address.ts';
import { MetricDrawer } from './metric-drawer.tsx';
import { MetricFilters } from './metric-filters.tsx';
import { MetricPresentation, readSlide, withSlide } from './metric-presentation.tsx';
import { MetricSectionCards } from './metric-section.tsx';
import { useMetricsWords } from './metrics-words.ts';

/** One tab: its sections of figures, and the records behind the bar that is open. */
export function MetricsPage({ sections }: { readonly sections: readonly MetricSection[] }) {
  const t = useMetricsWords();
  const { locale } = useDeskWords();
  const [search, setSearch] = useSearchParams();
  const address = readAddress(search);
  const speech = { t, locale };
  const open = (bar: OpenBar | null): void => setSearch(withBar(search, bar));
  const slide = readSlide(search, sections);
  if (slide !== null) return <MetricPresentation sections={sections} slide={slide} address={address} speech={speech} onSlide={(next) => setSearch(withSlide(search, next), { replace: next !== null })} />;
  return (
    <>
      <MetricFilters sections={sections} speech={speech} />
      <div className="metric-body" data-open={address.bar !== null}>
        <div className="metric-sections">
          {sections.map((section) => (
            <MetricSectionCards key={section} section={section} address={address} speech={speech} titled={sections.length > 1}
              onBar={(figure, part, period) => open({ figure, part, period, split: 'PART', side: 'ALL', view: 'records' })} />
          ))}
        </div>
        {address.bar === null ? null : <MetricDrawer bar={address.bar} address={address} speech={speech} onChange={open} />}
      </div>
    </>
  );
}
