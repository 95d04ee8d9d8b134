import { useRef, useState } from 'react';
import type { PackHitView } from '#shared/catalog/calls.ts';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';
import type { LabelRefusal } from './words.ts';

/** A pack whose labels are wanted, and how many. */
export interface WantedLabel {
  readonly pack: PackHitView;
  readonly copies: number;
}

export interface Labels {
  readonly wanted: readonly WantedLabel[];
  readonly chosen: number;
  readonly total: number;
  /** Why nothing came out; null after the next change. */
  readonly refusal: LabelRefusal | null;
  /** How many labels came out last. */
  readonly printed: number | null;
  readonly add: (pack: PackHitView) => void;
  readonly choose: (index: number) => void;
  readonly change: (by: number) => void;
  readonly remove: () => void;
  readonly print: () => Promise<void>;
}

const mostCopies = 99;

/** The list of labels as it is put together, and its way to the printer. */
export function useLabels(): Labels {
  const { client } = useTill();
  const [wanted, setWanted] = useState<readonly WantedLabel[]>([]);
  const [index, setIndex] = useState(0);
  const [outcome, setOutcome] = useState<{ refusal: LabelRefusal | null; printed: number | null }>(quiet);
  const asked = useRef<{ readonly id: string; readonly wanted: readonly WantedLabel[] } | null>(null);
  const busy = useRef(false);
  const chosen = Math.min(index, Math.max(wanted.length - 1, 0));
  const set = (next: readonly WantedLabel[], at: number) => {
    setWanted(next);
    setIndex(at);
    setOutcome(quiet);
  };
  const changeAt = (at: number, by: number) => {
    const copies = (label: WantedLabel) => Math.min(Math.max(label.copies + by, 1), mostCopies);
    set(
      wanted.map((label, i) => (i === at ? { ...label, copies: copies(label) } : label)),
      at,
    );
  };
  return {
    ...{ wanted, chosen, ...outcome },
    total: wanted.reduce((sum, { copies }) => sum + copies, 0),
    add(pack) {
      const at = wanted.findIndex((label) => label.pack.packId === pack.packId);
      if (at >= 0) changeAt(at, 1);
      else set([...wanted, { pack, copies: 1 }], wanted.length);
    },
    choose: (at) => setIndex(Math.min(Math.max(at, 0), Math.max(wanted.length - 1, 0))),
    change: (by) => changeAt(chosen, by),
    remove: () =>
      set(
        wanted.filter((_, i) => i !== chosen),
        chosen,
      ),
    async print() {
      if (busy.current || wanted.length === 0) return;
      busy.current = true;
      // The same list asked for again is the same command: one whose answer was lost prints once.
      if (asked.current?.wanted !== wanted) asked.current = { id: crypto.randomUUID(), wanted };
      const labels = wanted.map(({ pack: { packId }, copies }) => ({ packId, copies }));
      const answer = await answerOf(client.catalog.labels.print({ commandId: asked.current.id, labels }));
      busy.current = false;
      if (answer.ok) {
        setWanted([]);
        setOutcome({ refusal: null, printed: answer.value.printed });
      } else setOutcome({ refusal: answer.refusal, printed: null });
    },
  };
}

const quiet = { refusal: null, printed: null };
