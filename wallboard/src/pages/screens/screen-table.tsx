import { useDeskWords } from '../../app/desk-words.tsx';
import { When } from '../../components/when.tsx';
import { fullTime } from '../../lib/time/format-time.ts';
import type { BoardChoice, ScreenLine } from './screens-page.tsx';
import { useScreensWords } from './screens-words.ts';

interface Props {
  readonly screens: readonly ScreenLine[];
  readonly boards: readonly BoardChoice[];
  readonly onEdit: (screen: ScreenLine) => void;
  readonly onRevoke: (screen: ScreenLine) => void;
}

/** A shape for each state beside its words: never by colour alone. */
const MARKS = { LIVE: '●', AWAY: '○', CLONED: '▲', REVOKED: '✕' } as const;

export function ScreenTable({ screens, boards, onEdit, onRevoke }: Props) {
  const t = useScreensWords();
  const { locale } = useDeskWords();
  const nameOf = (id: string): string => {
    const board = boards.find((one) => one.id === id);
    return (locale === 'zh-CN' ? board?.nameZh : board?.name) ?? '—';
  };
  return (
    <section className="card screens-list">
      <table>
        <thead><tr>
          <th>{t('column.name')}</th><th>{t('column.state')}</th><th>{t('column.boards')}</th><th>{t('column.size')}</th><th>{t('column.seen')}</th><th>{t('column.version')}</th><th className="figure">{t('column.actions')}</th>
        </tr></thead>
        <tbody>{screens.map((screen) => (
          <tr key={screen.id} data-screen-state={screen.state}>
            <td><b>{screen.name}</b>{screen.place === null ? null : <small>{screen.place}</small>}</td>
            <td><State screen={screen} /></td>
            <td>{screen.boards.map(({ boardId, seconds }) => <div key={boardId}>{nameOf(boardId)}{screen.boards.length > 1 ? <small> {seconds} s</small> : null}</div>)}</td>
            <td>{screen.diagonalInches}″ / {screen.seatMetres} m</td>
            <td><When at={screen.lastSeenAt} /></td>
            <td>{screen.report === null ? '—' : <span title={screen.report.userAgent}>{screen.report.version}<small>{screen.report.width}×{screen.report.height}</small></span>}</td>
            <td className="figure">{screen.state === 'REVOKED' ? null : (
              <>
                <button type="button" className="plain" aria-label={`${t('edit')} ${screen.name}`} onClick={() => onEdit(screen)}>{t('edit')}</button>
                <button type="button" className="plain" aria-label={`${t('revoke')} ${screen.name}`} onClick={() => onRevoke(screen)}>{t('revoke')}</button>
              </>
            )}</td>
          </tr>
        ))}</tbody>
      </table>
    </section>
  );
}

function State({ screen }: { readonly screen: ScreenLine }) {
  const t = useScreensWords();
  const { locale, timeZone } = useDeskWords();
  const at = (iso: string): string => fullTime(Date.parse(iso), { locale, timeZone });
  const { state, lastSeenAt, revokedAt, revokedBy, clonedFrom, pairedAt, pairedBy } = screen;
  const more = state === 'REVOKED' ? t('revoked.by', { name: revokedBy ?? '', time: at(revokedAt ?? '') })
    : state === 'CLONED' ? t('cloned.from', { from: (clonedFrom ?? []).join(' · ') })
      : state === 'AWAY' ? (lastSeenAt === null ? t('away.never') : t('away.since', { time: at(lastSeenAt) }))
        : t('paired.by', { name: pairedBy, time: at(pairedAt) });
  return (
    <>
      <span className="badge screen-state" data-screen-state={state}><i aria-hidden="true">{MARKS[state]}</i> {t(`state.${state}`)}</span>
      <small>{more}</small>
      {state === 'REVOKED' ? null : screen.report?.problems.map((problem) => <small key={problem} className="screen-problem">{problemText(t, problem)}</small>)}
    </>
  );
}

const PROBLEMS = ['may-go-dark', 'not-full-screen', 'data-old', 'clock-off', 'hidden'] as const;

/** A device of another version may tell problems that this page does not know. */
function problemText(t: ReturnType<typeof useScreensWords>, problem: string): string {
  const known = PROBLEMS.find((one) => one === problem);
  return known === undefined ? problem : t(`problem.${known}`);
}
