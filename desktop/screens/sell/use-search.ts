import { useEffect, useRef, useState } from 'react';
import type { PackHitView } from '#shared/catalog/calls.ts';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';

/** What a text found. `text` says which one: while a newer one is being looked up, the older answer stands. */
export interface Found {
  readonly text: string;
  readonly hits: readonly PackHitView[];
  /** Nothing matched as written; these are near it. */
  readonly corrected: boolean;
}

/** More than a person reads; the next letter narrows it. */
export const mostHits = 30;

/**
 * Looks the text up on every keystroke, without waiting for the next: the till answers within a frame. Answers that
 * come after a newer one are dropped. `onFound` is told of the answer to the text as it now stands.
 */
export function useSearch(text: string, onFound: (found: Found) => void): Found | null {
  const { client } = useTill();
  const [found, setFound] = useState<Found | null>(null);
  const told = useRef(onFound);
  useEffect(() => {
    told.current = onFound;
  });
  useEffect(() => {
    if (text.trim() === '') return setFound(null);
    let wanted = true;
    void answerOf(client.catalog.search({ text: text.trim(), limit: mostHits })).then((answer) => {
      if (!wanted) return;
      const next = { text, ...(answer.ok ? answer.value : { hits: [], corrected: false }) };
      setFound(next);
      told.current(next);
    });
    return () => {
      wanted = false;
    };
  }, [client, text]);
  return text.trim() === '' ? null : found;
}
