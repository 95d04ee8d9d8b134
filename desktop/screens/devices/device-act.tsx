import type { ReactNode } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { cx } from '#shared/ui/cx.ts';
import type { Said } from './use-one-at-a-time.ts';

/** Something to do with a device, by its key; busy while the device is slow. */
export function Act({
  keys,
  busy,
  primary = false,
  onClick,
  children,
}: {
  readonly keys: string;
  readonly busy: boolean;
  readonly primary?: boolean;
  readonly onClick: () => unknown;
  readonly children: ReactNode;
}) {
  return (
    <Button
      size={56}
      kind={primary ? 'primary' : 'plain'}
      keys={keys}
      tabIndex={-1}
      aria-busy={busy}
      onClick={() => void onClick()}
    >
      <span className="me-auto">{children}</span>
    </Button>
  );
}

/** What came of the last thing done here. */
export function Outcome({ said }: { readonly said: Said }) {
  return (
    <div
      role={said.well ? 'status' : 'alert'}
      className={cx(
        'rounded-10 border px-4 py-3 text-14',
        said.well ? 'border-line bg-surface-2' : 'border-warn bg-warn-soft',
      )}
    >
      <p className={cx('font-semibold', !said.well && 'text-warn')}>{said.title}</p>
      {said.next !== '' && <p>{said.next}</p>}
    </div>
  );
}
