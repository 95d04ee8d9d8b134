import { Trans, useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import type { ScannerReader } from '#shared/auth/calls-scanners.ts';
import { Button } from '#shared/ui/button.tsx';
import { Pane } from '#shared/ui/pane.tsx';
import { setDesk } from '../desk.ts';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { useScreenKeys } from '../sync-status/use-screen-keys.ts';
import type { Learnt } from './learn.ts';
import { LearntList } from './learnt-list.tsx';
import { ReadersList } from './readers-list.tsx';
import type { Setup } from './setup.ts';
import { TestSymbol } from './symbol.tsx';
import { testCodeIds, testCodes } from './test-codes.ts';
import { type Keeping, readerOf, useSetup } from './use-setup.ts';
import { symbologies, useProblemWords } from './words.ts';

/** Three codes to scan, and what they say about the scanner: kept with Enter, and read by from then on. */
export function ScannerSetupTask() {
  const { t } = useLingui();
  const { view, setup, keeping, pass, again, keep, forget } = useSetup();
  const back = () => setDesk({ task: 'sell' });
  useCommands({ back, scan: back });
  useScreenKeys({ KeyN: pass, KeyR: again, Enter: keep, NumpadEnter: keep });
  const shown = setup.shown;
  const position = shown === null ? testCodeIds.length : testCodeIds.indexOf(shown) + 1;
  const known = view?.wedge ?? null;
  return (
    <Frame
      moment={[
        shown === null ? { keys: 'Enter', label: t`keep` } : { keys: 'N', label: t`cannot read it` },
        { keys: 'R', label: t`begin again` },
        { keys: 'Esc', label: t`to sale` },
      ]}
    >
      <main className="panes sync-panes">
        <Pane title={t`Set up scanner`} aside={shown && t`code ${position} of ${testCodeIds.length}`}>
          {setup.learnt && (
            <Outcome
              learnt={setup.learnt}
              reader={readerOf(view, setup.scannerId)}
              keeping={keeping}
              onKeep={keep}
            />
          )}
          {shown !== null && (
            <div className="grid min-h-0 flex-1 content-start justify-items-center gap-5 overflow-auto p-6 low:gap-2 low:p-2">
              <h2 className="text-28 font-semibold tracking-tight low:text-20">
                <Trans>Scan this code</Trans>
              </h2>
              <TestSymbol code={testCodes[shown]} label={t`Test code: ${symbologies[shown]}`} />
              <Note setup={setup} />
            </div>
          )}
        </Pane>
        <Pane title={t`Scanners here`} className="overflow-auto">
          <section className="px-4 py-3 text-14">
            <h2 className="mb-2 font-semibold">
              <Trans>That type</Trans>
            </h2>
            {known ? (
              <>
                <LearntList profile={known} />
                <Button size={32} className="mt-3" onClick={() => void forget()}>
                  <Trans>Forget it</Trans>
                </Button>
              </>
            ) : (
              <p className="text-muted">
                <Trans>Not set up: read as the till’s keyboard, Enter or Tab at the end.</Trans>
              </p>
            )}
          </section>
          <ReadersList readers={view?.readers ?? []} />
        </Pane>
      </main>
    </Frame>
  );
}

/** What was wrong with the last scan, or what to do when nothing happens. */
function Note({ setup }: { readonly setup: Setup }) {
  const words = useProblemWords();
  return (
    <p role="status" className={setup.problem ? 'max-w-[64ch] text-stop' : 'max-w-[64ch] text-muted'}>
      {setup.problem ? (
        words(setup.problem)
      ) : (
        <Trans>
          Hold the scanner a hand’s width from the screen. N passes over a code that it cannot read.
        </Trans>
      )}
    </p>
  );
}

function Outcome({
  learnt,
  reader,
  keeping,
  onKeep,
}: {
  readonly learnt: Learnt;
  /** Null for a scanner that types. */
  readonly reader: ScannerReader | null;
  readonly keeping: Keeping;
  readonly onKeep: () => void;
}) {
  const words: Readonly<Record<Keeping, ReactNode>> = {
    no: <Trans>Nothing is kept yet.</Trans>,
    kept: <Trans>Kept. From now on this till reads its codes so. Esc goes back to the sale.</Trans>,
    failed: <Trans>It could not be kept. Is the scanner still plugged in?</Trans>,
  };
  return (
    <div className="grid min-h-0 flex-1 content-start gap-5 overflow-auto p-6 low:p-3">
      <h2 className="text-28 font-semibold tracking-tight">
        {reader ? <bdi>{reader.name}</bdi> : <Trans>This is how the scanner types</Trans>}
      </h2>
      <div>
        <LearntList profile={learnt.profile} unsure={learnt.unsure} />
      </div>
      <Button kind="primary" size={56} keys="Enter" onClick={onKeep} className="justify-self-start">
        <Trans>Keep it</Trans>
      </Button>
      <p role="status" className={keeping === 'failed' ? 'text-stop' : 'text-muted'}>
        {words[keeping]}
      </p>
    </div>
  );
}
