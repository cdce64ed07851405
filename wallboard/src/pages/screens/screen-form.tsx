import { useMutation } from '@apollo/client/react';
import { useState } from 'react';
import { RefusalText } from '../../components/refusal-text.tsx';
import { PairScreenDocument, UpdateScreenDocument } from '../../graphql/generated/desk/graphql.ts';
import { newKey } from '../../lib/new-key.ts';
import { fitOf } from '../board/legibility.ts';
import { BoardTurns, type Turn } from './board-turns.tsx';
import { FitCard } from './fit-card.tsx';
import type { BoardChoice, ScreenLine } from './screens-page.tsx';
import { useScreensWords } from './screens-words.ts';

interface Props {
  readonly boards: readonly BoardChoice[];
  /** Null: a new one, by its code. */
  readonly screen: ScreenLine | null;
  readonly onDone: () => void;
  readonly onCancel: () => void;
}

interface Refused {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
}

const USUAL = { diagonal: 65, seat: 4, seconds: 30 };

/** Sets a screen up: its code, what it shows, and its size, with what that means for who sits farthest. */
export function ScreenForm({ boards, screen, onDone, onCancel }: Props) {
  const t = useScreensWords();
  const [key] = useState(newKey);
  const [pair, pairing] = useMutation(PairScreenDocument);
  const [update, updating] = useMutation(UpdateScreenDocument);
  const [errors, setErrors] = useState<readonly Refused[]>([]);
  const [diagonalInches, setDiagonal] = useState(screen?.diagonalInches ?? USUAL.diagonal);
  const [seatMetres, setSeat] = useState(screen?.seatMetres ?? USUAL.seat);
  const [turns, setTurns] = useState<readonly Turn[]>(screen?.boards ?? boards.slice(0, 1).map(({ id }) => ({ boardId: id, seconds: USUAL.seconds })));
  const size = { diagonalInches, seatMetres };
  const send = async (form: FormData): Promise<void> => {
    const text = (name: string): string => String(form.get(name) ?? '').trim();
    const settings = {
      name: text('name'), place: text('place') === '' ? null : text('place'), locale: text('locale') === 'EN' ? 'EN' as const : 'ZH_CN' as const, sound: form.get('sound') === 'on', ...size,
      boards: turns.map(({ boardId, seconds }) => ({ boardId, seconds })),
    };
    const refused = screen === null
      ? (await pair({ variables: { input: { ...settings, code: text('code'), idempotencyKey: `${key}${text('code')}` } } })).data?.pairScreen.userErrors
      : (await update({ variables: { input: { ...settings, id: screen.id, expectedVersion: screen.version, cloneSeen: form.get('cloneSeen') === 'on' } } })).data?.updateScreen.userErrors;
    if (refused?.length === 0) onDone();
    else setErrors(refused ?? []);
  };
  return (
    <form className="card action-form screen-form" onKeyDown={({ key: pressed }) => { if (pressed === 'Escape') onCancel(); }} onSubmit={(event) => {
      event.preventDefault();
      void send(new FormData(event.currentTarget));
    }}>
      <h2>{screen === null ? t('form.pair') : t('form.edit', { name: screen.name })}</h2>
      {errors.map(({ code, message }) => <p key={message} className="refusal" role="alert"><RefusalText code={code} message={message} /></p>)}
      <div className="screen-form-fields">
        {screen === null ? <label className="field code">{t('field.code')}<input name="code" required autoFocus autoComplete="off" spellCheck={false} maxLength={20} aria-invalid={errors.some(({ field }) => field === 'code')} /></label> : null}
        <label className="field">{t('field.name')}<input name="name" required maxLength={80} defaultValue={screen?.name} autoFocus={screen !== null} /></label>
        <label className="field">{t('field.place')}<input name="place" maxLength={120} defaultValue={screen?.place ?? ''} /></label>
        <label className="field">{t('field.locale')}<select name="locale" defaultValue={screen?.locale ?? 'ZH_CN'}><option value="ZH_CN">简体中文</option><option value="EN">English</option></select></label>
        <label className="field">{t('field.diagonal')}<input name="diagonal" type="number" required min={20} max={200} step="any" value={diagonalInches} onChange={({ target }) => setDiagonal(target.valueAsNumber || 0)} /></label>
        <label className="field">{t('field.seat')}<input name="seat" type="number" required min={0.5} max={30} step="any" value={seatMetres} onChange={({ target }) => setSeat(target.valueAsNumber || 0)} aria-invalid={errors.some(({ field }) => field === 'seatMetres')} /></label>
        <label className="field" data-kind="flag">{t('field.sound')}<input name="sound" type="checkbox" defaultChecked={screen?.sound ?? true} /></label>
        {screen?.clonedAt == null ? null : <label className="field" data-kind="flag">{t('field.cloneSeen')}<input name="cloneSeen" type="checkbox" /></label>}
      </div>
      <BoardTurns boards={boards} turns={turns} onChange={setTurns} />
      {diagonalInches > 0 && seatMetres > 0 ? <FitCard screen={size} boardId={turns[0]?.boardId ?? null} /> : null}
      <div className="form-end">
        <button type="submit" className="main" disabled={pairing.loading || updating.loading || turns.length === 0 || !fitOf(size).legible}>{screen === null ? t('pair') : t('save')}</button>
        <button type="button" className="plain" onClick={onCancel}>{t('cancel')}</button>
      </div>
    </form>
  );
}
