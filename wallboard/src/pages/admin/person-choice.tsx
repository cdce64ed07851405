import { useQuery } from '@apollo/client/react';
import { useId, useState } from 'react';
import { AdminStaffDocument } from '../../graphql/generated/desk/graphql.ts';

interface Props {
  readonly id: string;
  readonly name: string;
  /** The id that is chosen; empty: nobody. */
  readonly value: string;
  readonly shown: string;
  readonly onChoose: (id: string) => void;
  readonly 'aria-invalid'?: boolean;
  readonly 'aria-describedby'?: string | undefined;
}

/** Finds one of the provider's people by part of name or e-mail; the browser's own list is offered while typing. */
export function PersonChoice({ value, shown, onChoose, ...common }: Props) {
  const [text, setText] = useState(shown);
  const list = useId();
  const { data, previousData } = useQuery(AdminStaffDocument, { variables: { search: text.split(' · ')[0] ?? '' } });
  const found = ((data ?? previousData)?.people ?? []).filter(({ active, customerId }) => active && customerId === null);
  const labelled = found.map(({ id, name, email }) => ({ id, label: `${name} · ${email}` }));
  // The list may come after the name was typed or pasted whole.
  const chosen = labelled.find(({ label }) => label === text)?.id;
  if (chosen !== undefined && chosen !== value) queueMicrotask(() => onChoose(chosen));
  return (
    <>
      <input {...common} list={list} autoComplete="off" value={text} onChange={(event) => {
        setText(event.target.value);
        onChoose(labelled.find(({ label }) => label === event.target.value)?.id ?? '');
      }} />
      <datalist id={list}>{labelled.map(({ id, label }) => <option key={id} value={label}>{label}</option>)}</datalist>
    </>
  );
}
