import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { IssueCustomerReportDocument, type CustomerReportPartsFragment, type UserErrorFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { newKey } from '../../lib/new-key.ts';
import { useMetricsWords } from './metrics-words.ts';

interface Props {
  readonly report: CustomerReportPartsFragment;
  readonly onDone: () => Promise<unknown>;
}

/** Issuing cannot be taken back: it asks first, with room for a remark to the customer (SLM-06). */
export function ServiceReportIssue({ report, onDone }: Props) {
  const t = useMetricsWords();
  const { t: desk } = useDeskWords();
  const [issue, { loading }] = useMutation(IssueCustomerReportDocument);
  const [open, setOpen] = useState(false);
  const [key, setKey] = useState(newKey);
  const [errors, setErrors] = useState<readonly UserErrorFieldsFragment[]>([]);
  const { customerId, customerName, period } = report;
  if (Date.parse(period.to) > Date.parse(report.asOf)) return <p className="quiet">{t('service.notOver')}</p>;
  const send = async (remark: string | undefined): Promise<void> => {
    try {
      const { data } = await issue({ variables: { input: { customerId, period: period.key, remark: remark ?? null, idempotencyKey: key } } });
      setErrors(data?.issueCustomerReport.userErrors ?? []);
      // A refused key is spent; an unanswered one asks the same again.
      setKey(newKey());
      await onDone();
    } catch {
      setErrors([{ code: 'UNREACHABLE', message: desk('server.away'), field: null }]);
    }
  };
  if (!open) return <button type="button" className="main" onClick={() => setOpen(true)}>{t('service.issue')}</button>;
  return (
    <section className="card" aria-label={t('service.issue')}>
      <p>{t('service.ask', { customer: customerName, period: period.key })}</p>
      <RecordForm title={t('service.issue')} fields={[{ name: 'remark', label: t('service.remark'), kind: 'long' }]} errors={errors} busy={loading} submitLabel={t('service.yes')}
        onSubmit={(values) => void send(values.maybe('remark'))} onCancel={() => setOpen(false)} />
    </section>
  );
}
