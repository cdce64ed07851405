import { useMutation, useQuery } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { labelOf, teamName, useDeskWords, wordKey } from '../../app/desk-words.tsx';
import { CustomerServicesDocument, IntakeChoicesDocument, RecordIncidentDocument, type Difficulty, type IncidentLevel } from '../../graphql/generated/desk/graphql.ts';
import { CiChoice } from '../../components/ci-choice.tsx';
import { newKey } from '../../lib/new-key.ts';
import { instantOfInput } from '../../lib/time/local-input.ts';
import { IntakeField, type IntakeErrors } from './intake-field.tsx';
import { IntakeSide } from './intake-side.tsx';
import { LevelChoice } from './level-choice.tsx';

/** What the desk has entered so far, as far as other parts of the page depend on it. */
export interface Draft {
  readonly customerId: string;
  readonly serviceId: string;
  readonly ciId: string;
  readonly symptom: string;
  readonly impact: number;
  readonly urgency: number;
  /** Null: as proposed. */
  readonly level: IncidentLevel | null;
}

function difficultyOf(word: string | undefined): Difficulty | undefined {
  return (['SIMPLE', 'NORMAL', 'HARD'] as const).find((one) => wordKey(one) === wordKey(word ?? ''));
}

const EMPTY: Draft = { customerId: '', serviceId: '', ciId: '', symptom: '', impact: 2, urgency: 2, level: null };

/** The intake form (WBD-11): by keyboard, in under a minute; coverage, same incidents and criteria stand beside it. */
export function RecordPage() {
  const { t, vocabulary, locale } = useDeskWords();
  const navigate = useNavigate();
  const [draft, setDraft] = useState(EMPTY);
  const [errors, setErrors] = useState<IntakeErrors>([]);
  const key = useRef(newKey());
  const choices = useQuery(IntakeChoicesDocument);
  const services = useQuery(CustomerServicesDocument, { variables: { customerId: draft.customerId }, skip: draft.customerId === '' });
  const [record, { loading }] = useMutation(RecordIncidentDocument);
  const set = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  const submit = async (form: FormData): Promise<void> => {
    const refused = await send(form).catch((): IntakeErrors => [{ code: 'INTERNAL', message: t('server.away'), field: null }]);
    setErrors(refused);
    if (refused.length > 0) key.current = newKey();
  };
  const send = async (form: FormData): Promise<IntakeErrors> => {
    const text = (name: string): string | undefined => String(form.get(name) ?? '').trim() || undefined;
    const { data } = await record({ variables: { input: {
      idempotencyKey: key.current, customerId: draft.customerId, title: text('title') ?? '', description: text('description') ?? text('title') ?? '',
      channel: text('channel') ?? '', category: text('category') ?? '', technicalClass: text('technicalClass') ?? '', caller: text('caller'), callerPhone: text('callerPhone'),
      occurredAt: instantOfInput(text('occurredAt') ?? ''), serviceId: draft.serviceId || undefined, ciId: draft.ciId || undefined,
      symptom: draft.symptom || undefined, impact: draft.impact, urgency: draft.urgency, level: draft.level ?? undefined, difficulty: difficultyOf(text('difficulty')),
    } } });
    const number = data?.recordIncident.incident?.number;
    if (number !== undefined) void navigate(`/incident/${number}`);
    return data?.recordIncident.userErrors ?? [];
  };
  const select = (name: string, list: typeof vocabulary.channels, initial: string) => (
    <select name={name} defaultValue={initial} key={list.length}>
      {list.map((term) => <option key={term.key} value={term.key}>{labelOf(list, term.key, locale)}</option>)}
    </select>
  );
  return (
    <main className="record">
      <form onSubmit={(event) => {
        event.preventDefault();
        void submit(new FormData(event.currentTarget));
      }} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit(); }}>
        <h1>{t('nav.record')}</h1>
        {errors.filter(({ field }) => field === null).map(({ message }) => <p key={message} className="refusal" role="alert">{message}</p>)}
        <div className="intake">
          <IntakeField name="customerId" label="intake.customer" errors={errors} required>
            <select name="customerId" required autoFocus value={draft.customerId} onChange={(event) => set({ customerId: event.target.value, serviceId: '' })}>
              <option value="">—</option>
              {(choices.data?.customers.edges ?? []).map(({ node }) => <option key={node.id} value={node.id}>{node.name}</option>)}
            </select>
          </IntakeField>
          <IntakeField name="caller" label="intake.caller" errors={errors}><input name="caller" /></IntakeField>
          <IntakeField name="callerPhone" label="intake.phone" errors={errors}><input name="callerPhone" type="tel" /></IntakeField>
          <IntakeField name="serviceId" label="fact.service" errors={errors}>
            <select name="serviceId" value={draft.serviceId} onChange={(event) => set({ serviceId: event.target.value })}>
              <option value="">—</option>
              {(services.data?.services ?? []).map((service) => <option key={service.id} value={service.id}>{teamName(service, locale)}</option>)}
            </select>
          </IntakeField>
          <IntakeField name="ciId" label="intake.ci" errors={errors}><CiChoice onChoose={(ciId) => set({ ciId })} /></IntakeField>
          <IntakeField name="symptom" label="intake.symptom" errors={errors}>
            <input name="symptom" value={draft.symptom} onChange={(event) => set({ symptom: event.target.value })} />
          </IntakeField>
          <IntakeField name="title" label="intake.title" errors={errors} required wide><input name="title" required maxLength={200} /></IntakeField>
          <IntakeField name="description" label="intake.description" errors={errors} wide><textarea name="description" rows={4} /></IntakeField>
          <IntakeField name="channel" label="fact.channel" errors={errors}>{select('channel', vocabulary.channels, 'phone')}</IntakeField>
          <IntakeField name="category" label="fact.category" errors={errors}>{select('category', vocabulary.categories, '')}</IntakeField>
          <IntakeField name="technicalClass" label="fact.technicalClass" errors={errors}>{select('technicalClass', vocabulary.technicalClasses, '')}</IntakeField>
          <IntakeField name="difficulty" label="fact.difficulty" errors={errors}>{select('difficulty', vocabulary.difficulties, 'normal')}</IntakeField>
          <IntakeField name="occurredAt" label="fact.occurredAt" errors={errors}><input name="occurredAt" type="datetime-local" /></IntakeField>
        </div>
        <LevelChoice draft={draft} onChange={set} criteria={choices.data?.levelCriteria ?? []} />
        <div className="form-end">
          <button type="submit" className="main" disabled={loading}>{t('intake.save')}</button>
          <span className="quiet">{t('intake.keys')}</span>
        </div>
      </form>
      <IntakeSide draft={draft} />
    </main>
  );
}

