import type { TypedDocumentNode } from '@graphql-typed-document-node/core';
import { useApolloClient } from '@apollo/client/react';
import { useState } from 'react';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { Link } from '../../app/router.tsx';
import { PageFailed } from '../../components/page-state/page-state.tsx';
import { When } from '../../components/when.tsx';
import type { WhatIfFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { useAdminWords } from './admin-words.ts';

interface Props<Input> {
  readonly query: TypedDocumentNode<{ whatIf: WhatIfFieldsFragment }, { input: Input }>;
  /** The very input that saving would send; null while it is not complete. */
  readonly input: Input | null;
}

/** SLA-10: what an edit would do to the open incidents, asked before it is saved; nothing is changed by asking. */
export function WhatIfPanel<Input>({ query, input }: Props<Input>) {
  const t = useAdminWords();
  const client = useApolloClient();
  const [answer, setAnswer] = useState<{ readonly whatIf: WhatIfFieldsFragment; readonly of: string } | null>(null);
  const [error, setError] = useState<unknown>();
  const [busy, setBusy] = useState(false);
  const asked = JSON.stringify(input);
  const ask = async (): Promise<void> => {
    if (input === null) return;
    setBusy(true);
    try {
      const { data } = await client.query({ query, variables: { input }, fetchPolicy: 'network-only' } as Parameters<typeof client.query>[0]);
      setAnswer({ whatIf: (data as { whatIf: WhatIfFieldsFragment }).whatIf, of: asked });
      setError(undefined);
    } catch (refused) {
      setError(refused);
    } finally {
      setBusy(false);
    }
  };
  return (
    <section className="what-if" aria-label={t('whatIf.title')}>
      <div className="what-if-head"><button type="button" disabled={busy || input === null} onClick={() => void ask()}>{busy ? t('whatIf.busy') : t('whatIf.ask')}</button><span className="quiet">{t('whatIf.explain')}</span></div>
      {error === undefined ? null : <PageFailed error={error} />}
      {answer === null || error !== undefined ? null : <div aria-live="polite">{answer.of === asked ? null : <p className="notice stale">{t('whatIf.old')}</p>}<Answer whatIf={answer.whatIf} /></div>}
    </section>
  );
}

function Answer({ whatIf }: { readonly whatIf: WhatIfFieldsFragment }) {
  const t = useAdminWords();
  const { locale, vocabulary } = useDeskWords();
  const { totals, byLevel, byCustomer, rows, rowTotal } = whatIf;
  const due = (clock: { readonly dueAt: string | null; readonly remainingMs: number | null } | null) => clock === null ? <>—</> : clock.dueAt === null ? <>{t('whatIf.left', { minutes: Math.round((clock.remainingMs ?? 0) / 60_000) })}</> : <When at={clock.dueAt} />;
  return (
    <>
      <p className="what-if-sum" data-breached={totals.breached > 0}><b>{t('whatIf.sum', { moved: totals.breached + totals.earlier + totals.later + totals.added + totals.ended, incidents: totals.incidents, breached: totals.breached })}</b> {whatIf.asOf === whatIf.now ? null : <>{t('whatIf.asOf')} <When at={whatIf.asOf} /></>}</p>
      <ul className="what-if-counts">
        {(['breached', 'earlier', 'later', 'added', 'ended', 'unchanged'] as const).map((change) => <li key={change} data-change={change}><b>{totals[change]}</b>{t(`change.${change}`)}</li>)}
        {totals.breachKept === 0 ? null : <li><b>{totals.breachKept}</b>{t('whatIf.breachKept')}</li>}
      </ul>
      {whatIf.needsReason ? <p className="notice">{t('whatIf.needsReason')}</p> : null}
      {rowTotal === 0 ? <p className="quiet">{t('whatIf.nothing')}</p> : (
        <>
          <div className="what-if-split">
            <table><thead><tr><th>{t('whatIf.level')}</th>{(['incidents', 'breached', 'earlier', 'later'] as const).map((name) => <th key={name} className="figure">{t(`change.${name}`)}</th>)}</tr></thead>
              <tbody>{byLevel.map((one) => <tr key={one.level}><th scope="row">{one.level}</th><td className="figure">{one.incidents}</td><td className="figure">{one.breached}</td><td className="figure">{one.earlier}</td><td className="figure">{one.later}</td></tr>)}</tbody></table>
            <table><thead><tr><th>{t('field.customer')}</th>{(['incidents', 'breached', 'earlier', 'later'] as const).map((name) => <th key={name} className="figure">{t(`change.${name}`)}</th>)}</tr></thead>
              <tbody>{byCustomer.slice(0, 8).map((one) => <tr key={one.customerId}><th scope="row">{one.customer}</th><td className="figure">{one.incidents}</td><td className="figure">{one.breached}</td><td className="figure">{one.earlier}</td><td className="figure">{one.later}</td></tr>)}</tbody></table>
          </div>
          <div className="scroll" tabIndex={0} role="region" aria-label={t('whatIf.rows')}><table className="what-if-rows">
            <thead><tr><th>{t('whatIf.incident')}</th><th>{t('field.customer')}</th><th>{t('whatIf.clock')}</th><th>{t('whatIf.effect')}</th><th>{t('whatIf.now')}</th><th>{t('whatIf.then')}</th></tr></thead>
            <tbody>{rows.map((row) => (
              <tr key={`${row.subjectId} ${row.kind}`} data-change={row.change}><td><Link to={`/incident/${row.number}`}>{row.number}</Link> <span className="badge" data-level={row.level}>{row.level}</span> {row.title}</td><td>{row.customer}</td>
                <td>{labelOf(vocabulary.clockKinds, row.kind, locale)}</td><td><span className="badge" data-change={row.change}>{t(`change.${row.change.toLowerCase() as 'breached'}`)}</span></td><td>{due(row.before)}</td><td>{due(row.after)}</td></tr>
            ))}</tbody>
          </table></div>
          {rows.length < rowTotal ? <p className="quiet">{t('whatIf.capped', { shown: rows.length, total: rowTotal })}</p> : null}
        </>
      )}
    </>
  );
}
