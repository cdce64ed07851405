import { useApolloClient } from '@apollo/client/react';
import { useId, useState, type FormEvent, type ReactNode } from 'react';
import { teamName, useDeskWords } from '../../app/desk-words.tsx';
import { RefusalText } from '../../components/refusal-text.tsx';
import { ChangeSavedViewDocument, CreateSavedViewDocument, RemoveSavedViewDocument, type QueueChoicesQuery, type SavedViewScope } from '../../graphql/generated/desk/graphql.ts';
import { newKey } from '../../lib/new-key.ts';
import { QueueDialog } from './queue-dialog.tsx';
import type { QueueColumn, QueueView } from './queue-filter.ts';
import { useQueueWords } from './queue-words.ts';
import type { SavedView } from './use-saved-views.ts';

const SCOPES: readonly SavedViewScope[] = ['ME', 'TEAM', 'ALL'];

interface Props {
  /** What is kept: the address as it is now. */
  readonly view: QueueView;
  readonly columns: readonly QueueColumn[];
  /** Null: a new one. */
  readonly before: SavedView | null;
  readonly choices: QueueChoicesQuery | undefined;
  /** The address of what was kept; null: it was removed. */
  readonly onDone: (slug: string | null) => void;
  readonly onClose: () => void;
}

interface Fault { readonly code: string; readonly message: string; readonly field?: string | null }

/** Keeps the queue as it stands under a name, for oneself, a team or everybody; the server says who may share. */
export function ViewEditor({ view, columns, before, choices, onDone, onClose }: Props) {
  const { locale } = useDeskWords();
  const t = useQueueWords();
  const client = useApolloClient();
  const [name, setName] = useState(before?.name ?? '');
  const [slug, setSlug] = useState(before?.slug ?? '');
  const [scope, setScope] = useState<SavedViewScope>(before?.scope ?? 'ME');
  const [teamId, setTeamId] = useState(before?.team?.id ?? '');
  const [keepColumns, setKeepColumns] = useState((before?.columns.length ?? 0) > 0);
  const [faults, setFaults] = useState<readonly Fault[]>([]);
  const [sure, setSure] = useState(false);
  const run = async (work: () => Promise<{ readonly slug: string | null; readonly faults: readonly Fault[] }>): Promise<void> => {
    try {
      const done = await work();
      setFaults(done.faults);
      if (done.faults.length === 0) onDone(done.slug);
    } catch (error) {
      // FORBIDDEN comes as an error of the whole answer: only who may share, may.
      setFaults([{ code: 'FORBIDDEN', message: error instanceof Error ? error.message : String(error), field: 'scope' }]);
    }
  };
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const content = {
      name, slug: slug === '' ? null : slug, scope, teamId: scope === 'TEAM' && teamId !== '' ? teamId : null, filter: view.filter, sort: view.sort, grouping: view.group,
      columns: keepColumns ? [...columns] : [], idempotencyKey: newKey(),
    };
    void run(async () => {
      if (before === null) {
        const { data } = await client.mutate({ mutation: CreateSavedViewDocument, variables: { input: content }, fetchPolicy: 'no-cache' });
        return { slug: data?.createSavedView.savedView?.slug ?? null, faults: data?.createSavedView.userErrors ?? [] };
      }
      const { data } = await client.mutate({ mutation: ChangeSavedViewDocument, variables: { input: { ...content, id: before.id, expectedVersion: before.version } }, fetchPolicy: 'no-cache' });
      return { slug: data?.changeSavedView.savedView?.slug ?? null, faults: data?.changeSavedView.userErrors ?? [] };
    });
  };
  const remove = (): void => {
    if (before === null) return;
    if (!sure) return setSure(true);
    void run(async () => {
      const { data } = await client.mutate({ mutation: RemoveSavedViewDocument, variables: { input: { id: before.id, expectedVersion: before.version } }, fetchPolicy: 'no-cache' });
      return { slug: null, faults: data?.removeSavedView.userErrors ?? [] };
    });
  };
  const fault = (field: string) => faults.filter((one) => (one.field ?? 'name') === field || (field === 'name' && !FIELDS.includes(one.field ?? 'name')))
    .map(({ code, message }) => <span key={message} role="alert" className="refusal"><RefusalText code={code} message={message} /></span>);
  return (
    <QueueDialog title={t(before === null ? 'editor.new' : 'editor.change')} onClose={onClose}>
      <form onSubmit={save} className="view-form">
        <Field label={t('editor.name')} fault={fault('name')}>{(id) => <input id={id} required maxLength={60} value={name} onChange={(event) => setName(event.target.value)} />}</Field>
        <Field label={`${t('editor.slug')} /queue/v/…`} fault={fault('slug')}>{(id) => <input id={id} maxLength={60} placeholder={t('editor.slugHint')} value={slug} onChange={(event) => setSlug(event.target.value)} />}</Field>
        <Field label={t('editor.scope')} fault={fault('scope')}>
          {(id) => <select id={id} value={scope} onChange={(event) => setScope(SCOPES.find((one) => one === event.target.value) ?? 'ME')}>{SCOPES.map((one) => <option key={one} value={one}>{t(`scope.${one}`)}</option>)}</select>}
        </Field>
        {scope !== 'TEAM' ? null : (
          <Field label={t('editor.team')} fault={fault('teamId')}>
            {(id) => <select id={id} required value={teamId} onChange={(event) => setTeamId(event.target.value)}><option value="">{t('editor.team')}</option>{(choices?.teams ?? []).map((team) => <option key={team.id} value={team.id}>{teamName(team, locale)}</option>)}</select>}
          </Field>
        )}
        <label className="field" data-kind="flag">{t('editor.columns')}<input type="checkbox" checked={keepColumns} onChange={(event) => setKeepColumns(event.target.checked)} /></label>
        <p className="quiet">{t('editor.note')}</p>
        <div className="form-end">
          <button type="submit" className="main">{t('editor.save')}</button>
          <button type="button" onClick={onClose}>{t('cancel')}</button>
          {before === null ? null : <button type="button" className="plain" onClick={remove}>{t(sure ? 'editor.removeSure' : 'editor.remove')}</button>}
        </div>
      </form>
    </QueueDialog>
  );
}

const FIELDS = ['name', 'slug', 'scope', 'teamId'];

function Field({ label, fault, children }: { readonly label: string; readonly fault: ReactNode; readonly children: (id: string) => ReactNode }) {
  const id = useId();
  return <div className="field"><label htmlFor={id}>{label}</label>{children(id)}{fault}</div>;
}
