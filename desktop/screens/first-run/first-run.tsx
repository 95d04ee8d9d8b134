import { Trans, useLingui } from '@lingui/react/macro';
import { Check, Play } from 'lucide-react';
import type { ReactNode } from 'react';
import { Beginnings } from './beginnings.tsx';
import { CardIcon } from './card-icon.tsx';
import { JoinCard } from './join-card.tsx';
import { RestoreCard } from './restore-card.tsx';

/** A till that belongs to no store yet: it joins one, becomes one that was lost, or says how to look around first. */
export function FirstRun() {
  const { t } = useLingui();
  return (
    <Beginnings
      title={<Trans>Welcome to Pestle</Trans>}
      lead={<Trans>How should this till begin? Nothing here needs a mouse.</Trans>}
      enter={t`join`}
    >
      <JoinCard />
      <RestoreCard />
      <DemoCard />
    </Beginnings>
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
