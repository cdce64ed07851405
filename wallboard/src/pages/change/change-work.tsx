import type { ReactNode } from 'react';
import { When } from '../../components/when.tsx';
import type { ChangeFieldsFragment } from '../../graphql/generated/desk/graphql.ts';
import type { ChangeMessageKey } from '../../lib/messages/change/zh-CN.ts';
import { useChangeWords } from './change-words.ts';

interface Part {
  readonly change: ChangeFieldsFragment;
}

/** Tasks, attempts, outages, debts, exceptions and the log: what was done. Parts without entries are left out. */
export function ChangeWork({ change }: Part) {
  return <><Tasks change={change} /><Attempts change={change} /><Outages change={change} /><Debts change={change} /><Decisions change={change} /><Log change={change} /></>;
}

function Card({ title, count, children }: { readonly title: ChangeMessageKey; readonly count: number; readonly children: ReactNode }) {
  const t = useChangeWords();
  return count === 0 ? null : <section className="card"><h2>{t(title)}<small>{count}</small></h2>{children}</section>;
}

function Tasks({ change }: Part) {
  const t = useChangeWords();
  return (
    <Card title="card.tasks" count={change.tasks.length}>
      <table>
        <thead><tr><th>{t('task.what')}</th><th>{t('task.who')}</th><th>{t('task.planned')}</th><th>{t('task.actual')}</th><th>{t('column.state')}</th></tr></thead>
        <tbody>{change.tasks.map((task) => (
          <tr key={task.id}>
            <td>{task.seq}. {task.title}{task.remark === null ? null : <small> {task.remark}</small>}</td><td>{task.implementer.name}</td>
            <td><When at={task.plannedStartAt} /><br /><small><When at={task.plannedEndAt} /></small></td>
            <td><When at={task.startedAt} />{task.endedAt === null ? null : <><br /><small><When at={task.endedAt} /></small></>}</td>
            <td><span className={task.done === false ? 'badge flag' : 'badge'}>{task.done === null ? t(task.sentAt === null ? 'task.unsent' : 'task.sent') : t(task.done ? 'task.done' : 'task.undone')}</span></td>
          </tr>
        ))}</tbody>
      </table>
    </Card>
  );
}

function Attempts({ change }: Part) {
  const t = useChangeWords();
  return (
    <Card title="card.attempts" count={change.attempts.length}>
      <ul className="entries">
        {change.attempts.map((one) => (
          <li key={one.number} data-open={one.endedAt === null}>
            <p className="entry-head">
              <b>{t('attempt.number', { number: one.number })}</b> {one.startedBy} <When at={one.startedAt} />{one.endedAt === null ? null : <> → <When at={one.endedAt} /></>}
              <span className={one.succeeded === false ? 'badge flag' : 'badge'}>{one.succeeded === null ? t('attempt.running') : t(one.succeeded ? 'attempt.succeeded' : 'attempt.failed')}</span>
              {one.followedBy === null ? null : <span className="badge">{t(`attempt.${one.followedBy}`)}</span>}
            </p>
            {one.remark === null ? null : <p className="entry-body">{one.remark}</p>}
            {one.rolledBackAt === null ? null : <p className="entry-body">↩ {t('attempt.rolledBack')} <When at={one.rolledBackAt} /> {one.rollbackRemark === one.remark ? null : one.rollbackRemark}</p>}
            {one.verification === null ? null : <p className="entry-body">{one.verifiedAt === null ? t('attempt.doubted', { tests: one.verification }) : t('attempt.verified', { tests: one.verification, name: one.verifiedBy ?? '' })}</p>}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Outages({ change }: Part) {
  const t = useChangeWords();
  return (
    <Card title="card.outages" count={change.outages.length}>
      <p><b>{t('outage.total', { minutes: change.outageMinutes })}</b></p>
      <ul className="entries">
        {change.outages.map((one) => (
          <li key={one.id}><p className="entry-head"><b>{one.system}</b> {t('outage.minutes', { minutes: one.minutes })} {one.keySystem ? <span className="badge flag">{t('outage.key')}</span> : null} {one.recordedBy}</p>{one.remark === null ? null : <p className="entry-body">{one.remark}</p>}</li>
        ))}
      </ul>
    </Card>
  );
}

const DEBTS = ['scope', 'plan', 'assessment', 'approval', 'change-plan', 'completion-report'] as const;

function Debts({ change }: Part) {
  const t = useChangeWords();
  const nameOf = (item: string): string => {
    const known = DEBTS.find((one) => one === item);
    return known === undefined ? item : t(`debt.${known}`);
  };
  return (
    <Card title="card.debts" count={change.debts.length}>
      {change.debtDueAt === null || change.debtPaidAt !== null ? null : <p className={change.debtMissedAt === null ? 'quiet' : 'refusal'}>{t('debt.due')} <When at={change.debtDueAt} /></p>}
      <ul className="change-debts">
        {change.debts.map(({ item, paidAt, paidBy }) => <li key={item} data-paid={paidAt !== null}><span aria-hidden="true">{paidAt === null ? '☐' : '☑'}</span> {nameOf(item)} <small>{paidAt === null ? t('debt.open') : t('debt.paid', { name: paidBy ?? '' })}</small></li>)}
      </ul>
    </Card>
  );
}

const DECISIONS = ['freeze-override', 'no-release', 'plan-trimmed', 'no-rollback', 'recorded-afterwards', 'conflict-accepted'] as const;

function Decisions({ change }: Part) {
  const t = useChangeWords();
  const nameOf = (kind: string): string => {
    const known = DECISIONS.find((one) => one === kind);
    return known === undefined ? kind : t(`decision.${known}`);
  };
  return (
    <Card title="card.decisions" count={change.decisions.length}>
      <ul className="entries">{change.decisions.map((one) => <li key={one.id}><p className="entry-head"><b>{nameOf(one.kind)}</b> {one.decidedBy} <When at={one.decidedAt} /></p><p className="entry-body">{one.reason}</p></li>)}</ul>
    </Card>
  );
}

function Log({ change }: Part) {
  const t = useChangeWords();
  return (
    <Card title="card.log" count={change.workLog.length}>
      <ul className="entries">{change.workLog.map((one) => <li key={one.id}><p className="entry-head"><b>{one.author}</b> <When at={one.occurredAt} /> <span className="badge">{t(one.customerVisible ? 'log.visible' : 'log.internal')}</span></p><p className="entry-body">{one.text}</p></li>)}</ul>
    </Card>
  );
}
