import { useDeskWords } from '../../app/desk-words.tsx';
import type { DeskGuideQuery } from '../../graphql/generated/desk/graphql.ts';
import { useIntakeWords } from './intake-words.ts';

type Template = DeskGuideQuery['deskGuide']['incidentTemplates'][number];

/** INC-21: fills the form with what such an incident mostly says; everything can be changed afterwards. */
export function TemplateChoice({ templates, onChoose }: { readonly templates: readonly Template[]; readonly onChoose: (part: { title: string; symptom: string }) => void }) {
  const t = useIntakeWords();
  const { locale } = useDeskWords();
  return (
    <label className="field">
      <span>{t('template.label')}</span>
      <select name="template" defaultValue="" onChange={(event) => {
        const chosen = templates.find(({ key }) => key === event.target.value);
        if (chosen === undefined) return;
        for (const name of ['title', 'description', 'category', 'technicalClass'] as const) fill(event.target.form, name, chosen[name]);
        onChoose({ title: chosen.title, symptom: chosen.symptom ?? '' });
      }}>
        <option value="">{t('template.none')}</option>
        {templates.map((one) => <option key={one.key} value={one.key}>{locale === 'zh-CN' ? one.zh : one.en}</option>)}
      </select>
    </label>
  );
}

function fill(form: HTMLFormElement | null, name: string, value: string): void {
  const input = form?.elements.namedItem(name);
  if (input instanceof HTMLInputElement || input instanceof HTMLTextAreaElement || input instanceof HTMLSelectElement) input.value = value;
}
