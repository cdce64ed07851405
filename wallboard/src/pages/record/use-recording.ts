import { useMutation } from '@apollo/client/react';
import { useRef, useState } from 'react';
import { useDeskWords, wordKey } from '../../app/desk-words.tsx';
import { useNavigate } from '../../app/router.tsx';
import { RecordIncidentDocument, type Difficulty, type RecordIncidentInput } from '../../graphql/generated/desk/graphql.ts';
import { newKey } from '../../lib/new-key.ts';
import { instantOfInput } from '../../lib/time/local-input.ts';
import type { Draft } from './draft.ts';
import type { IntakeErrors } from './intake-field.tsx';

interface Recording {
  readonly record: (form: FormData) => Promise<void>;
  readonly errors: IntakeErrors;
  readonly busy: boolean;
}

/** Sends the form; opens the new ticket, or says at which field the server refused it. */
export function useRecording(draft: Draft, callSeconds: () => number | undefined): Recording {
  const { t } = useDeskWords();
  const navigate = useNavigate();
  const [errors, setErrors] = useState<IntakeErrors>([]);
  const [send, { loading }] = useMutation(RecordIncidentDocument);
  const key = useRef(newKey());
  const record = async (form: FormData): Promise<void> => {
    try {
      const { data } = await send({ variables: { input: { ...inputOf(draft, form), callSeconds: callSeconds(), idempotencyKey: key.current } } });
      const number = data?.recordIncident.incident?.number;
      if (number !== undefined) void navigate(`/incident/${number}`);
      setErrors(data?.recordIncident.userErrors ?? []);
      // A key stands for one body: what is corrected and sent again is a new request.
      if (number === undefined) key.current = newKey();
    } catch {
      // Not known whether it arrived: the same key makes the next try safe.
      setErrors([{ code: 'UNREACHABLE', message: t('server.away'), field: null }]);
    }
  };
  return { record, errors, busy: loading };
}

function inputOf(draft: Draft, form: FormData): RecordIncidentInput {
  const text = (name: string): string | undefined => String(form.get(name) ?? '').trim() || undefined;
  const title = text('title') ?? '';
  return {
    customerId: draft.customerId, title, description: text('description') ?? title, channel: text('channel') ?? '', category: text('category') ?? '',
    technicalClass: text('technicalClass') ?? '', caller: text('caller'), callerPhone: text('callerPhone'), occurredAt: instantOfInput(text('occurredAt') ?? ''),
    serviceId: draft.serviceId || undefined, ciId: draft.ciId || undefined, symptom: draft.symptom || undefined, impact: draft.impact,
    urgency: draft.urgency, level: draft.level ?? undefined, difficulty: difficultyOf(text('difficulty')),
  };
}

function difficultyOf(word: string | undefined): Difficulty | undefined {
  return (['SIMPLE', 'NORMAL', 'HARD'] as const).find((one) => wordKey(one) === wordKey(word ?? ''));
}
