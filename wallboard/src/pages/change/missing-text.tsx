import { RefusalText } from '../../components/refusal-text.tsx';
import type { ChangeState } from '../../graphql/generated/desk/graphql.ts';
import type { ChangeMessageKey } from '../../lib/messages/change/zh-CN.ts';
import type { Translate } from '../../lib/messages/translator.ts';
import { PLAN_FIELDS } from './change-input.ts';
import { useChangeWords } from './change-words.ts';

interface Lack {
  readonly code: string;
  readonly message: string;
  readonly field: string | null;
}

/** What is missing, in the reader's language; the server's own sentence, which names tasks and items, stands in the title. */
export function MissingText({ lack, state }: { readonly lack: Lack; readonly state: ChangeState }) {
  const t = useChangeWords();
  const text = textOf(t, lack.field ?? '', state);
  return text === null ? <RefusalText code={lack.code} message={lack.message} /> : <span title={lack.message}>{text}</span>;
}

const PLAIN = ['ciIds', 'businessSystems', 'departments', 'implementerId', 'statements', 'review', 'ciResults', 'release'] as const;
const STEPS = { steering: 'STEERING', cab: 'CAB', customer: 'CUSTOMER', manager: 'MANAGER', consent: 'CONSENT' } as const;
const PAPERS = ['change-plan', 'implementation-application', 'completion-report'] as const;
const DEBTS = ['scope', 'plan', 'assessment', 'approval', 'change-plan', 'completion-report'] as const;
const SECTIONS = ['capacity', 'availability', 'continuity', 'sla', 'cost'] as const;

function textOf(t: Translate<ChangeMessageKey>, field: string, state: ChangeState): string | null {
  const plain = PLAIN.find((one) => one === field);
  if (plain !== undefined) return t(`missing.${plain}`);
  const plan = PLAN_FIELDS.find((one) => one === field);
  if (plan !== undefined) return t('missing.plan', { name: t(`plan.${plan}`) });
  if (isStep(field)) return t('missing.step', { name: t(`step.${STEPS[field]}`) });
  if (field === 'tasks') return t(state === 'PLANNING' ? 'missing.tasksPlan' : state === 'APPROVAL' || state === 'SCHEDULED' ? 'missing.tasksSend' : 'missing.tasksEnd');
  const paper = PAPERS.find((one) => `paper.${one}` === field);
  if (paper !== undefined) return t('missing.paper', { name: t(`paper.${paper}`) });
  const debt = DEBTS.find((one) => `debt.${one}` === field);
  if (debt !== undefined) return t('missing.debt', { name: t(`debt.${debt}`) });
  const section = SECTIONS.find((one) => field.startsWith('assessment.') && field.endsWith(`.${one}`));
  return section === undefined ? null : t('missing.assessment', { name: t(`section.${section}`), phase: t(field.startsWith('assessment.before') ? 'card.before' : 'card.after') });
}

function isStep(field: string): field is keyof typeof STEPS {
  return field in STEPS;
}
