import { useVendorWords } from './vendor-words.ts';

/** Everything below /vendor-cases. */
export function VendorRoutes() {
  const t = useVendorWords();
  return <main className="ticket"><h1>{t('title')}</h1></main>;
}
