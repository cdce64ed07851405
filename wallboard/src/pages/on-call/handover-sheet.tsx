import { useApolloClient } from '@apollo/client/react';
import { useState, type KeyboardEvent } from 'react';
import { labelOf, useDeskWords, type Vocabulary } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { recordPath } from '../../components/linked-records.tsx';
import { RefusalText } from '../../components/refusal-text.tsx';
import { When } from '../../components/when.tsx';
import {
  CompleteShiftHandoverDocument, RedrawShiftHandoverDocument, SendShiftHandoverBackDocument, SignShiftHandoverDocument, TakeOverShiftDocument, type ShiftHandoverAction, type ShiftHandoverWholeFragment,
} from '../../graphql/generated/desk/graphql.ts';
import type { Locale } from '../../lib/messages/translator.ts';
import { useOnCallWords } from './on-call-words.ts';

type Line = ShiftHandoverWholeFragment['lines'][number];
type Refused = { readonly code: string; readonly message: string };
interface Props {
  readonly handover: ShiftHandoverWholeFragment;
  readonly reload: () => Promise<unknown>;
}

const SECTIONS = ['ESCALATIONS', 'INCIDENTS', 'HANDOFFS', 'SUSPENDED', 'CHANGES'] as const;

/** Lines and notes, and what the reader may do; Ctrl + Enter signs or takes over. */
export function HandoverSheet({ handover, reload }: Props) {
  const t = useOnCallWords();
  const { availableActions, lines } = handover;
  const [notes, setNotes] = useState(handover.notes ?? '');
  const [lineNotes, setLineNotes] = useState<Readonly<Record<string, string>>>({});
  const [question, setQuestion] = useState('');
  const { act, refused, busy } = useHandoverActions(handover, { notes, lineNotes, question }, reload);
  const mayWrite = availableActions.includes('COMPLETE');
  const main = availableActions.find((action) => action === 'SIGN' || action === 'TAKE_OVER');
  const onKey = (event: KeyboardEvent): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || main === undefined) return;
    event.preventDefault();
    void act(main);
  };
  return (
    <div className="handover-sheet" role="group" aria-label={t('handover.title')} onKeyDown={onKey}>
      {lines.length === 0 ? <p className="quiet">{t('handover.nothing')}</p> : null}
      {SECTIONS.map((section) => ({ section, of: lines.filter((line) => line.section === section) })).filter(({ of }) => of.length > 0).map(({ section, of }) => (
        <section key={section} className="card">
          <h2>{t(`section.${section}`)} <span className="badge">{of.length}</span></h2>
          <ul className="handover-lines">{of.map((line) => (
            <LineRow key={line.id} line={line} note={lineNotes[line.id] ?? line.note ?? ''} write={mayWrite ? (note) => setLineNotes({ ...lineNotes, [line.id]: note }) : null} />
          ))}</ul>
        </section>
      ))}
      <section className="card">
        <h2><label htmlFor="handover-notes">{t('handover.notes')}</label></h2>
        {mayWrite ? <textarea id="handover-notes" rows={4} maxLength={2000} value={notes} onChange={(event) => setNotes(event.target.value)} /> : <p className="entry-body">{handover.notes ?? t('handover.noNotes')}</p>}
      </section>
      {availableActions.length === 0 ? null : (
        <section className="card handover-actions no-print">
          {availableActions.includes('SEND_BACK') ? <label>{t('handover.ask')}<input value={question} maxLength={2000} onChange={(event) => setQuestion(event.target.value)} /></label> : null}
          {availableActions.map((action) => <button key={action} type="button" className={action === main ? 'main' : ''} disabled={busy || (action === 'SEND_BACK' && question.trim() === '')} onClick={() => void act(action)}>{t(`action.${action}`)}</button>)}
          {main === undefined ? null : <span className="keys">{t('handover.keys')}</span>}
          {refused === null ? null : <p className="refusal" role="alert"><RefusalText {...refused} /></p>}
        </section>
      )}
    </div>
  );
}

