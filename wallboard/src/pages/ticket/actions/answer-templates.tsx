import { useQuery } from '@apollo/client/react';
import { useDeskWords } from '../../../app/desk-words.tsx';
import { DeskGuideDocument } from '../../../graphql/generated/desk/graphql.ts';
import { useTicketWords } from '../ticket-words.ts';
import type { Ticket } from './action-form-types.ts';

/** INC-21: begins an entry with a text of policy, with the record's own number, caller and customer in it. */
export function AnswerTemplates({ ticket }: { readonly ticket: Ticket }) {
  const t = useTicketWords();
  const { locale } = useDeskWords();
  const { data } = useQuery(DeskGuideDocument);
  const templates = data?.deskGuide.answerTemplates ?? [];
  if (templates.length === 0) return null;
  return (
    <label className="field">
      <span>{t('template.answer')}</span>
      <select defaultValue="" onChange={(event) => {
        const chosen = templates.find(({ key }) => key === event.target.value);
        const form = event.target.form;
        const [text, visible] = [form?.elements.namedItem('text'), form?.elements.namedItem('customerVisible')];
        if (chosen === undefined) return;
        if (text instanceof HTMLTextAreaElement) text.value = filled(chosen.text, ticket);
        if (visible instanceof HTMLInputElement) visible.checked = chosen.customerVisible;
      }}>
        <option value="">{t('template.choose')}</option>
        {templates.map((one) => <option key={one.key} value={one.key}>{locale === 'zh-CN' ? one.zh : one.en}</option>)}
      </select>
    </label>
  );
}

/** The text with what stands for the record's own put in. */
export function filled(text: string, { number, caller, customer }: Pick<Ticket, 'number' | 'caller' | 'customer'>): string {
  return text.replaceAll('{number}', number).replaceAll('{caller}', caller ?? '—').replaceAll('{customer}', customer.name);
}
