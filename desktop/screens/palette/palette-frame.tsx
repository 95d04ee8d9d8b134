import { useLingui } from '@lingui/react/macro';
import { Dialog } from 'radix-ui';
import type { ReactNode } from 'react';
import { useCommands } from '../keys/command-keys.tsx';

/** The palette's own dialog: its head is the field, and what it runs decides where the focus goes afterwards. */
export function PaletteFrame({
  onLeave,
  children,
}: {
  readonly onLeave: () => void;
  readonly children: ReactNode;
}) {
  const { t } = useLingui();
  useCommands({ back: onLeave, palette: onLeave }, true);
  return (
    <Dialog.Root open onOpenChange={(open) => !open && onLeave()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fade-in fixed inset-0 z-40 bg-overlay" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fade-in fixed inset-x-0 top-[84px] z-40 mx-auto flex max-h-[min(560px,calc(100dvh-148px))] w-[680px] max-w-[calc(100vw-32px)] flex-col overflow-hidden rounded-10 bg-surface shadow-2 low:top-10 low:max-h-[calc(100dvh-84px)]"
        >
          <Dialog.Title className="sr-only">{t`Commands`}</Dialog.Title>
          {children}
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}
