import { useLingui } from '@lingui/react/macro';
import type { ReactNode } from 'react';
import { LocaleSwitch } from '#shared/ui/preference-switches.tsx';
import { Frame } from '../frame/frame.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { useNextLanguage } from '../use-counter.ts';

/** A page for a till that nobody can sell at yet: what there is to know, and three cards side by side. */
export function Beginnings({
  title,
  lead,
  enter,
  children,
}: {
  readonly title: ReactNode;
  readonly lead: ReactNode;
  /** What Enter does. */
  readonly enter: string;
  readonly children: ReactNode;
}) {
  const { t } = useLingui();
  useCommands({ language: useNextLanguage() });
  return (
    <Frame
      moment={[
        { keys: 'Tab', label: t`next field` },
        { keys: 'Enter', label: enter },
        { keys: 'Alt+L', label: t`language` },
      ]}
    >
      <main className="flex min-h-0 flex-col gap-6 overflow-auto px-12 py-8 stacked:p-4">
        <div className="flex flex-wrap items-start justify-between gap-4">
          <div>
            <h1 className="text-48 font-semibold tracking-tight low:text-28">{title}</h1>
            <p className="text-20 text-muted low:text-16">{lead}</p>
          </div>
          <LocaleSwitch />
        </div>
        <div className="grid flex-1 grid-cols-3 gap-6 stacked:flex-none stacked:grid-cols-1">{children}</div>
      </main>
    </Frame>
  );
}
