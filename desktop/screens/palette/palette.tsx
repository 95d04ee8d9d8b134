import { Trans, useLingui } from '@lingui/react/macro';
import { Search } from 'lucide-react';
import { type KeyboardEvent, useState } from 'react';
import { cx } from '#shared/ui/cx.ts';
import { Kbd, Keys } from '#shared/ui/kbd.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { setDesk } from '../desk.ts';
import { Marked } from '../sell/marked.tsx';
import { matching } from './matching.ts';
import { PaletteFrame } from './palette-frame.tsx';
import { usePaletteCommands } from './use-palette-commands.tsx';

/** Everything that works here by its name: type a part of it, Enter does it. */
export function Palette() {
  const { t } = useLingui();
  const commands = usePaletteCommands();
  const [text, setText] = useState('');
  const [index, setIndex] = useState(0);
  const found = matching(commands, text);
  const chosen = Math.min(index, found.length - 1);
  const leave = () => setDesk({ overlay: null });
  const run = (at: number) => {
    const command = found[at];
    if (!command) return;
    leave();
    command.run();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (by) {
      event.preventDefault();
      setIndex(Math.min(Math.max(chosen + by, 0), found.length - 1));
    }
    if (event.key !== 'Enter') return;
    // A dialog that the command opens must not be answered by the same key.
    event.preventDefault();
    run(chosen);
  };
  return (
    <PaletteFrame onLeave={leave}>
      <label className="flex h-16 flex-none items-center gap-3 border-b border-line px-5 text-20">
        <Search size={20} aria-hidden />
        <input
          role="combobox"
          aria-label={t`Command`}
          aria-expanded="true"
          aria-controls="commands"
          aria-activedescendant={found[chosen] && `command-${chosen}`}
          autoComplete="off"
          maxLength={60}
          placeholder={t`What do you want to do?`}
          value={text}
          onChange={(event) => {
            setText(event.target.value);
            setIndex(0);
          }}
          onKeyDown={onKeyDown}
          className="h-full min-w-0 flex-1 bg-transparent outline-none"
        />
        <Kbd>Esc</Kbd>
      </label>
      {found.length === 0 && <EmptyState title={t`No command has this in its name`} />}
      <div
        id="commands"
        role="listbox"
        tabIndex={-1}
        aria-label={t`Commands`}
        className="min-h-0 overflow-auto py-2"
      >
        {found.map(({ id, name, detail, keys, icon, ranges }, i) => (
          <div
            key={id}
            id={`command-${i}`}
            role="option"
            tabIndex={-1}
            aria-selected={i === chosen}
            ref={i === chosen ? (row) => row?.scrollIntoView({ block: 'nearest' }) : null}
            onMouseDown={(event) => {
              event.preventDefault();
              run(i);
            }}
            className={cx(
              'flex h-11 cursor-pointer items-center gap-3 px-5 whitespace-nowrap',
              i === chosen && 'chosen font-semibold',
            )}
          >
            <span className="text-muted">{icon}</span>
            <Marked text={name} ranges={ranges} />
            <span className="truncate text-14 font-normal text-muted">{detail}</span>
            {keys && (
              <span className="ms-auto">
                <Keys keys={keys} />
              </span>
            )}
          </div>
        ))}
      </div>
      <footer className="flex flex-none items-center gap-5 border-t border-line-soft bg-surface-2 px-5 py-3 text-14 text-muted">
        <span className="flex items-center gap-1">
          <Keys keys="↑+↓" /> <Trans>choose</Trans>
        </span>
        <span className="flex items-center gap-1">
          <Kbd>Enter</Kbd> <Trans>run</Trans>
        </span>
        <span className="ms-auto truncate">
          <Trans>Each key works without the palette too</Trans>
        </span>
      </footer>
    </PaletteFrame>
  );
}
