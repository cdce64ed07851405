import { useId, useState, type ChangeEvent } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { RefusalText } from '../../components/refusal-text.tsx';
import { When } from '../../components/when.tsx';
import type { Ticket } from './actions/action-form-types.ts';

interface Props {
  readonly ticket: Ticket;
  readonly reload: () => Promise<unknown>;
}

interface Refused {
  readonly code: string;
  readonly message: string;
}

/** Photos and logs at the incident (INC-03): listed, downloaded, added. */
export function TicketFiles({ ticket, reload }: Props) {
  const { t, locale } = useDeskWords();
  const id = useId();
  const [refused, setRefused] = useState<Refused | null>(null);
  const size = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
  const add = async ({ currentTarget: input }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = input.files?.[0];
    if (file === undefined) return;
    const answer = await sendFile(ticket.id, file).catch(() => ({ code: 'UNREACHABLE', message: t('server.away') }));
    input.value = '';
    setRefused(answer);
    if (answer === null) await reload();
  };
  return (
    <section className="card">
      <h2>{t('section.files')}<small>{ticket.attachments.length}</small></h2>
      <ul className="entries">
        {ticket.attachments.map((file) => (
          <li key={file.id}>
            <p className="entry-head"><a href={`/attachments/${file.id}`} download={file.name}>{file.name}</a> <span>{size.format(Math.ceil(file.size / 1000))}</span> {file.author} <When at={file.recordedAt} /></p>
          </li>
        ))}
      </ul>
      <label htmlFor={id}>{t('files.add')}</label> <input id={id} type="file" onChange={(event) => void add(event)} />
      {refused === null ? null : <p className="refusal" role="alert"><RefusalText code={refused.code} message={refused.message} /></p>}
    </section>
  );
}

/** Null when it was taken, else why not. */
async function sendFile(incidentId: string, file: File): Promise<Refused | null> {
  const response = await fetch(`/attachments?incident=${incidentId}&name=${encodeURIComponent(file.name)}`, {
    method: 'POST', body: file, headers: { 'content-type': file.type || 'application/octet-stream' },
  });
  if (response.ok) return null;
  const body: unknown = await response.json();
  return refusalOf(body) ?? { code: 'UNREACHABLE', message: response.statusText };
}

function refusalOf(body: unknown): Refused | null {
  if (typeof body !== 'object' || body === null || !('errors' in body) || !Array.isArray(body.errors)) return null;
  const [first]: readonly { readonly message?: unknown; readonly extensions?: { readonly code?: unknown } }[] = body.errors;
  return { code: String(first?.extensions?.code ?? ''), message: String(first?.message ?? '') };
}
