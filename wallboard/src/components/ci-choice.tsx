import { useQuery } from '@apollo/client/react';
import { useEffect, useEffectEvent, useId, useState } from 'react';
import { FindCisDocument } from '../graphql/generated/desk/graphql.ts';

/** Finds a configuration item by part of its name; the browser's own list is offered while typing. */
export function CiChoice({ onChoose, id: inputId }: { readonly onChoose: (id: string) => void; readonly id?: string }) {
  const [text, setText] = useState('');
  const id = useId();
  const { data, previousData } = useQuery(FindCisDocument, { variables: { search: text }, skip: text.length < 2 });
  const found = (data ?? previousData)?.cis ?? [];
  const chosen = found.find(({ name }) => name === text)?.id ?? '';
  const tell = useEffectEvent(onChoose);
  // A name that is pasted or typed quickly is whole before the list that has it comes.
  useEffect(() => { tell(chosen); }, [chosen]);
  return (
    <>
      <input id={inputId} list={id} value={text} autoComplete="off" onChange={(event) => setText(event.target.value)} />
      <datalist id={id}>{found.map((ci) => <option key={ci.id} value={ci.name}>{ci.class}</option>)}</datalist>
    </>
  );
}
