import { lazy, Suspense, useId, useRef, useState, type ComponentProps } from 'react';
import { useMentionsWords } from './mentions-words.ts';

// Only who mentions somebody downloads the list.
const MentionPicker = lazy(async () => ({ default: (await import('./mention-picker.tsx')).MentionPicker }));

/** A text of several lines in which an @ offers people to mention (WBD-13), and says so. */
export function MentionField({ 'aria-describedby': described, ...props }: Omit<ComponentProps<'textarea'>, 'ref' | 'onInput'>) {
  const t = useMentionsWords();
  const hint = useId();
  const field = useRef<HTMLTextAreaElement>(null);
  const [wanted, setWanted] = useState(false);
  return (
    <>
      <textarea {...props} ref={field} aria-describedby={[described, hint].filter((id) => id !== undefined).join(' ')} onInput={({ currentTarget: { value } }) => { if (/[@＠]/.test(value)) setWanted(true); }} />
      <small id={hint} className="quiet">{t('hint')}</small>
      {wanted ? <Suspense fallback={null}><MentionPicker field={field} /></Suspense> : null}
    </>
  );
}
