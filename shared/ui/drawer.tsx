import { useLingui } from '@lingui/react/macro';
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { IconButton } from './button.tsx';
import { Kbd } from './kbd.tsx';

interface DrawerProps {
  readonly title: string;
  /** A chip beside the title. */
  readonly state?: ReactNode;
  /** Walks the list behind: ↑ and ↓ while the drawer has the focus. */
  readonly onStep?: ((by: -1 | 1) => void) | undefined;
  readonly onClose: () => void;
  readonly footer?: ReactNode;
  readonly children: ReactNode;
  /** Px; the list's first five columns stay in sight. */
  readonly width?: number;
}

/** Detail from the end side of the back office. It is no dialog: the list behind stays usable. */
export function Drawer({ title, state, onStep, onClose, footer, children, width = 590 }: DrawerProps) {
  const { t } = useLingui();
  const panel = useRef<HTMLElement>(null);
  const titleId = useId();
  // Opening it is asking for it; going on from row to row keeps the focus where it is.
  useEffect(() => panel.current?.focus(), []);
  return (
    <aside
      ref={panel}
      aria-labelledby={titleId}
      tabIndex={-1}
      style={{ width }}
      className="fade-in fixed inset-y-0 end-0 z-30 flex max-w-full flex-col bg-surface text-14 shadow-2 outline-none"
      onKeyDown={(event) => {
        if (event.key === 'Escape') onClose();
        if (event.key === 'ArrowUp' || event.key === 'ArrowDown') {
          if (!onStep || event.target instanceof HTMLInputElement) return;
          event.preventDefault();
          onStep(event.key === 'ArrowUp' ? -1 : 1);
        }
      }}
    >
      <header className="flex items-center gap-2.5 border-b border-line-soft px-5 py-3.5">
        <h2 id={titleId} className="text-16 font-semibold">
          {title}
        </h2>
        {state}
        <span className="ms-auto flex items-center gap-1 text-12 text-muted">
          {onStep && (
            <>
              <Kbd>↑</Kbd>
              <Kbd>↓</Kbd>
            </>
          )}
          <IconButton label={t`Close`} onClick={onClose}>
            <X size={18} aria-hidden />
          </IconButton>
        </span>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a long detail without a link is scrolled by keyboard too */}
      <div tabIndex={0} className="min-h-0 flex-1 overflow-auto">
        {children}
      </div>
      {footer && (
        <footer className="flex items-center gap-2 border-t border-line-soft px-5 py-3">{footer}</footer>
      )}
    </aside>
  );
}
