import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { useDeskWords } from '../../app/desk-words.tsx';
import { NoteCustomerReportDocument, type UserErrorFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { useMyWords } from './my-words.ts';
import type { Report } from './service-report.tsx';

/** SLM-06: said beside the issued report; its figures stay as they are. */
export function ReportDispute({ report }: { readonly report: Report }) {
  const t = useMyWords();
  const { t: desk } = useDeskWords();
  const client = useApolloClient();
  const [state, setState] = useState<'closed' | 'open' | 'busy' | 'done'>('closed');
  const [errors, setErrors] = useState<readonly UserErrorFieldsFragment[]>([]);
  const send = async (text: string): Promise<void> => {
    setState('busy');
    try {
      const { data } = await client.mutate({ mutation: NoteCustomerReportDocument, variables: { input: { customerId: report.customerId, period: report.period.key, kind: 'DISPUTE', text } }, refetchQueries: ['CustomerServiceReport'] });
      const refused = data?.noteCustomerReport.userErrors ?? [];
      setErrors(refused);
      setState(refused.length === 0 ? 'done' : 'open');
    } catch {
      setErrors([{ code: 'UNREACHABLE', message: desk('server.away'), field: null }]);
      setState('open');
    }
  };
  if (state === 'closed') return <p className="no-print"><button type="button" onClick={() => setState('open')}>{t('sla.dispute')}</button></p>;
  if (state === 'done') return <p role="status">{t('sla.disputeDone')}</p>;
  return (
    <RecordForm title={t('sla.dispute')} fields={[{ name: 'text', label: t('sla.disputeText'), kind: 'long', required: true }]} errors={errors} busy={state === 'busy'}
      onSubmit={(values) => void send(values.text('text'))} onCancel={() => setState('closed')} />
  );
}
