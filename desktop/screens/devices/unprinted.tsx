import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { Button } from '#shared/ui/button.tsx';
import type { Chord } from '../keys/chord.ts';
import { useLive } from '../live.ts';
import { useTill } from '../till.ts';
import { useTroubleWords } from './printer-words.ts';
import type { usePrinters } from './use-printers.ts';

/** Receipts that did not come out, or may not have: the newest first, with what a person can do about it and its keys. */
export function useUnprinted(settle: ReturnType<typeof usePrinters>['settle']): {
  readonly note: ReactNode;
  readonly keys: Readonly<Record<Chord, () => void>>;
} {
  const { t } = useLingui();
  const trouble = useTroubleWords();
  const jobs = useLive(useTill().prints) ?? [];
  const open = jobs.filter(({ state }) => state === 'failed' || state === 'unknown');
  const [job] = open;
  if (!job) return { note: null, keys: {} };
  const again = () => void settle(job.id, 'printAgain', t`It is being printed`);
  const seen = () => void settle(job.id, 'cameOut', t`Settled: it came out`);
  const unknown = job.state === 'unknown';
  const { printer } = job;
  const { what } = trouble(job.error);
  const count = open.length;
  return {
    keys: unknown ? { KeyP: again, KeyY: seen } : { KeyP: again },
    note: (
      <section className="flex-none border-t border-line-soft bg-warn-soft p-4 low:py-2">
        <h2 className="font-semibold text-warn">
          {t`${plural(count, { one: '# receipt needs you', other: '# receipts need you' })}`}
        </h2>
        <p className="text-14">
          {unknown ? (
            <Trans>
              {printer}: {what}. Nobody can say whether it is on paper. Look, then say.
            </Trans>
          ) : (
            <Trans>
              {printer}: {what}. Nothing came out.
            </Trans>
          )}
        </p>
        <div className="mt-2 flex flex-wrap gap-2">
          <Button keys="P" tabIndex={-1} onClick={again}>
            {unknown ? <Trans>Nothing came out: print it</Trans> : <Trans>Print it now</Trans>}
          </Button>
          {unknown && (
            <Button keys="Y" tabIndex={-1} onClick={seen}>
              <Trans>It came out</Trans>
            </Button>
          )}
        </div>
      </section>
    ),
  };
}
