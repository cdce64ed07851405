import { useMutation } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { useNavigate } from '../../app/router.tsx';
import { sendFile } from '../../components/record-files.tsx';
import { MyReportDocument, type UserErrorFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { newKey } from '../../lib/new-key.ts';

interface Reporting {
  readonly send: (form: FormData, ciId: string) => Promise<void>;
  readonly errors: readonly UserErrorFieldsFragment[];
  readonly busy: boolean;
  /** The incident is there, but a file was not taken. */
  readonly unsent: { readonly number: string; readonly name: string } | null;
}

/** Sends a customer's report with its files, and opens the new incident. */
export function useMyReporting(customerId: string): Reporting {
  const { t } = useDeskWords();
  const navigate = useNavigate();
  const [errors, setErrors] = useState<Reporting['errors']>([]);
  const [unsent, setUnsent] = useState<Reporting['unsent']>(null);
  const [busy, setBusy] = useState(false);
  const [report] = useMutation(MyReportDocument);
  const key = useRef(newKey());
  const send = async (form: FormData, ciId: string): Promise<void> => {
    setBusy(true);
    try {
      const { data } = await report({ variables: { input: { ...inputOf(form, customerId, ciId), idempotencyKey: key.current } } });
      setErrors(data?.recordIncident.userErrors ?? []);
      const incident = data?.recordIncident.incident ?? null;
      if (incident === null) {
        // A key stands for one body: what is corrected and sent again is a new request.
        key.current = newKey();
        return;
      }
      for (const file of form.getAll('files')) {
        if (!(file instanceof File) || file.size === 0) continue;
        if ((await sendFile(incident.id, file, { paper: '' })) !== null) return setUnsent({ number: incident.number, name: file.name });
      }
      void navigate(`/my/incidents/${incident.number}`);
    } catch {
      // Not known whether it arrived: the same key makes the next try safe.
      setErrors([{ code: 'UNREACHABLE', message: t('server.away'), field: null }]);
    } finally {
      setBusy(false);
    }
  };
  return { send, errors, busy, unsent };
}

function inputOf(form: FormData, customerId: string, ciId: string) {
  const text = (name: string): string | undefined => String(form.get(name) ?? '').trim() || undefined;
  const title = text('title') ?? '';
  return {
    customerId, title, description: text('description') ?? title, channel: 'web', category: 'other', technicalClass: 'other', caller: text('caller'), callerPhone: text('callerPhone'),
    siteId: text('siteId'), serviceId: text('serviceId'), ciId: ciId || undefined, impact: Number(form.get('impact')), urgency: Number(form.get('urgency')),
  };
}
