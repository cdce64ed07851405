import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { Link, useParams } from '../../app/router.tsx';
import { PageMissing } from '../../components/page-state/page-state.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { AdminAddMemberDocument, AdminRemoveMemberDocument, AdminTeamsDocument, AdminUpdateTeamDocument, type AdminTeamFragment } from '../../graphql/generated/desk/graphql.ts';
import { Active, AdminPage } from './admin-page.tsx';
import { useAdminWords } from './admin-words.ts';
import { AskButton } from './ask-button.tsx';
import { EditForm } from './edit-form.tsx';
import { PersonChoice } from './person-choice.tsx';
import { Refusals } from './refusals.tsx';
import { purposeOf, useTeamFields } from './teams-page.tsx';
import { useSend } from './use-send.ts';
import { Uses } from './uses.tsx';

/** One team: what it is for, who leads it, who is in it. */
export function TeamPage() {
  const t = useAdminWords();
  const id = useParams()['id'] ?? '';
  const result = useQuery(AdminTeamsDocument, { fetchPolicy: 'cache-and-network' });
  return <QueryState result={result}>{({ teams }) => {
    const team = teams.find((one) => one.id === id);
    return team === undefined ? <PageMissing>{t('missing')}</PageMissing> : <OneTeam team={team} reload={result.refetch} />;
  }}</QueryState>;
}

function OneTeam({ team, reload }: { readonly team: AdminTeamFragment; readonly reload: () => Promise<unknown> }) {
  const t = useAdminWords();
  const { locale } = useDeskWords();
  const { busy, errors, send } = useSend();
  const update = async (more: object): Promise<boolean> => {
    const done = await send(AdminUpdateTeamDocument, { id: team.id, expectedVersion: team.version, ...more });
    await reload();
    return done !== null;
  };
  const current = { nameZh: team.nameZh, name: team.name, line: String(team.line), purpose: team.purpose, leadId: team.lead?.id ?? '' };
  return (
    <AdminPage title={locale === 'en' ? team.name : team.nameZh} up={['/admin/teams', t('teams.title')]} badge={<><code>{team.key}</code> <Active active={team.active} /></>}
      aside={<span className="admin-aside"><Link to={`/on-call?team=${team.id}`}>{t('nav.roster')} ↗</Link>{team.active
        ? <AskButton label={t('teams.dissolve')} question={t('teams.dissolveAsk')} onYes={() => update({ active: false })}><Uses of="team" id={team.id} /></AskButton>
        : <button type="button" onClick={() => void update({ active: true })}>{t('teams.restore')}</button>}</span>}>
      <div className="admin-columns">
        <section className="card"><h2>{t('facts')}</h2>
          <EditForm form={`team:${team.id}`} fields={useTeamFields(t, team.lead?.name ?? '')} current={current} version={team.version} errors={errors} busy={busy}
            onSave={(values, expectedVersion) => update({ expectedVersion, name: values['name'], nameZh: values['nameZh'], line: Number(values['line']), purpose: purposeOf(values['purpose']), leadId: values['leadId'] || null })} />
        </section>
        <Members team={team} reload={reload} />
      </div>
    </AdminPage>
  );
}

function Members({ team, reload }: { readonly team: AdminTeamFragment; readonly reload: () => Promise<unknown> }) {
  const t = useAdminWords();
  const { busy, errors, send } = useSend();
  const [chosen, setChosen] = useState('');
  const [round, setRound] = useState(0);
  return (
    <section className="card">
      <h2>{t('teams.members')}<small>{team.members.length}</small></h2>
      <form className="inline-form" onSubmit={(event) => {
        event.preventDefault();
        void send(AdminAddMemberDocument, { teamId: team.id, personId: chosen }).then(async (done) => { if (done !== null) { setChosen(''); setRound(round + 1); await reload(); } });
      }}>
        <label htmlFor="new-member">{t('teams.addMember')}</label><PersonChoice key={round} id="new-member" name="member" value={chosen} shown="" onChoose={setChosen} />
        <button type="submit" disabled={busy || chosen === ''}>{t('add')}</button>
      </form>
      <Refusals errors={errors} />
      {team.members.length === 0 ? <p className="quiet">{t('teams.noMembers')}</p> : <table><tbody>{team.members.map((member) => (
        <tr key={member.id}><td><Link to={`/admin/people/${member.id}`}>{member.name}</Link></td><td>{member.email}</td><td>{member.active ? null : <Active active={false} />}</td>
          <td className="figure"><AskButton label={t('teams.removeMember', { name: member.name })} question={t('teams.removeMemberAsk', { name: member.name })} disabled={busy} onYes={() => send(AdminRemoveMemberDocument, { teamId: team.id, personId: member.id }).then(reload)} /></td></tr>
      ))}</tbody></table>}
    </section>
  );
}
