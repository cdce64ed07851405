import { useQuery } from '@apollo/client/react';
import { useState } from 'react';
import { useDeskWords } from '../../app/desk-words.tsx';
import { RefusalText } from '../../components/refusal-text.tsx';
import { DeskGuideDocument, IntakeChoicesDocument } from '../../graphql/generated/desk/graphql.ts';
import { callSeconds, CallTimer, NO_CALL } from './call-timer.tsx';
import { EMPTY, type Draft } from './draft.ts';
import { IntakeFields } from './intake-fields.tsx';
import { IntakeSide } from './intake-side.tsx';
import { useIntakeWords } from './intake-words.ts';
import { LevelChoice } from './level-choice.tsx';
import { TemplateChoice } from './template-choice.tsx';
import { useRecording } from './use-recording.ts';
import './record.css';

/** The intake form (WBD-11): by keyboard, in under a minute; coverage, same incidents and criteria stand beside it. */
export function RecordPage() {
  const { t } = useDeskWords();
  const words = useIntakeWords();
  const [draft, setDraft] = useState(EMPTY);
  const choices = useQuery(IntakeChoicesDocument);
  const guide = useQuery(DeskGuideDocument).data?.deskGuide;
  const [call, setCall] = useState(NO_CALL);
  const { record, errors, busy } = useRecording(draft, () => callSeconds(call, performance.now()));
  const set = (part: Partial<Draft>): void => setDraft((before) => ({ ...before, ...part }));
  return (
    <main className="record">
      <form onSubmit={(event) => {
        event.preventDefault();
        void record(new FormData(event.currentTarget));
      }} onKeyDown={(event) => { if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) event.currentTarget.requestSubmit(); }}>
        <div className="record-head"><h1>{t('nav.record')}</h1><CallTimer call={call} onChange={setCall} limitMinutes={guide?.callMinutes} /></div>
        <TemplateChoice templates={guide?.incidentTemplates ?? []} onChoose={set} />
        {errors.filter(({ field }) => field === null).map(({ code, message }) => <p key={message} className="refusal" role="alert"><RefusalText code={code} message={message} /></p>)}
        <IntakeFields draft={draft} onChange={set} customers={choices.data?.customers.edges ?? []} errors={errors} />
        <LevelChoice draft={draft} onChange={set} criteria={choices.data?.levelCriteria ?? []} />
        <div className="form-end">
          <button type="submit" className="main" disabled={busy}>{words('intake.save')}</button>
          <span className="quiet">{words('intake.keys')}</span>
        </div>
      </form>
      <IntakeSide draft={draft} />
    </main>
  );
}
