import { useAdminWords } from './admin-words.ts';
import { TargetInput } from './target-input.tsx';
import type { Target } from './target-text.ts';

const ROWS = ['any', 'LV1', 'LV2', 'LV3', 'LV4'] as const;
const COLUMNS = ['response', 'startOfWork', 'onSite', 'resolution', 'progressReportEvery'] as const;
export type OwnTargets = Readonly<Partial<Record<string, Readonly<Partial<Record<string, Target>>>>>>;

/** An agreement's own targets, per level or for all (AGR-05); an empty cell leaves it to tier and level table (D-15). */
export function TargetsTable({ value, onChange }: { readonly value: OwnTargets; readonly onChange: (value: OwnTargets) => void }) {
  const t = useAdminWords();
  const set = (row: string, column: string, target: Target | null): void => {
    const { [column]: _old, ...others } = value[row] ?? {};
    const next = target === null ? others : { ...others, [column]: target };
    const { [row]: _row, ...rows } = value;
    onChange(Object.keys(next).length === 0 ? rows : { ...rows, [row]: next });
  };
  return (
    <div className="scroll"><table className="targets">
      <caption className="quiet">{t('targets.hint')}</caption>
      <thead><tr><th>{t('whatIf.level')}</th>{COLUMNS.map((column) => <th key={column} scope="col">{t(`target.${column}`)}</th>)}</tr></thead>
      <tbody>{ROWS.map((row) => (
        <tr key={row}><th scope="row">{row === 'any' ? t('targets.any') : row}</th>{COLUMNS.map((column) => (
          <td key={column}><TargetInput label={`${row === 'any' ? t('targets.any') : row} ${t(`target.${column}`)}`} value={value[row]?.[column] ?? null} onChange={(target) => set(row, column, target)} /></td>
        ))}</tr>
      ))}</tbody>
    </table></div>
  );
}
