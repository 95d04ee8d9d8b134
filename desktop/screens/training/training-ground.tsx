import type { ReactNode } from 'react';
import { Starting } from '../frame/starting.tsx';
import { useLive } from '../live.ts';
import { TillProvider } from '../till.ts';
import type { TwoTills } from './counter.ts';
import { TrainingMarks } from './training-marks.tsx';
import { CounterContext } from './use-training.ts';

/**
 * What stands above every screen: shows them over the till that the counter is at, the real one or the one to practise on,
 * and marks the latter. Changing tills takes all screens down, and what they held with them.
 */
export function TrainingGround({
  counter,
  children,
}: {
  readonly counter: TwoTills;
  readonly children: ReactNode;
}) {
  const view = useLive(counter.training);
  const { real, practice } = counter;
  if (!view)
    return (
      <TillProvider value={real}>
        <Starting />
      </TillProvider>
    );
  return (
    <CounterContext value={{ ...counter, ...view }}>
      <TillProvider key={view.on?.trainingId ?? 'real'} value={view.on ? practice : real}>
        {view.on ? <TrainingMarks>{children}</TrainingMarks> : children}
      </TillProvider>
    </CounterContext>
  );
}
