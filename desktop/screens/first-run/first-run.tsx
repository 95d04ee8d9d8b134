import { Trans, useLingui } from '@lingui/react/macro';
import { Check, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { LocaleSwitch } from '#shared/ui/preference-switches.tsx';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { useNextLanguage } from '../use-counter.ts';
import { CardIcon } from './card-icon.tsx';
import { JoinCard } from './join-card.tsx';
import { RestoreCard } from './restore-card.tsx';

/** A till that belongs to no store yet: it joins one, becomes one that was lost, or says how to look around first. */
export function FirstRun() {
  const { t } = useLingui();
  useCommands({ language: useNextLanguage() });
  return (
    <Frame
      moment={[
        { keys: 'Tab', label: t`next field` },
        { keys: 'Enter', label: t`join` },
        { keys: 'Alt+L', label: t`language` },
      ]}
    >
      <main className="flex min-h-0 flex-col gap-6 overflow-auto px-12 py-8 stacked:p-4">
        <div className="flex flex-wrap items-start justify-between gap-4">
          <div>
            <h1 className="text-48 font-semibold tracking-tight low:text-28">
              <Trans>Welcome to Pestle</Trans>
            </h1>
            <p className="text-20 text-muted low:text-16">
              <Trans>How should this till begin? Nothing here needs a mouse.</Trans>
            </p>
          </div>
          <LocaleSwitch />
        </div>
        <div className="grid flex-1 grid-cols-3 gap-6 stacked:flex-none stacked:grid-cols-1">
          <JoinCard />
          <RestoreCard />
          <DemoCard />
        </div>
      </main>
    </Frame>
  );
}

function DemoCard() {
  return (
    <section className="flex flex-col gap-3 rounded-10 border border-line bg-surface p-6">
      <CardIcon>
        <Play size={28} strokeWidth={1.5} aria-hidden className="rtl:-scale-x-100" />
      </CardIcon>
      <h2 className="mt-1 text-28 font-semibold tracking-tight">
        <Trans>Try with demo data</Trans>
      </h2>
      <p className="text-muted">
        <Trans>
          A made-up pharmacy with its own HQ on this machine: 5,000 packs, batches near expiry, 90 days of
          sales, and a printer on the screen.
        </Trans>
      </p>
      <ul className="grid gap-1.5">
        <Point>
          <Trans>Works without a network</Trans>
        </Point>
        <Point>
          <Trans>Ready in less than a minute</Trans>
        </Point>
      </ul>
      <p className="mt-auto rounded-6 bg-surface-2 p-3 text-14 text-muted">
        <Trans>
          Stop this till and start the demo in the folder of Pestle:{' '}
          <code dir="ltr" className="font-mono font-semibold text-ink">
            npm start
          </code>
        </Trans>
      </p>
    </section>
  );
}

function Point({ children }: { readonly children: ReactNode }) {
  return (
    <li className="flex items-center gap-2">
      <Check size={16} aria-hidden className="text-ok" /> {children}
    </li>
  );
}
