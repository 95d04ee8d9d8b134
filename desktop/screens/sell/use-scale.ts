import { useEffect, useRef } from 'react';
import { gramsOf, type WeightError, weighStill } from '#shared/sales/weighing.ts';
import { useTill } from '../till.ts';

/** A weight that moves is asked for again this often, and for about five seconds. */
const pauseMs = 250;
const tries = 15;

/**
 * Asks the scale while the component is there, once without being told to. `leave` and going away drop the answer that
 * is under way: only the latest question is ever answered.
 */
export function useScale(onGrams: (grams: number) => void, onTrouble: (code: WeightError['code']) => void) {
  const { sales } = useTill().client;
  const asked = useRef(0);
  const leave = () => {
    asked.current += 1;
  };
  const ask = async () => {
    leave();
    const mine = asked.current;
    const wanted = () => asked.current === mine;
    const pause = async () => {
      await new Promise((resolve) => setTimeout(resolve, pauseMs));
      return wanted();
    };
    // A till that does not answer is a scale that does not.
    const weighing = await weighStill(() => sales.weigh(), { tries, pause }).catch(() => unanswered);
    if (weighing === null || !wanted()) return;
    const grams = gramsOf(weighing);
    if (grams.ok) onGrams(grams.value);
    else onTrouble(grams.error.code);
  };
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the dialog opens
  useEffect(() => {
    void ask();
    return leave;
  }, []);
  return { ask: () => void ask(), leave };
}

const unanswered = { code: 'offline' } as const;
