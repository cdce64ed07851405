import { useQuery } from '@apollo/client/react';
import { useParams } from '../../app/router.tsx';
import { PageLoading, PageMissing } from '../../components/page-state/page-state.tsx';
import { CiLabelDocument } from '../../graphql/generated/desk/graphql.ts';
import { useCmdbWords } from './cmdb-words.ts';

/** The printable label of an item (CMDB-02): number, name and a QR code that opens its page. */
export function LabelPage() {
  const t = useCmdbWords();
  const { id = '' } = useParams();
  const { data } = useQuery(CiLabelDocument, { variables: { id, origin: window.location.origin } });
  if (data === undefined) return <PageLoading />;
  const label = data.ciLabel;
  if (label === null) return <PageMissing>{t('ci.missing')}</PageMissing>;
  return (
    <main className="cmdb-page label-page">
      <h1>{t('label.title')}</h1>
      <div className="asset-label">
        <img src={`data:image/svg+xml,${encodeURIComponent(label.qrSvg)}`} alt={`QR ${label.address}`} />
        <div><b>{label.number}</b><span>{label.name}</span><small>{label.address}</small></div>
      </div>
      <button type="button" className="main" onClick={() => window.print()}>{t('label.print')}</button>
    </main>
  );
}
