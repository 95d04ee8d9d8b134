import { Trans, useLingui } from '@lingui/react/macro';
import { Check } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import type { TillState } from '#shared/auth/calls.ts';
import { cx } from '#shared/ui/cx.ts';
import { Progress } from '#shared/ui/progress.tsx';
import { Frame } from '../frame/frame.tsx';

type JoiningState = Extract<TillState, { readonly phase: 'joining' }>;

const steps = ['keys', 'snapshot', 'index', 'history'] as const;

/** How far joining has come: the step, rows of total, rate, time left. It goes on whatever becomes of this page. */
export function Joining({ state }: { readonly state: JoiningState }) {
  const { t } = useLingui();
  const rate = useRate(state.rowsDone, state.step);
  const labels = {
    keys: t`Making the keys of this till`,
    snapshot: t`Receiving catalogue, prices and stock`,
    index: t`Preparing the search`,
    history: t`Receiving what was sold before`,
  };
  const at = steps.indexOf(state.step);
  return (
    <Frame>
      <main className="grid min-h-0 place-content-center overflow-auto p-8">
        <section className="grid w-[720px] max-w-full gap-6 rounded-10 border border-line bg-surface p-6">
          <h1 className="text-28 font-semibold tracking-tight">
            <Trans>Joining the store</Trans>
          </h1>
          <ol className="grid gap-2">
            {steps.map((step, i) => (
              <li
                key={step}
                aria-current={i === at ? 'step' : undefined}
                className={cx('flex h-8 items-center gap-3', i === at ? 'font-semibold' : 'text-muted')}
              >
                <span className="grid size-6 flex-none place-items-center text-ok">
                  {i < at ? <Check size={20} aria-hidden /> : <bdi className="text-muted">{i + 1}</bdi>}
                </span>
                {labels[step]}
              </li>
            ))}
          </ol>
          <Progress
            title={labels[state.step]}
            state={{
              rowsDone: state.rowsDone,
              rowsTotal: state.rowsTotal > 0 ? state.rowsTotal : null,
              rate,
            }}
          />
        </section>
      </main>
    </Frame>
  );
}

/** Rows a second over the whole of a step. */
function useRate(rowsDone: number, step: string): number {
  const start = useRef({ step, rowsDone, atMs: Date.now() });
  const [rate, setRate] = useState(0);
  useEffect(() => {
    if (start.current.step !== step) start.current = { step, rowsDone, atMs: Date.now() };
    const ms = Date.now() - start.current.atMs;
    setRate(ms > 0 ? ((rowsDone - start.current.rowsDone) / ms) * 1000 : 0);
  }, [rowsDone, step]);
  return rate;
}
