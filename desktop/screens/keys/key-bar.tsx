import { useLingui } from '@lingui/react/macro';
import { cx } from '#shared/ui/cx.ts';
import { Keys } from '#shared/ui/kbd.tsx';
import { useCommandRunner, useKeymap } from './command-keys.tsx';
import { type CommandId, commandIds } from './default-keys.ts';
import type { Keymap } from './keymap.ts';
import { commandLabels } from './labels.ts';
import type { Handler } from './layers.ts';

/** A key of the moment: `{ keys: 'Enter', label: 'add' }`; order: move, accept, other, Esc. */
export interface MomentKey {
  readonly keys: string;
  readonly label: string;
}

/**
 * The bar at the foot of every till screen: F1 to F12 in their places, in the keyboard's groups of four, and at most
 * four keys of the moment. What works here is edged, the rest faint in the same place, the current task in brand.
 * Function keys are not mirrored in Arabic, as keyboards are not. It lies in front of a dialog's veil. Where twelve
 * words have no room, as at 200 % zoom, the current task's alone is shown, and all of them are read out.
 */
export function KeyBar({
  current,
  moment = [],
}: {
  readonly current?: CommandId | undefined;
  readonly moment?: readonly MomentKey[];
}) {
  const keymap = useKeymap();
  const runner = useCommandRunner();
  return (
    <footer className="relative z-50 flex h-bar-keys items-stretch gap-4 border-t border-line bg-surface px-gutter">
      <div className="flex flex-none" dir="ltr">
        {functionKeys.map((key) => {
          const id = commandOn(key, keymap);
          return (
            <FunctionKey
              key={key}
              name={key}
              id={id}
              run={id && runner(id)}
              current={id !== null && id === current}
            />
          );
        })}
      </div>
      {/* What has no room wraps out of sight: the last of them first. */}
      <div className="ms-auto flex h-5 min-w-0 flex-wrap items-center justify-end gap-x-3 gap-y-5 self-center overflow-hidden text-14 whitespace-nowrap">
        {moment.slice(0, 4).map(({ keys, label }) => (
          <span key={keys} className="flex items-center gap-1">
            <Keys keys={keys} /> {label}
          </span>
        ))}
      </div>
    </footer>
  );
}

interface FunctionKeyProps {
  readonly name: string;
  readonly id: CommandId | null;
  readonly run: Handler | null;
  readonly current: boolean;
}

function FunctionKey({ name, id, run, current }: FunctionKeyProps) {
  const { t } = useLingui();
  const works = run !== null || current;
  return (
    <button
      type="button"
      tabIndex={-1}
      disabled={!run}
      aria-current={current || undefined}
      onClick={() => run?.(0)}
      className={cx(
        'grid content-center justify-items-start gap-px text-start text-12',
        'stacked:flex stacked:w-auto stacked:items-center stacked:gap-1 stacked:pe-3',
        name === 'F10' ? 'w-20' : 'w-[74px]',
        (name === 'F5' || name === 'F9') && 'ms-2',
        !works && 'text-faint stacked:hidden',
      )}
    >
      <kbd
        className={cx(
          'inline-flex h-[18px] items-center justify-center rounded-[5px] border font-sans leading-none',
          works
            ? 'min-w-[26px] border-b-2 border-line bg-surface px-[5px] font-semibold text-ink'
            : 'border-transparent',
        )}
      >
        {name}
      </kbd>
      <span
        className={cx('whitespace-nowrap', current ? 'font-semibold text-brand' : 'max-[1000px]:sr-only')}
      >
        {id && t(commandLabels[id])}
      </span>
    </button>
  );
}

const functionKeys = Array.from({ length: 12 }, (_, i) => `F${i + 1}`);

const commandOn = (key: string, keymap: Keymap): CommandId | null =>
  commandIds.find((id) => keymap[id].some((chord) => chord === key)) ?? null;
