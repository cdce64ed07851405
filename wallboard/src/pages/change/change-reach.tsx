import { useState } from 'react';
import { Link } from '../../app/router.tsx';
import { When } from '../../components/when.tsx';
import type { ChangeFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import { useCmdbNames } from '../cmdb/cmdb-names.ts';
import { useChangeWords } from './change-words.ts';

interface Part {
  readonly change: ChangeFieldsFragment;
}

const SHOWN = 8;

/** The CIs that it alters, what they reach, and what their owners say (CHG-02, CHG-12, CHG-17). */
export function ChangeReach({ change }: Part) {
  return <><OwnCis change={change} /><Impact change={change} /><Statements change={change} /></>;
}

function OwnCis({ change }: Part) {
  const t = useChangeWords();
  const { kindOf } = useCmdbNames();
  if (change.cis.length === 0) return null;
  const begun = change.implementationStartedAt !== null;
  return (
    <section className="card">
      <h2>{t('card.cis')}<small>{change.cis.length}</small></h2>
      <ul className="change-cis">
        {change.cis.map((ci) => (
          <li key={ci.id}><Link to={`/cmdb/ci/${ci.id}`}>{ci.name}</Link> <small>{kindOf(ci.class)}</small> {begun ? <span className={ci.result === null ? 'badge flag' : 'badge'}>{t(ci.result === 'altered' ? 'ci.altered' : ci.result === 'unchanged' ? 'ci.unchanged' : 'ci.open')}</span> : null}
            {ci.remark === null ? null : <p className="quiet">{ci.remark}</p>}</li>
        ))}
      </ul>
    </section>
  );
}

function Impact({ change: { impact } }: Part) {
  const t = useChangeWords();
  const { kindOf } = useCmdbNames();
  const [all, setAll] = useState(false);
  if (impact === null) return null;
  const shown = all ? impact.nodes : impact.nodes.slice(0, SHOWN);
  const rest = impact.nodes.length - shown.length;
  return (
    <section className="card">
      <h2>{t('card.impact')}<small><When at={impact.computedAt} /></small></h2>
      {impact.nodes.length === 0 ? <p className="quiet">{t('impact.none')}</p> : <p><b>{t('impact.count', { count: impact.nodes.length })}</b></p>}
      {impact.cutOff ? <p className="refusal">{t('impact.cutOff')}</p> : null}
      <ul className="change-cis">{shown.map((ci) => <li key={ci.id} title={ci.path.join(' → ')}><Link to={`/cmdb/ci/${ci.id}`}>{ci.name}</Link> <small>{kindOf(ci.class)} · {t('impact.depth', { depth: ci.depth })} · {ci.path.join(' → ')}</small></li>)}</ul>
      {rest > 0 ? <button type="button" className="plain" onClick={() => setAll(true)}>{t('impact.more', { count: rest })}</button> : null}
    </section>
  );
}

function Statements({ change }: Part) {
  const t = useChangeWords();
  if (change.statements.length === 0) return null;
  return (
    <section className="card">
      <h2>{t('card.statements')}<small>{change.statements.length}</small></h2>
      <ul className="entries">
        {change.statements.map((one) => (
          <li key={one.ciId} data-open={one.agrees === null}>
            <p className="entry-head"><b>{one.ciName}</b> {one.agrees === null ? t('statement.waiting', { name: one.ownerName ?? t('statement.nobody') }) : <><span className={one.agrees ? 'badge' : 'badge flag'}>{t(one.agrees ? 'statement.agrees' : 'statement.objects')}</span> {one.statedBy} <When at={one.statedAt} /></>}</p>
            {one.text === null ? null : <p className="entry-body">{one.text}</p>}
          </li>
        ))}
      </ul>
    </section>
  );
}
