import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import { useRef } from 'react';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { Button } from '#shared/ui/button.tsx';
import { Dialog } from '#shared/ui/dialog.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { setDesk } from '../desk.ts';
import { useCommands } from '../keys/command-keys.tsx';
import { useSelling } from './use-selling.ts';

/** Asks before the whole sale goes; Ctrl+Z brings it back even so. */
export function ClearDialog({ cart }: { readonly cart: CartView }) {
  const { t } = useLingui();
  const format = useFormat();
  const { clear } = useSelling();
  const keep = useRef<HTMLButtonElement>(null);
  const leave = () => setDesk({ overlay: null });
  useCommands({ back: leave }, true);
  const lines = cart.lines.length;
  const total = format.money(cart.totalMinor);
  return (
    <Dialog open title={t`Clear the sale?`} onClose={leave} initialFocus={keep}>
      <p className="pb-5">
        {t`${plural(lines, { one: '# line', other: '# lines' })}`} · <bdi dir="ltr">{total}</bdi>.{' '}
        <Trans>Ctrl+Z brings it back until the next sale is paid.</Trans>
      </p>
      <div className="flex gap-3">
        <Button
          kind="danger"
          size={56}
          onClick={() => {
            leave();
            void clear();
          }}
        >
          <Trans>Clear all lines</Trans>
        </Button>
        <Button ref={keep} size={56} grow keys="Esc" onClick={leave}>
          <Trans>Keep the sale</Trans>
        </Button>
      </div>
    </Dialog>
  );
}
