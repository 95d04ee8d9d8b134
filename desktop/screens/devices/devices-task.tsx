import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import { Segmented } from '#shared/ui/segmented.tsx';
import { setDesk } from '../desk.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { CustomerWindowPart } from './customer-window-part.tsx';
import { DevicePartView } from './device-part.tsx';
import { ReceiptsPart } from './receipts-part.tsx';

const parts = ['receipts', 'labels', 'scale', 'display', 'terminal', 'window'] as const;
type Part = (typeof parts)[number];

/** All that hangs on this counter: what was found, which is used, how it is, and a test of each. */
export function DevicesTask() {
  const { t } = useLingui();
  const [part, setPart] = useState<Part>('receipts');
  const back = () => setDesk({ task: 'sell' });
  useCommands({
    ...{ back, scan: back },
    quickKey: (which) => {
      const next = parts[which];
      if (next) setPart(next);
    },
  });
  const names: Readonly<Record<Part, string>> = {
    receipts: t`Receipts`,
    labels: t`Labels`,
    scale: t`Scale`,
    display: t`Pole`,
    terminal: t`Cards`,
    window: t`Customer`,
  };
  const choice = (
    <div className="min-w-0 overflow-x-auto py-1">
      <Segmented
        label={t`Device`}
        value={part}
        onChange={setPart}
        options={parts.map((value) => ({ value, label: names[value] }))}
      />
    </div>
  );
  if (part === 'receipts') return <ReceiptsPart parts={choice} />;
  if (part === 'window') return <CustomerWindowPart parts={choice} />;
  return <DevicePartView key={part} part={part} parts={choice} />;
}
