import { useState } from 'react';
import { RecordFindingDocument, ResolveCensusDifferenceDocument, type CensusFinding, type CensusResolution } from '../../graphql/generated/desk/graphql.ts';
import type { CensusItem } from './census-page.tsx';
import { fieldWord } from './ci-versions.tsx';
import { useCmdbNames } from './cmdb-names.ts';
import { useCmdbWords } from './cmdb-words.ts';
import { Refusals } from './refusals.tsx';
import { useSend } from './use-send.ts';

/** What people read off a thing; the others are corrected on the item's own page. */
const FIELDS = ['name', 'serial', 'systemSerial', 'model', 'assetLabel', 'site', 'location', 'ownerName', 'userName', 'productVersion', 'accessories'] as const;

interface FindingProps {
  readonly item: CensusItem;
  readonly different: boolean;
  readonly onDifferent: () => void;
  readonly onDone: () => Promise<void>;
}

/** Found and missing are one press each; different says what was found instead. */
export function CensusItemForm({ item, different, onDifferent, onDone }: FindingProps) {
  const t = useCmdbWords();
  const { send, errors, busy } = useSend();
  const [fields, setFields] = useState(1);
  const say = async (finding: CensusFinding, form?: FormData): Promise<void> => {
    const differences = form === undefined ? [] : form.getAll('field').map((field, index) => ({ field: String(field), register: String(form.getAll('register')[index] ?? ''), found: String(form.getAll('found')[index] ?? '') }));
    const input = { itemId: item.id, finding, differences, note: form === undefined ? undefined : String(form.get('note')) || undefined };
    if (await send(RecordFindingDocument, input, (data) => data.recordFinding.userErrors)) await onDone();
  };
  return (
    <span className="census-say">
      <button type="button" disabled={busy} onClick={() => void say('FOUND')}>{t('finding.FOUND')}</button>
      <button type="button" disabled={busy} onClick={() => void say('MISSING')}>{t('finding.MISSING')}</button>
      <button type="button" aria-expanded={different} onClick={onDifferent}>{t('finding.DIFFERENT')}</button>
      {different ? (
        <form className="cmdb-form" onSubmit={(event) => {
          event.preventDefault();
          void say('DIFFERENT', new FormData(event.currentTarget));
        }}>
          {Array.from({ length: fields }, (_, index) => (
            <span key={index} className="census-difference">
              <label className="cmdb-choice">{t('census.field')}<select name="field">{FIELDS.map((field) => <option key={field} value={field}>{fieldWord(field, t)}</option>)}</select></label>
              <label className="cmdb-choice">{t('census.registerValue')}<input name="register" /></label>
              <label className="cmdb-choice">{t('census.foundValue')}<input name="found" required /></label>
            </span>
          ))}
          <label className="cmdb-choice">{t('census.note')}<input name="note" /></label>
          <button type="button" className="plain" onClick={() => setFields(fields + 1)}>{t('census.addField')}</button>
          <button type="submit" className="main" disabled={busy}>{t('census.record')}</button>
        </form>
      ) : null}
      <Refusals errors={errors} />
    </span>
  );
}

const WAYS: readonly CensusResolution[] = ['CHANGE', 'REGISTER', 'THING'];

/** A difference is resolved by a change or a correction (CMDB-08). */
export function ResolveForm({ item, onDone }: { readonly item: CensusItem; readonly onDone: () => Promise<void> }) {
  const t = useCmdbWords();
  const names = useCmdbNames();
  const { send, errors, busy } = useSend();
  const [by, setBy] = useState<CensusResolution>('CHANGE');
  const resolve = async (form: FormData): Promise<void> => {
    const text = (name: string): string | undefined => String(form.get(name) ?? '').trim() || undefined;
    const input = { itemId: item.id, by, changeNumber: text('changeNumber'), text: text('text'), exceptionReason: text('exceptionReason'), ciClass: text('ciClass') };
    if (await send(ResolveCensusDifferenceDocument, input, (data) => data.resolveCensusDifference.userErrors)) await onDone();
  };
  return (
    <form className="card cmdb-form" onSubmit={(event) => {
      event.preventDefault();
      void resolve(new FormData(event.currentTarget));
    }}>
      <fieldset className="chips"><legend>{t('census.how')}</legend>{WAYS.map((way) => <button key={way} type="button" aria-pressed={by === way} onClick={() => setBy(way)}>{t(`by.${way}`)}</button>)}</fieldset>
      {by === 'CHANGE' ? <label className="cmdb-choice">{t('import.change')}<input name="changeNumber" required placeholder="CHG-0000001" /></label> : null}
      {by === 'THING' ? <label className="cmdb-choice">{t('census.text')}<input name="text" required /></label> : null}
      {by === 'REGISTER' && item.ciId === null ? <label className="cmdb-choice">{t('class')}<select name="ciClass">{names.classes.map(({ key, label }) => <option key={key} value={key}>{label}</option>)}</select></label> : null}
      {by === 'REGISTER' && item.ciId !== null ? <label className="cmdb-choice">{t('import.exception')}<input name="exceptionReason" /></label> : null}
      <button type="submit" className="main" disabled={busy}>{t('census.resolve')}</button>
      <Refusals errors={errors} />
    </form>
  );
}
