import { useApolloClient } from '@apollo/client/react';
import type { RecordAction, RecordField } from '../../components/record-actions/record-action.ts';
import { RecordForm } from '../../components/record-actions/record-form.tsx';
import { useRecordAction } from '../../components/record-actions/use-record-action.ts';
import { OpenVendorCaseDocument, VendorTicketSearchDocument, type VendorFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { caseFields, productOf } from './vendor-actions.ts';
import { useVendorWords } from './vendor-words.ts';

interface Props {
  readonly vendors: readonly VendorFieldsFragment[];
  readonly reload: () => Promise<unknown>;
  readonly onDone: () => void;
}

/** A new record has no version: the command does without. */
const NEW = { id: '', version: 0 };

/** VND-05: a case that was opened at a vendor, for an incident that is named by its number. */
export function OpenCaseForm({ vendors, reload, onDone }: Props) {
  const t = useVendorWords();
  const client = useApolloClient();
  const ticket: RecordField = { name: 'ticketNumber', label: t('field.ticket'), kind: 'text', required: true, hint: t('hint.ticket') };
  const action: RecordAction = {
    name: 'openVendorCase', label: t('list.new'), fields: [ticket, ...caseFields(t, vendors)],
    run: async (send, { idempotencyKey }, values) => {
      const number = values.text('ticketNumber').toUpperCase();
      const { data: found } = await client.query({ query: VendorTicketSearchDocument, variables: { text: number }, fetchPolicy: 'network-only' });
      const incident = found?.incidents.edges.find(({ node }) => node.number === number)?.node;
      if (incident === undefined) return [{ code: 'NOT_FOUND', message: t('refused.ticket', { number }), field: 'ticketNumber' }];
      return send(OpenVendorCaseDocument, {
        idempotencyKey, ticketId: incident.id, ...productOf(values.text('product')), caseNumber: values.text('caseNumber'), contact: values.maybe('contact'), nextUpdateAt: values.instant('nextUpdateAt'),
      }, ({ openVendorCase }) => openVendorCase.userErrors);
    },
  };
  const { submit, errors, busy } = useRecordAction({ action, record: NEW, reload, onDone });
  return <RecordForm title={action.label} fields={action.fields} errors={errors} busy={busy} onSubmit={(values) => void submit(values)} onCancel={onDone} />;
}
