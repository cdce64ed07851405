import { CombinedGraphQLErrors } from '@apollo/client/errors';
import { useApolloClient, useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { teamName, useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { RefusalText } from '../../components/refusal-text.tsx';
import { AssignIncidentsDocument, BulkNamesDocument, BulkTeamsDocument, FollowIncidentsDocument, TakeIncidentsDocument } from '../../graphql/generated/desk/graphql.ts';
import { newKey } from '../../lib/new-key.ts';
import { BULK_CHUNK, retryBulk, runBulk, type BulkAnswer, type BulkFault, type BulkItem } from './bulk-run.ts';
import { QueueDialog } from './queue-dialog.tsx';
import { useQueueWords } from './queue-words.ts';

export type BulkAction = 'assign' | 'take' | 'follow';

interface Props {
  readonly items: readonly BulkItem[];
  /** The action that a key asked for; null: none. */
  readonly action: BulkAction;
  readonly onClose: () => void;
  /** Those that were done are selected no longer. */
  readonly onDone: (failed: readonly string[]) => void;
}

interface Target { readonly teamId: string; readonly holderId: string; readonly reason: string }

/** One confirmation for all, then what became of each: those that failed stand line by line with their reason, and can be tried again. */
export function BulkDialog({ items: given, action, onClose, onDone }: Props) {
  const t = useQueueWords();
  const client = useApolloClient();
  // What was selected when the dialog was opened: the list goes on below it.
  const [items] = useState(given);
  const [target, setTarget] = useState<Target>({ teamId: '', holderId: '', reason: '' });
  const [running, setRunning] = useState<number | null>(null);
  const [faults, setFaults] = useState<readonly BulkFault[] | null>(null);
  const [names, setNames] = useState<ReadonlyMap<string, { readonly number: string; readonly title: string; readonly version: number }>>(new Map());

  const send = async (part: readonly BulkItem[], key: string): Promise<BulkAnswer> => {
    const input = { items: part.map(({ id, version }) => ({ id, expectedVersion: version })), idempotencyKey: key };
    const context = { fetchPolicy: 'no-cache' as const };
    const nothing: BulkAnswer = { results: [], userErrors: [] };
    try {
      switch (action) {
        case 'assign': {
          const assign = { ...input, teamId: target.teamId || null, holderId: target.holderId || null, reason: target.reason || null };
          return (await client.mutate({ mutation: AssignIncidentsDocument, variables: { input: assign }, ...context })).data?.assignIncidents ?? nothing;
        }
        case 'take': return (await client.mutate({ mutation: TakeIncidentsDocument, variables: { input }, ...context })).data?.takeIncidents ?? nothing;
        case 'follow': return (await client.mutate({ mutation: FollowIncidentsDocument, variables: { input }, ...context })).data?.followIncidents ?? nothing;
      }
    } catch (error) {
      if (!CombinedGraphQLErrors.is(error)) throw error;
      return { results: null, userErrors: error.errors.map(({ message, extensions }) => ({ code: String(extensions?.['code'] ?? ''), message })) };
    }
  };
  const nameThem = async (failed: readonly BulkFault[]): Promise<typeof names> => {
    const known = new Map<string, { number: string; title: string; version: number }>();
    for (let from = 0; from < failed.length; from += BULK_CHUNK) {
      const { data } = await client.query({ query: BulkNamesDocument, variables: { ids: failed.slice(from, from + BULK_CHUNK).map(({ item }) => item.id) }, fetchPolicy: 'no-cache' });
      for (const node of data?.nodes ?? []) if (node?.__typename === 'Incident') known.set(node.id, node);
    }
    return known;
  };
  const carryOut = async (work: (run: Parameters<typeof runBulk>[1]) => Promise<readonly BulkFault[]>): Promise<void> => {
    setRunning(0);
    const failed = await work({ send, newKey, onProgress: setRunning });
    setNames(await nameThem(failed).catch(() => names));
    setFaults(failed);
    setRunning(null);
    onDone(failed.map(({ item }) => item.id));
  };
  const retry = (): void => void carryOut((run) => retryBulk(faults ?? [], (item) => ({ id: item.id, version: names.get(item.id)?.version ?? item.version }), run));
  return (
    <QueueDialog title={t(`sure.${action}`, { count: items.length })} onClose={onClose}>
      {faults === null ? (
        <form className="bulk-form" onSubmit={(event) => { event.preventDefault(); void carryOut((run) => runBulk(items, run)); }}>
          {action === 'assign' ? <AssignFields target={target} onChange={setTarget} /> : null}
          <p className="quiet">{t('bulk.each')}</p>
          <div className="form-end">
            <button type="submit" className="main" disabled={running !== null || (action === 'assign' && target.teamId === '' && target.holderId === '')}>{t(`sure.${action}`, { count: items.length })}</button>
            <button type="button" onClick={onClose}>{t('cancel')}</button>
            <output>{running === null ? '' : t('bulk.running', { done: running, count: items.length })}</output>
          </div>
        </form>
      ) : (
        <div className="bulk-report">
          <p role="status"><b>{t('bulk.done', { done: items.length - faults.length, failed: faults.length })}</b></p>
          {faults.length === 0 ? null : (
            <ul tabIndex={0} aria-label={t('bulk.done', { done: items.length - faults.length, failed: faults.length })}>
              {faults.map((fault) => <FaultLine key={fault.item.id} fault={fault} name={names.get(fault.item.id)} />)}
            </ul>
          )}
          <div className="form-end">
            {faults.length === 0 ? null : <button type="button" className="main" disabled={running !== null} onClick={retry}>{t('bulk.retry', { count: faults.length })}</button>}
            <button type="button" onClick={onClose}>{t('close')}</button>
          </div>
        </div>
      )}
    </QueueDialog>
  );
}

function FaultLine({ fault: { item, code, message, key }, name }: { readonly fault: BulkFault; readonly name: { readonly number: string; readonly title: string } | undefined }) {
  const t = useQueueWords();
  return (
    <li data-code={code}>
      {name === undefined ? <span>{item.id.slice(0, 8)}</span> : <Link to={`/incident/${name.number}`}>{name.number} {name.title}</Link>}
      <span className="refusal">{key === null ? <RefusalText code={code} message={message} /> : t('bulk.unreached')}</span>
    </li>
  );
}

/** A team, a person of it, and why. */
function AssignFields({ target, onChange }: { readonly target: Target; readonly onChange: (target: Target) => void }) {
  const { locale } = useDeskWords();
  const t = useQueueWords();
  const { data } = useQuery(BulkTeamsDocument);
  const teams = data?.teams ?? [];
  const team = teams.find(({ id }) => id === target.teamId);
  const people = team?.members ?? [...new Map(teams.flatMap(({ members }) => members.map((member) => [member.id, member] as const))).values()];
  const known = people.some(({ id }) => id === target.holderId);
  useEffect(() => { if (data !== undefined && target.holderId !== '' && !known) onChange({ ...target, holderId: '' }); });
  return (
    <>
      <label className="field">{t('bulk.team')}
        <select value={target.teamId} onChange={(event) => onChange({ ...target, teamId: event.target.value })}>
          <option value="">{t('bulk.ownTeam')}</option>
          {teams.map((one) => <option key={one.id} value={one.id}>{teamName(one, locale)}</option>)}
        </select>
      </label>
      <label className="field">{t('bulk.person')}
        <select value={target.holderId} onChange={(event) => onChange({ ...target, holderId: event.target.value })}>
          <option value="">{t('bulk.noPerson')}</option>
          {people.map(({ id, name }) => <option key={id} value={id}>{name}</option>)}
        </select>
      </label>
      <label className="field">{t('bulk.reason')}<input value={target.reason} maxLength={500} onChange={(event) => onChange({ ...target, reason: event.target.value })} /></label>
    </>
  );
}
