import { useQuery } from '@apollo/client/react';
import { labelOf, useDeskWords } from '../../app/desk-words.tsx';
import { Link, useNavigate } from '../../app/router.tsx';
import { QueryState } from '../../components/page-state/query-state.tsx';
import { AdminCreateTeamDocument, AdminTeamsDocument, type TeamPurpose } from '../../graphql/generated/desk/graphql.ts';
import { Active, AdminPage, NewForm, useSearchText } from './admin-page.tsx';
import { useAdminWords, type AdminTranslate } from './admin-words.ts';
import { EditForm, type EditField } from './edit-form.tsx';
import { useSend } from './use-send.ts';

/** The teams by line (ORG-02). */
export function TeamsPage() {
  const t = useAdminWords();
  const { locale, vocabulary } = useDeskWords();
  const [search, input] = useSearchText();
  const result = useQuery(AdminTeamsDocument, { fetchPolicy: 'cache-and-network' });
  const wanted = ({ name, nameZh, key }: { readonly name: string; readonly nameZh: string; readonly key: string }): boolean => `${name} ${nameZh} ${key}`.toLowerCase().includes(search.toLowerCase());
  return (
    <AdminPage title={t('teams.title')} aside={input}>
      <NewForm label={t('teams.new')}>{(close) => <NewTeam onCancel={close} />}</NewForm>
      <QueryState result={result} isEmpty={({ teams }) => teams.filter(wanted).length === 0} empty={t('none.found')}>{({ teams }) => (
        <section className="card"><table>
          <thead><tr><th>{t('field.name')}</th><th>{t('field.key')}</th><th>{t('teams.line')}</th><th>{t('teams.purpose')}</th><th>{t('teams.lead')}</th><th className="figure">{t('teams.members')}</th><th>{t('state')}</th></tr></thead>
          <tbody>{teams.filter(wanted).map((team) => (
            <tr key={team.id}><td><Link to={`/admin/teams/${team.id}`}>{locale === 'en' ? team.name : team.nameZh}</Link></td><td><code>{team.key}</code></td><td>{t('teams.lineOf', { line: team.line })}</td>
              <td>{labelOf(vocabulary.teamPurposes, team.purpose.toLowerCase().replaceAll('_', '-'), locale)}</td><td>{team.lead?.name ?? '—'}</td><td className="figure">{team.members.length}</td><td><Active active={team.active} /></td></tr>
          ))}</tbody>
        </table></section>
      )}</QueryState>
    </AdminPage>
  );
}

const PURPOSES: readonly TeamPurpose[] = ['DESK', 'ENGINEERS', 'SENIOR_ENGINEERS', 'TECHNICAL_MANAGERS', 'DUTY', 'OTHER'];
export const purposeOf = (value: string | undefined): TeamPurpose => PURPOSES.find((one) => one === value) ?? 'OTHER';

export function useTeamFields(t: AdminTranslate, lead: string): readonly EditField[] {
  const { locale, vocabulary } = useDeskWords();
  return [
    { name: 'nameZh', label: t('field.nameZh'), kind: 'text', required: true }, { name: 'name', label: t('field.nameEn'), kind: 'text', required: true },
    { name: 'line', label: t('teams.line'), kind: 'choice', required: true, options: [1, 2, 3].map((line) => [String(line), t('teams.lineOf', { line })]) },
    { name: 'purpose', label: t('teams.purpose'), kind: 'choice', required: true, options: PURPOSES.map((key) => [key, labelOf(vocabulary.teamPurposes, key.toLowerCase().replaceAll('_', '-'), locale)]), hint: t('teams.purposeHint') },
    { name: 'leadId', label: t('teams.lead'), kind: 'person', shown: lead, hint: t('teams.leadHint') },
  ];
}

function NewTeam({ onCancel }: { readonly onCancel: () => void }) {
  const t = useAdminWords();
  const navigate = useNavigate();
  const { busy, errors, send } = useSend();
  const fields: readonly EditField[] = [{ name: 'key', label: t('field.key'), kind: 'text', required: true, hint: t('teams.keyHint') }, ...useTeamFields(t, '')];
  return <EditForm form="team.new" title={t('teams.new')} fields={fields} current={{ line: '1', purpose: 'OTHER' }} version={0} errors={errors} busy={busy} onCancel={onCancel} onSave={async (values) => {
    const done = await send(AdminCreateTeamDocument, { key: values['key'] ?? '', name: values['name'] ?? '', nameZh: values['nameZh'] ?? '', line: Number(values['line']), purpose: purposeOf(values['purpose']), leadId: values['leadId'] || null });
    if (done?.record) void navigate(`/admin/teams/${done.record.id}`);
    return done !== null;
  }} />;
}
