import { useQuery } from '@apollo/client/react';
import { useEffect, useEffectEvent, useId, useRef, useState, type RefObject } from 'react';
import { MentionPeopleDocument, type MentionPeopleQuery } from '../../graphql/generated/desk/graphql.ts';
import { usePaused } from '../use-paused.ts';
import { mentionAt, mentionOf, type Mention } from './mention-text.ts';
import { useMentionsWords } from './mentions-words.ts';
import './mentions.css';

const MOST_OFFERED = 8;
/** Keys that move the caret out of a mention or into it. */
const MOVES: readonly string[] = ['ArrowLeft', 'ArrowRight', 'Home', 'End'];

type Person = MentionPeopleQuery['people'][number];

/**
 * WBD-13: people for the @ in which the caret stands, by the combobox pattern. The text field keeps its own role, as a field of
 * several lines may not be a combobox: it names its list and the active option, and a status says how many there are.
 */
export function MentionPicker({ field }: { readonly field: RefObject<HTMLTextAreaElement | null> }) {
  const t = useMentionsWords();
  const id = useId();
  const [at, setAt] = useState(0);
  const { mention, close } = useMention(field, () => setAt(0));
  const { people, offered } = useOffered(mention);
  const insert = (person: Person): void => {
    if (mention === null) return;
    close();
    field.current?.setRangeText(mentionOf(person, people), mention.start, mention.start + 1 + mention.query.length, 'end');
  };
  useKeys(field, (event) => {
    const person = offered[at];
    // What confirms a candidate of an input method chooses nobody; older browsers say so by 229 alone.
    if (person === undefined || event.isComposing || event.keyCode === 229 || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return false;
    if (event.key === 'ArrowDown') setAt((at + 1) % offered.length);
    else if (event.key === 'ArrowUp') setAt((at + offered.length - 1) % offered.length);
    else if (event.key === 'Enter' || event.key === 'Tab') insert(person);
    else if (event.key === 'Escape') close();
    else return false;
    return true;
  });
  useSpokenFor(field, offered.length === 0 ? null : { list: id, option: `${id}-${at}` });
  return (
    <>
      <p className="unseen" role="status">{offered.length === 0 ? '' : t('count', { count: offered.length })}</p>
      {offered.length === 0 ? null : (
        <div id={id} className="mention-list" role="listbox" aria-label={t('list')}>
          {offered.map((person, index) => (
            <div key={person.id} id={`${id}-${index}`} role="option" tabIndex={-1} aria-selected={index === at} onMouseDown={(event) => { event.preventDefault(); insert(person); }}>
              {person.name} <small>{person.email}{person.customerId === null ? '' : ` · ${t('contact')}`}</small>
            </div>
          ))}
        </div>
      )}
    </>
  );
}

/** The mention in which the caret stands, until it is inserted or dismissed; none while an input method composes. */
function useMention(field: RefObject<HTMLTextAreaElement | null>, onChange: () => void): { readonly mention: Mention | null; readonly close: () => void } {
  const [mention, setMention] = useState<Mention | null>(null);
  const done = useRef<number | null>(null);
  const read = useEffectEvent((): void => {
    const element = field.current;
    if (element === null) return;
    const found = element.selectionStart === element.selectionEnd ? mentionAt(element.value, element.selectionStart) : null;
    if (found?.start !== done.current) done.current = null;
    setMention(done.current === null ? found : null);
    onChange();
  });
  useEffect(() => {
    const element = field.current;
    if (element === null) return undefined;
    const leave = (): void => setMention(null);
    const typed = (event: Event): void => { if (!(event instanceof InputEvent && event.isComposing)) read(); };
    const moved = ({ key, isComposing }: KeyboardEvent): void => { if (!isComposing && MOVES.includes(key)) read(); };
    const told = { input: typed, compositionstart: leave, compositionend: () => read(), click: () => read(), blur: leave };
    for (const [name, listener] of Object.entries(told)) element.addEventListener(name, listener);
    element.addEventListener('keyup', moved);
    // The sign that called for this list stands there already.
    read();
    return () => {
      for (const [name, listener] of Object.entries(told)) element.removeEventListener(name, listener);
      element.removeEventListener('keyup', moved);
    };
  }, [field]);
  const close = (): void => {
    done.current = mention?.start ?? null;
    setMention(null);
  };
  return { mention, close };
}

/** Who fits what is typed by now; the server's answer to an earlier letter is narrowed down here. */
function useOffered(mention: Mention | null): { readonly people: readonly Person[]; readonly offered: readonly Person[] } {
  const query = mention?.query.trim().toLowerCase() ?? '';
  const search = usePaused(query);
  const { data, previousData } = useQuery(MentionPeopleDocument, { variables: { search }, skip: mention === null });
  const people = ((data ?? previousData)?.people ?? []).filter(({ active }) => active);
  const fits = ({ name, email }: Person): boolean => name.toLowerCase().includes(query) || email.toLowerCase().includes(query);
  return { people, offered: mention === null ? [] : people.filter(fits).slice(0, MOST_OFFERED) };
}

/** Listens at the field itself: a form around it, which Escape closes, must not hear a key that was taken. */
function useKeys(field: RefObject<HTMLTextAreaElement | null>, take: (event: KeyboardEvent) => boolean): void {
  const press = useEffectEvent((event: KeyboardEvent): void => {
    if (!take(event)) return;
    event.preventDefault();
    event.stopPropagation();
  });
  useEffect(() => {
    const element = field.current;
    const listen = (event: KeyboardEvent): void => press(event);
    element?.addEventListener('keydown', listen);
    return () => element?.removeEventListener('keydown', listen);
  }, [field]);
}

/** Tells assistive technology of the list, at the field. */
function useSpokenFor(field: RefObject<HTMLTextAreaElement | null>, shown: { readonly list: string; readonly option: string } | null): void {
  const [list, option] = [shown?.list ?? null, shown?.option ?? null];
  useEffect(() => {
    const element = field.current;
    element?.setAttribute('aria-autocomplete', 'list');
    element?.setAttribute('aria-haspopup', 'listbox');
    for (const [name, value] of [['aria-controls', list], ['aria-activedescendant', option]] as const) {
      if (value === null) element?.removeAttribute(name);
      else element?.setAttribute(name, value);
    }
  }, [field, list, option]);
}