function LineRow({ line, note, write }: { readonly line: Line; readonly note: string; readonly write: ((note: string) => void) | null }) {
  const t = useOnCallWords();
  const { locale, vocabulary } = useDeskWords();
  return (
    <li data-open={line.open}>
      <p className="entry-head"><span className="cell-level">{line.level ?? ''}</span> <Link to={recordPath(line)}>{line.number}</Link> <b>{line.title}</b> <span>{line.customer}</span>
        {line.open ? null : <span className="badge">{t('handover.closed')}</span>}</p>
      <p className="handover-facts"><span>{detailText(line, t, { vocabulary, locale })}</span>{line.holder === null ? null : <span>{line.holder}</span>}{line.at === null ? null : <span>{t(`at.${line.section}`)} <When at={line.at} /></span>}</p>
      {write === null ? (line.note === null ? null : <p className="handover-note">{line.note}</p>)
        : <input aria-label={t('handover.note', { number: line.number })} placeholder={t('handover.note', { number: line.number })} value={note} maxLength={2000} onChange={(event) => write(event.target.value)} />}
    </li>
  );
}

function detailText({ section, detail }: Line, t: ReturnType<typeof useOnCallWords>, { vocabulary, locale }: { readonly vocabulary: Vocabulary; readonly locale: Locale }): string {
  if (detail === null) return '';
  if (detail === 'breached' || detail === 'new-lv1') return t(`alarm.${detail}`);
  switch (section) {
    case 'ESCALATIONS': return labelOf(vocabulary.escalationSteps, detail, locale);
    case 'INCIDENTS': return labelOf(vocabulary.states, detail, locale);
    case 'SUSPENDED': return labelOf(vocabulary.suspensionReasons, detail, locale);
    case 'HANDOFFS': return detail;
    case 'CHANGES': return '';
  }
}

interface Written {
  readonly notes: string;
  readonly lineNotes: Readonly<Record<string, string>>;
  readonly question: string;
}

/** Before the lines are drawn anew or signed, what was typed is saved: nobody signs what the page does not show. */
function useHandoverActions(handover: ShiftHandoverWholeFragment, written: Written, reload: () => Promise<unknown>) {
  const client = useApolloClient();
  const [busy, setBusy] = useState(false);
  const [refused, setRefused] = useState<Refused | null>(null);
  const { id } = handover;
  const complete = async (): Promise<{ version: number; errors: readonly Refused[] }> => {
    const lines = Object.entries(written.lineNotes).map(([line, note]) => ({ id: line, note }));
    if (lines.length === 0 && written.notes === (handover.notes ?? '')) return { version: handover.version, errors: [] };
    const { data } = await client.mutate({ mutation: CompleteShiftHandoverDocument, variables: { input: { id, expectedVersion: handover.version, notes: written.notes, lines } }, fetchPolicy: 'no-cache' });
    return { version: data?.completeShiftHandover.shiftHandover?.version ?? handover.version, errors: data?.completeShiftHandover.userErrors ?? [] };
  };
  const send = async (action: ShiftHandoverAction, expectedVersion: number): Promise<readonly Refused[]> => {
    const input = { id, expectedVersion };
    switch (action) {
      case 'COMPLETE': return [];
      case 'REDRAW': return (await client.mutate({ mutation: RedrawShiftHandoverDocument, variables: { input }, fetchPolicy: 'no-cache' })).data?.redrawShiftHandover.userErrors ?? [];
      case 'SIGN': return (await client.mutate({ mutation: SignShiftHandoverDocument, variables: { input }, fetchPolicy: 'no-cache' })).data?.signShiftHandover.userErrors ?? [];
      case 'SEND_BACK': return (await client.mutate({ mutation: SendShiftHandoverBackDocument, variables: { input: { ...input, question: written.question } }, fetchPolicy: 'no-cache' })).data?.sendShiftHandoverBack.userErrors ?? [];
      case 'TAKE_OVER': return (await client.mutate({ mutation: TakeOverShiftDocument, variables: { input }, fetchPolicy: 'no-cache' })).data?.takeOverShift.userErrors ?? [];
    }
  };
  const act = async (action: ShiftHandoverAction): Promise<void> => {
    setBusy(true);
    try {
      const saved = handover.availableActions.includes('COMPLETE') ? await complete() : { version: handover.version, errors: [] };
      const errors = saved.errors.length > 0 ? saved.errors : await send(action, saved.version);
      setRefused(errors[0] ?? null);
      await reload();
    } catch (error) {
      setRefused({ code: 'UNREACHABLE', message: error instanceof Error ? error.message : '' });
    } finally {
      setBusy(false);
    }
  };
  return { act, refused, busy };
}
