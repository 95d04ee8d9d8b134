import { createContext, useContext } from 'react';
import type { InPlace } from '#shared/auth/calls.ts';
import type { TrainingView } from '#shared/auth/calls-training.ts';
import { answerOf, repeatable } from '../refusal.ts';
import type { TwoTills } from './counter.ts';

export const CounterContext = createContext<(TwoTills & TrainingView) | null>(null);

/** The training at this counter: which is on, how one begins, how it ends. Asked of the real till, wherever one is. */
export function useTraining() {
  const counter = useContext(CounterContext);
  if (!counter) throw new Error('useTraining needs TrainingGround above it');
  const { on, real } = counter;
  const { training } = real.client.auth;
  return {
    on,
    /** `trainingId` is the caller's: asked again after a lost answer, it is one training. */
    begin: (trainingId: string, inPlace?: InPlace) =>
      answerOf(training.begin({ trainingId, ...(inPlace && { inPlace }) })),
    end: () =>
      on ? answerOf(training.end({ trainingId: on.trainingId }, { context: repeatable(20) })) : null,
  };
}
