import { Trans } from '@lingui/react/macro';
import { PlugZap } from 'lucide-react';
import { useSyncExternalStore } from 'react';
import { useTill } from '../till.ts';

/** Says that the till process does not answer. Rare, and no matter of HQ: the screens come back by themselves. */
export function LostNote() {
  const { connection } = useTill();
  const state = useSyncExternalStore(connection.subscribe, connection.get);
  return (
    <div
      role="status"
      className="pointer-events-none fixed inset-x-0 top-bar-top z-30 grid justify-items-center"
    >
      {state === 'lost' && (
        <p className="mt-2 flex items-center gap-2 rounded-10 border border-warn-line bg-warn-soft px-4 py-2 text-14 text-warn shadow-2">
          <PlugZap size={16} aria-hidden />
          <Trans>The till does not answer. Trying again; the sale is safe on its disk.</Trans>
        </p>
      )}
    </div>
  );
}
