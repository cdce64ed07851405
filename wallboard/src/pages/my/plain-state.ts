import type { IncidentState } from '../../graphql/generated/desk/graphql.ts';
import type { MyTranslate } from './my-words.ts';

interface Standing {
  readonly state: IncidentState;
  readonly started: boolean;
  readonly turn?: string | null;
  readonly acceptedAt?: string | null;
  readonly feedbackArrivedAt?: string | null;
  /** What it waits for, in the reader's language. */
  readonly reason: string;
}

/** How an incident stands, as one would say it to the person who reported it. */
export function stateText(t: MyTranslate, { state, started, acceptedAt, feedbackArrivedAt, reason }: Standing): string {
  switch (state) {
    case 'SUSPENDED': return feedbackArrivedAt != null ? t('plain.answered') : t('plain.SUSPENDED', { reason });
    case 'IN_PROGRESS': return started ? t('plain.IN_PROGRESS') : t('plain.assigned');
    case 'AWAITING_FEEDBACK': return acceptedAt != null ? t('plain.accepted') : t('plain.AWAITING_FEEDBACK');
    case 'AWAITING_ASSIGNMENT': case 'CLOSED': return t(`plain.${state}`);
  }
}
