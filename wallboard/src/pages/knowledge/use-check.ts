import { useQuery } from '@apollo/client/react';
import { useEffect, useState } from 'react';
import { CheckArticleDocument, type CheckArticleQuery } from '../../graphql/generated/desk/graphql.ts';

export interface CheckedText {
  readonly shortDescription: string;
  readonly symptom: string;
  readonly cause: string;
  readonly solution: string;
  readonly prevention: string;
}

export type Similar = CheckArticleQuery['similarArticles'][number];

const PAUSE_MS = 500;

/** What the server says of a text while it is written; asked when the typing pauses (KNW-04). */
export function useCheck(text: CheckedText, articleId: string | undefined): CheckArticleQuery | undefined {
  const settled = useSettled(text);
  const empty = Object.values(settled).every((part) => part.trim() === '');
  const { data, previousData } = useQuery(CheckArticleDocument, { variables: { input: { ...settled, ...(articleId === undefined ? {} : { articleId }) } }, skip: empty });
  return data ?? previousData;
}

/** Articles on nearly the same thing as one that stands already. */
export function useSimilar({ id, shortDescription, symptom, cause, solution, prevention }: CheckedText & { readonly id: string }, wanted: boolean): readonly Similar[] {
  const { data } = useQuery(CheckArticleDocument, { variables: { input: { articleId: id, shortDescription, symptom, cause, solution, prevention } }, skip: !wanted });
  return data?.similarArticles ?? [];
}

function useSettled<Value>(value: Value): Value {
  const [settled, setSettled] = useState(value);
  const key = JSON.stringify(value);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(value), PAUSE_MS);
    return () => clearTimeout(timer);
    // The text decides, not the object that carries it.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [key]);
  return settled;
}
