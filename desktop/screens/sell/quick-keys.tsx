import { Trans } from '@lingui/react/macro';
import { useEffect, useState } from 'react';
import { Kbd } from '#shared/ui/kbd.tsx';
import { useCommands } from '../keys/command-keys.tsx';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';
import { useSelling } from './use-selling.ts';

interface QuickKey {
  readonly n: number;
  readonly packId: string;
  readonly label: string;
}

/** Nine articles on Ctrl+1 to Ctrl+9, as the store has set them; nothing where it has set none. */
export function QuickKeys({ hidden }: { readonly hidden: boolean }) {
  const { client } = useTill();
  const { addPack } = useSelling();
  const [keys, setKeys] = useState<readonly QuickKey[]>([]);
  useEffect(() => {
    void answerOf(client.catalog.quickKeys()).then((answer) => answer.ok && setKeys(answer.value));
  }, [client]);
  const press = (which: number) => {
    const key = keys.find(({ n }) => n === which + 1);
    if (key) void addPack(key.packId);
  };
  useCommands(keys.length > 0 ? { quickKey: press } : {});
  if (keys.length === 0) return null;
  return (
    <div className={hidden ? 'flex-none p-3 stacked:hidden' : 'flex-none p-3'}>
      <div className="flex h-7 items-center justify-between text-12 font-semibold text-muted">
        <Trans>Quick keys</Trans>
        <bdi dir="ltr" className="flex items-center gap-1.5">
          <Kbd>Ctrl</Kbd> + 1…9
        </bdi>
      </div>
      <div className="grid grid-cols-3 gap-2 pt-1">
        {keys.map(({ n, label }) => (
          <button
            key={n}
            type="button"
            tabIndex={-1}
            onClick={() => press(n - 1)}
            className="flex h-target-44 items-center gap-2 overflow-hidden rounded-6 border border-line bg-surface px-2.5 text-14 whitespace-nowrap hover:bg-surface-2"
          >
            <Kbd>{String(n)}</Kbd>
            <bdi className="truncate">{label}</bdi>
          </button>
        ))}
      </div>
    </div>
  );
}
