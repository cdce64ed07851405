import { useQuery } from '@apollo/client/react';
import { labelOf, teamName, useDeskWords, type Term } from '../../app/desk-words.tsx';
import { CiChoice } from '../../components/ci-choice.tsx';
import { CustomerServicesDocument, type IntakeChoicesQuery } from '../../graphql/generated/desk/graphql.ts';
import type { Draft } from './draft.ts';
import { IntakeField, type IntakeErrors } from './intake-field.tsx';
import { useIntakeWords } from './intake-words.ts';

interface Props {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly customers: IntakeChoicesQuery['customers']['edges'];
  readonly errors: IntakeErrors;
}

/** Who calls about what, then what it is about; in the order in which a call goes. */
export function IntakeFields(props: Props) {
  return (
    <div className="intake">
      <CallFields {...props} />
      <SortFields errors={props.errors} />
    </div>
  );
}

function CallFields({ draft, onChange, customers, errors }: Props) {
  const { t, locale } = useDeskWords();
  const words = useIntakeWords();
  const services = useQuery(CustomerServicesDocument, { variables: { customerId: draft.customerId }, skip: draft.customerId === '' });
  return (
    <>
      <IntakeField name="customerId" label={words('intake.customer')} errors={errors} required>
        <select name="customerId" required autoFocus value={draft.customerId} onChange={(event) => onChange({ customerId: event.target.value, serviceId: '' })}>
          <option value="">—</option>
          {customers.map(({ node }) => <option key={node.id} value={node.id}>{node.name}</option>)}
        </select>
      </IntakeField>
      <IntakeField name="caller" label={words('intake.caller')} errors={errors}><input name="caller" /></IntakeField>
      <IntakeField name="callerPhone" label={words('intake.phone')} errors={errors}><input name="callerPhone" type="tel" /></IntakeField>
      <IntakeField name="serviceId" label={t('fact.service')} errors={errors}>
        <select name="serviceId" value={draft.serviceId} onChange={(event) => onChange({ serviceId: event.target.value })}>
          <option value="">—</option>
          {(services.data?.services ?? []).map((service) => <option key={service.id} value={service.id}>{teamName(service, locale)}</option>)}
        </select>
      </IntakeField>
      <IntakeField name="ciId" label={words('intake.ci')} errors={errors}><CiChoice onChoose={(ciId) => onChange({ ciId })} /></IntakeField>
      <IntakeField name="symptom" label={words('intake.symptom')} errors={errors}>
        <input name="symptom" value={draft.symptom} onChange={(event) => onChange({ symptom: event.target.value })} />
      </IntakeField>
      <IntakeField name="title" label={words('intake.title')} errors={errors} required wide><input name="title" required maxLength={200} onChange={(event) => onChange({ title: event.target.value })} /></IntakeField>
      <IntakeField name="description" label={words('intake.description')} errors={errors} wide><textarea name="description" rows={4} /></IntakeField>
    </>
  );
}

function SortFields({ errors }: { readonly errors: IntakeErrors }) {
  const { t, vocabulary, locale } = useDeskWords();
  const select = (name: string, list: readonly Term[], initial: string) => (
    <select name={name} defaultValue={initial} key={list.length}>
      {list.map((term) => <option key={term.key} value={term.key}>{labelOf(list, term.key, locale)}</option>)}
    </select>
  );
  return (
    <>
      <IntakeField name="channel" label={t('fact.channel')} errors={errors}>{select('channel', vocabulary.channels, 'phone')}</IntakeField>
      <IntakeField name="category" label={t('fact.category')} errors={errors}>{select('category', vocabulary.categories, '')}</IntakeField>
      <IntakeField name="technicalClass" label={t('fact.technicalClass')} errors={errors}>{select('technicalClass', vocabulary.technicalClasses, '')}</IntakeField>
      <IntakeField name="difficulty" label={t('fact.difficulty')} errors={errors}>{select('difficulty', vocabulary.difficulties, 'normal')}</IntakeField>
      <IntakeField name="occurredAt" label={t('fact.occurredAt')} errors={errors}><input name="occurredAt" type="datetime-local" /></IntakeField>
    </>
  );
}
