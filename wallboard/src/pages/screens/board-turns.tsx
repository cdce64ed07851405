import { useDeskWords } from '../../app/desk-words.tsx';
import type { BoardChoice } from './screens-page.tsx';
import { useScreensWords } from './screens-words.ts';

export interface Turn {
  readonly boardId: string;
  readonly seconds: number;
}

interface Props {
  readonly boards: readonly BoardChoice[];
  readonly turns: readonly Turn[];
  readonly onChange: (turns: readonly Turn[]) => void;
}

const USUAL_SECONDS = 30;

/** Which boards a screen shows, in which order, and how long each stays; chosen ones first, in their order. */
export function BoardTurns({ boards, turns, onChange }: Props) {
  const t = useScreensWords();
  const { locale } = useDeskWords();
  const chosen = turns.flatMap(({ boardId }) => boards.filter(({ id }) => id === boardId));
  const others = boards.filter(({ id }) => !turns.some(({ boardId }) => boardId === id));
  const earlier = (index: number): readonly Turn[] => {
    const [before, turn] = [turns[index - 1], turns[index]];
    return before === undefined || turn === undefined ? turns : [...turns.slice(0, index - 1), turn, before, ...turns.slice(index + 1)];
  };
  return (
    <fieldset className="board-turns">
      <legend>{t('field.boards')}</legend>
      {[...chosen, ...others].map(({ id, name, nameZh }) => {
        const label = (locale === 'zh-CN' ? nameZh : name) ?? name;
        const index = turns.findIndex(({ boardId }) => boardId === id);
        return (
          <div key={id} className="board-turn">
            <label><input type="checkbox" checked={index >= 0} onChange={({ target }) => onChange(target.checked ? [...turns, { boardId: id, seconds: USUAL_SECONDS }] : turns.filter(({ boardId }) => boardId !== id))} /> {label}</label>
            {index < 0 || turns.length < 2 ? null : (
              <>
                <input type="number" min={10} max={3600} required aria-label={t('field.seconds', { board: label })} value={turns[index]?.seconds ?? USUAL_SECONDS} onChange={({ target }) => onChange(turns.map((turn) => (turn.boardId === id ? { ...turn, seconds: target.valueAsNumber || 0 } : turn)))} /> s
                {index === 0 ? null : <button type="button" className="plain" aria-label={t('board.earlier', { board: label })} onClick={() => onChange(earlier(index))}>↑</button>}
              </>
            )}
          </div>
        );
      })}
    </fieldset>
  );
}
