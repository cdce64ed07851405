import { useMutation } from '@apollo/client/react';
import { useState, type FormEvent } from 'react';
import { RefusalText } from '../../components/refusal-text.tsx';
import { When } from '../../components/when.tsx';
import { IssueChangeReportDocument, NoteChangeReportDocument, SaveChangeReportDocument, type ChangeReportPartsFragment, type MetricNoteKind } from '../../graphql/generated/desk/graphql.ts';
import { newKey } from '../../lib/new-key.ts';
import type { MetricSpeech } from './metric-text.ts';

interface Props {
  readonly month: string;
  readonly report: ChangeReportPartsFragment | null;
  readonly speech: MetricSpeech;
  readonly mayIssue: boolean;
  readonly onDone: () => void;
}

type Refused = readonly { readonly code: string; readonly message: string }[];

/** Analysis and actions: a form while it is a draft, plain text once it is issued. */
export function ReportForms({ month, report, speech, mayIssue, onDone }: Props) {
  if (report?.state === 'ISSUED') return <IssuedTexts report={report} speech={speech} mayIssue={mayIssue} onDone={onDone} />;
  return mayIssue ? <DraftForm month={month} report={report} speech={speech} onDone={onDone} /> : <Texts report={report} speech={speech} />;
}

function DraftForm({ month, report, speech: { t }, onDone }: Omit<Props, 'mayIssue'>) {
  const [analysis, setAnalysis] = useState(report?.analysis ?? '');
  const [actions, setActions] = useState(report?.actions ?? '');
  const [refused, setRefused] = useState<Refused>([]);
  const [save, saving] = useMutation(SaveChangeReportDocument);
  const [issue, issuing] = useMutation(IssueChangeReportDocument);
  const busy = saving.loading || issuing.loading;
  const changed = analysis !== (report?.analysis ?? '') || actions !== (report?.actions ?? '');
  const settle = (errors: Refused): void => {
    setRefused(errors);
    if (errors.length === 0) onDone();
  };
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await save({ variables: { input: { month, analysis, actions, expectedVersion: report?.version ?? null, idempotencyKey: newKey() } } });
    settle(data?.saveChangeReport.userErrors ?? []);
  };
  const freeze = async (): Promise<void> => {
    if (report === null) return;
    const { data } = await issue({ variables: { input: { month, expectedVersion: report.version, idempotencyKey: newKey() } } });
    settle(data?.issueChangeReport.userErrors ?? []);
  };
  return (
    <form className="card report-texts" onSubmit={(event) => void send(event)}>
      <label className="field">{t('reports.analysis')}<textarea name="analysis" rows={6} required value={analysis} onChange={(event) => setAnalysis(event.target.value)} /></label>
      <label className="field">{t('reports.actions')}<textarea name="actions" rows={6} required value={actions} onChange={(event) => setActions(event.target.value)} /></label>
      <div className="form-end">
        <button type="submit" className="main" disabled={busy}>{t('reports.save')}</button>
        <button type="button" disabled={busy || report === null || changed} onClick={() => void freeze()}>{t('reports.issue')}</button>
        <Refusals errors={refused} />
      </div>
    </form>
  );
}

function Texts({ report, speech: { t } }: { readonly report: ChangeReportPartsFragment | null; readonly speech: MetricSpeech }) {
  if (report === null) return null;
  return (
    <section className="card report-texts">
      <div><h3>{t('reports.analysis')}</h3><p className="entry-body">{report.analysis}</p></div>
      <div><h3>{t('reports.actions')}</h3><p className="entry-body">{report.actions}</p></div>
    </section>
  );
}

const KINDS: readonly MetricNoteKind[] = ['CORRECTION', 'DISPUTE', 'EXCLUSION'];

function IssuedTexts({ report, speech, mayIssue, onDone }: { readonly report: ChangeReportPartsFragment } & Pick<Props, 'speech' | 'mayIssue' | 'onDone'>) {
  const { t } = speech;
  const [kind, setKind] = useState<MetricNoteKind>('CORRECTION');
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<Refused>([]);
  const [note, { loading }] = useMutation(NoteChangeReportDocument);
  const send = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    const { data } = await note({ variables: { input: { month: report.month, kind, text, idempotencyKey: newKey() } } });
    const errors = data?.noteChangeReport.userErrors ?? [];
    setRefused(errors);
    if (errors.length > 0) return;
    setText('');
    onDone();
  };
  return (
    <>
      <Texts report={report} speech={speech} />
      <section className="card report-notes">
        <h3>{t('reports.notes')}</h3>
        <ul className="entries">
          {report.notes.map((one) => <li key={one.id}><p className="entry-head"><b>{t(`note.${one.kind}`)}</b>{one.recordedBy} <When at={one.recordedAt} /></p><p className="entry-body">{one.text}</p></li>)}
        </ul>
        {mayIssue ? (
          <form className="filter-line" onSubmit={(event) => void send(event)}>
            <select aria-label={t('reports.noteKind')} value={kind} onChange={(event) => setKind(KINDS.find((one) => one === event.target.value) ?? 'CORRECTION')}>
              {KINDS.map((one) => <option key={one} value={one}>{t(`note.${one}`)}</option>)}
            </select>
            <input aria-label={t('reports.noteText')} placeholder={t('reports.noteText')} required value={text} onChange={(event) => setText(event.target.value)} />
            <button type="submit" disabled={loading}>{t('reports.addNote')}</button>
            <Refusals errors={refused} />
          </form>
        ) : null}
      </section>
    </>
  );
}

function Refusals({ errors }: { readonly errors: Refused }) {
  return errors.map(({ code, message }) => <span key={message} className="refusal" role="alert"><RefusalText code={code} message={message} /></span>);
}
