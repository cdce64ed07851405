import { useQuery } from '@apollo/client/react';
import { useId, useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { CiChoice } from '../../components/ci-choice.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { RefusalText } from '../../components/refusal-text.tsx';
import { CustomerServicesDocument, MyWhoDocument, ProposedLevelDocument, type MyWhoQuery } from '../../graphql/generated/desk/graphql.ts';
import { ArticleSuggestions } from '../knowledge/article-suggestions.tsx';
import { useMyReporting } from './use-my-reporting.ts';
import { useMyWords } from './my-words.ts';

const GRADES = [1, 2, 3] as const;
type Who = NonNullable<MyWhoQuery['viewer']>;

/** WBD-12: a short form in the customer's words. What is theirs is offered, and what the knowledge base says while they type. */
export function MyNewPage() {
  const result = useQuery(MyWhoDocument);
  return <QueryState result={result}>{({ viewer, levelCriteria }) => (viewer === null ? null : <NewForm who={viewer} criteria={levelCriteria} />)}</QueryState>;
}

function NewForm({ who, criteria }: { readonly who: Who; readonly criteria: MyWhoQuery['levelCriteria'] }) {
  const t = useMyWords();
  const [title, setTitle] = useState('');
  const [details, setDetails] = useState('');
  const [grades, setGrades] = useState({ impact: 0, urgency: 0 });
  const [ciId, setCiId] = useState('');
  const customerId = who.customer?.id ?? '';
  const { send, errors, busy, unsent } = useMyReporting(customerId);
  return (
    <main className="my-page my-new">
      <form onSubmit={(event) => {
        event.preventDefault();
        void send(new FormData(event.currentTarget), ciId);
      }} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit(); }}>
        <h1>{t('new.title')}</h1>
        <p className="quiet">{t('new.intro')}</p>
        {errors.map(({ code, message }) => <p key={message} className="refusal" role="alert"><RefusalText code={code} message={message} /></p>)}
        {unsent === null ? null : <p className="refusal" role="alert">{t('new.fileRefused', unsent)}</p>}
        <label className="field">{t('new.what')}<input name="title" required maxLength={200} autoFocus value={title} placeholder={t('new.whatHint')} onChange={(event) => setTitle(event.target.value)} /></label>
        <label className="field">{t('new.details')}<textarea name="description" rows={4} maxLength={20_000} value={details} placeholder={t('new.detailsHint')} onChange={(event) => setDetails(event.target.value)} /></label>
        <Where who={who} onCi={setCiId} />
        <HowBad grades={grades} onChange={setGrades} />
        <ProposedLevel grades={grades} criteria={criteria} />
        <fieldset className="my-people">
          <legend>{t('ticket.contact')}</legend>
          <label className="field">{t('new.caller')}<input name="caller" required maxLength={300} defaultValue={who.name} autoComplete="name" /></label>
          <label className="field">{t('new.phone')}<input name="callerPhone" type="tel" maxLength={300} defaultValue={who.person?.phone ?? ''} autoComplete="tel" /></label>
          <label className="field">{t('new.mail')}<input name="mail" type="email" defaultValue={who.person?.email ?? ''} autoComplete="email" readOnly /></label>
        </fieldset>
        <label className="field">{t('new.files')}<input name="files" type="file" multiple /><small>{t('new.filesHint')}</small></label>
        <div className="form-end"><button type="submit" className="main" disabled={busy}>{busy ? t('new.sending') : t('new.send')}</button></div>
      </form>
      <aside aria-label={t('new.articles')}>
        <p className="my-hint">{t('new.articles')}</p>
        <ArticleSuggestions customerId={customerId} text={`${title} ${details}`} />
        <p className="quiet">{t('new.requests')}</p>
      </aside>
    </main>
  );
}

/** Their own places, services and equipment only; the server offers nothing else (ORG-03). */
function Where({ who, onCi }: { readonly who: Who; readonly onCi: (id: string) => void }) {
  const t = useMyWords();
  const { locale } = useDeskWords();
  const id = useId();
  const customerId = who.customer?.id ?? '';
  const services = useQuery(CustomerServicesDocument, { variables: { customerId }, skip: customerId === '' }).data?.services ?? [];
  return (
    <fieldset className="my-where">
      <legend>{t('new.where')}</legend>
      <label className="field">{t('new.site')}<select name="siteId" defaultValue=""><option value="">{t('new.unknown')}</option>{who.customer?.sites.map((site) => <option key={site.id} value={site.id}>{site.name}</option>)}</select></label>
      <label className="field">{t('new.service')}<select name="serviceId" defaultValue=""><option value="">{t('new.unknown')}</option>{services.map((one) => <option key={one.id} value={one.id}>{locale === 'zh-CN' ? one.nameZh : one.name}</option>)}</select></label>
      <div className="field"><label htmlFor={id}>{t('new.ci')}</label><CiChoice id={id} onChoose={onCi} /></div>
    </fieldset>
  );
}

interface Grades {
  readonly impact: number;
  readonly urgency: number;
}

function HowBad({ grades, onChange }: { readonly grades: Grades; readonly onChange: (grades: Grades) => void }) {
  const t = useMyWords();
  return (
    <div className="my-grades">
      {(['impact', 'urgency'] as const).map((name) => (
        <fieldset key={name}>
          <legend>{t(`new.${name}`)}</legend>
          {GRADES.map((grade) => (
            <label key={grade} data-chosen={grades[name] === grade}>
              <input type="radio" name={name} value={grade} required checked={grades[name] === grade} onChange={() => onChange({ ...grades, [name]: grade })} /> {name === 'impact' ? t(`impact.${grade}`) : t(`urgency.${grade}`)}
            </label>
          ))}
        </fieldset>
      ))}
    </div>
  );
}

/** INC-04: what their words amount to, before they send them. */
function ProposedLevel({ grades, criteria }: { readonly grades: Grades; readonly criteria: MyWhoQuery['levelCriteria'] }) {
  const t = useMyWords();
  const { locale } = useDeskWords();
  const level = useQuery(ProposedLevelDocument, { variables: grades, skip: grades.impact === 0 || grades.urgency === 0 }).data?.proposeLevel;
  const words = criteria.find((one) => one.level === level);
  return (
    <p className="my-proposed" role="status">
      {level === undefined || words === undefined ? null : <>{t('new.proposed')} <b>{level} {locale === 'zh-CN' ? words.labelZh : words.labelEn}</b> <small>{words.criteria} {t('new.proposedHint')}</small></>}
    </p>
  );
}
