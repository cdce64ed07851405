import { useQuery } from '@apollo/client/react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { ProposedLevelDocument, type IntakeChoicesQuery } from '../../graphql/generated/desk/graphql.ts';
import type { Draft } from './draft.ts';
import { useIntakeWords } from './intake-words.ts';

interface Props {
  readonly draft: Draft;
  readonly onChange: (part: Partial<Draft>) => void;
  readonly criteria: IntakeChoicesQuery['levelCriteria'];
}

const STEPS = [1, 2, 3] as const;

/** The level is proposed from impact × urgency and chosen by a person, who sees each level's written criteria (INC-04, INC-26). */
export function LevelChoice({ draft, onChange, criteria }: Props) {
  const { t, locale } = useDeskWords();
  const words = useIntakeWords();
  const { data } = useQuery(ProposedLevelDocument, { variables: { impact: draft.impact, urgency: draft.urgency } });
  const proposed = data?.proposeLevel ?? null;
  const chosen = draft.level ?? proposed;
  const scale = (name: 'impact' | 'urgency') => (
    <fieldset className="chips">
      <legend>{words(`intake.${name}`)}</legend>
      {STEPS.map((step) => (
        <button key={step} type="button" aria-pressed={draft[name] === step} onClick={() => onChange({ [name]: step, level: null })}>{t(`scale.${step}`)}</button>
      ))}
    </fieldset>
  );
  return (
    <section className="level-choice">
      <div className="filter-line">{scale('impact')}{scale('urgency')}</div>
      <div className="level-cards" role="radiogroup" aria-label={t('filter.level')}>
        {criteria.map((one) => (
          <label key={one.level} data-level={one.level} data-chosen={chosen === one.level}>
            {/* Neither a click nor the space bar changes the proposed level, which is marked already; both confirm it. */}
            <input type="radio" name="level" value={one.level} checked={chosen === one.level} onChange={() => onChange({ level: one.level })}
              onClick={() => onChange({ level: one.level })} onKeyDown={(event) => { if (event.key === ' ') onChange({ level: one.level }); }} />
            <b>{`${one.level} ${locale === 'zh-CN' ? one.labelZh : one.labelEn}`}</b>
            {draft.level === one.level ? <i>{words('intake.confirmed')}</i> : proposed === one.level ? <i>{words('intake.proposed')}</i> : null}
            <span>{one.criteria}</span>
            <small>{one.examples}</small>
          </label>
        ))}
      </div>
    </section>
  );
}
