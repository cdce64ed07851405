import { useId, useState, type ChangeEvent } from 'react';
import { useDeskWords } from '../app/desk-words.tsx';
import { RefusalText } from './refusal-text.tsx';
import { When } from './when.tsx';

/** A file of a record as its page asks for it. */
export interface RecordFile {
  readonly id: string;
  readonly name: string;
  readonly size: number;
  readonly paper: string | null;
  /** Told where it matters: on the provider's pages. */
  readonly customerVisible?: boolean;
  readonly recordedAt: string;
  readonly author: string;
}

interface Props {
  readonly ticketId: string;
  readonly files: readonly RecordFile[];
  /** Papers that the process demands, by key and label: what is attached may be one of them (CHG-10). */
  readonly papers?: readonly (readonly [key: string, label: string])[];
  /** Whoever adds a file says whether the customer sees it (ORG-03). */
  readonly shareable?: boolean;
  readonly reload: () => Promise<unknown>;
}

interface Refused {
  readonly code: string;
  readonly message: string;
}

/** Photos, logs and papers of a record (INC-03): listed, downloaded, added. */
export function RecordFiles({ ticketId, files, papers = [], shareable = false, reload }: Props) {
  const { t, locale } = useDeskWords();
  const id = useId();
  const [paper, setPaper] = useState('');
  const [shared, setShared] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const size = new Intl.NumberFormat(locale, { style: 'unit', unit: 'kilobyte', maximumFractionDigits: 0 });
  const add = async ({ currentTarget: input }: ChangeEvent<HTMLInputElement>): Promise<void> => {
    const file = input.files?.[0];
    if (file === undefined) return;
    const answer = await sendFile(ticketId, file, { paper, ...(shareable && { shared }) }).catch(() => ({ code: 'UNREACHABLE', message: t('server.away') }));
    input.value = '';
    setRefused(answer);
    if (answer !== null) return;
    setPaper('');
    setShared(false);
    await reload();
  };
  return (
    <section className="card">
      <h2>{t('section.files')}<small>{files.length}</small></h2>
      <ul className="entries">
        {files.map((file) => (
          <li key={file.id}>
            <p className="entry-head"><a href={`/attachments/${file.id}`} download={file.name}>{file.name}</a> {file.paper === null ? null : <span className="badge">{papers.find(([key]) => key === file.paper)?.[1] ?? file.paper}</span>} {shareable && file.customerVisible === true ? <span className="badge">{t('files.shared')}</span> : null} <span>{size.format(Math.ceil(file.size / 1000))}</span> {file.author} <When at={file.recordedAt} /></p>
          </li>
        ))}
      </ul>
      {papers.length === 0 ? null : (
        <label>{t('files.paper')}{' '}
          <select value={paper} onChange={(event) => setPaper(event.target.value)}>
            <option value="">{t('files.noPaper')}</option>
            {papers.map(([key, label]) => <option key={key} value={key}>{label}</option>)}
          </select>{' '}
        </label>
      )}
      {shareable ? <label><input type="checkbox" checked={shared} onChange={(event) => setShared(event.target.checked)} /> {t('files.share')}</label> : null}
      <label htmlFor={id}>{t('files.add')}</label> <input id={id} type="file" onChange={(event) => void add(event)} />
      {refused === null ? null : <p className="refusal" role="alert"><RefusalText code={refused.code} message={refused.message} /></p>}
    </section>
  );
}

/** Adds a file to a record. Null when it was taken, else why not. */
export async function sendFile(ticketId: string, file: File, { paper, shared }: { readonly paper: string; readonly shared?: boolean }): Promise<Refused | null> {
  const query = new URLSearchParams({ ticket: ticketId, name: file.name, ...(paper === '' ? {} : { paper }), ...(shared === undefined ? {} : { customer: shared ? 'yes' : 'no' }) });
  const response = await fetch(`/attachments?${query}`, {
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
