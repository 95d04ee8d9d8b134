import type { ReactNode } from 'react';
import { cx } from './cx.ts';

interface PaneProps {
  readonly title: ReactNode;
  /** Muted, beside the title: `3 lines · 6 packs`. */
  readonly aside?: ReactNode;
  /** At the trailing side of the head. */
  readonly actions?: ReactNode;
  readonly children: ReactNode;
  readonly className?: string;
}

/** One of the till's two panes: a head of 48 px, then what scrolls or stands under it. */
export function Pane({ title, aside, actions, children, className }: PaneProps) {
  return (
    <section className={cx(frame, className)}>
      <header className="flex h-12 flex-none items-center gap-3 border-b border-line-soft px-4 text-14">
        <h1 className="text-16 font-semibold whitespace-nowrap">{title}</h1>
        {aside && <span className="truncate text-muted">{aside}</span>}
        {actions && <div className="ms-auto flex items-center gap-4">{actions}</div>}
      </header>
      {children}
    </section>
  );
}

/** A card of the back office: the same frame with a quieter head, and a foot for what the figures mean. */
export function Card({
  title,
  aside,
  actions,
  footer,
  children,
  className,
}: PaneProps & { readonly footer?: ReactNode }) {
  return (
    <section className={cx(frame, 'text-14', className)}>
      <header className="flex min-h-11 flex-none items-center gap-2.5 px-4">
        <h2 className="font-semibold whitespace-nowrap">{title}</h2>
        {aside && <span className="truncate text-12 text-muted">{aside}</span>}
        {actions && <div className="ms-auto flex items-center gap-2">{actions}</div>}
      </header>
      {children}
      {footer && (
        <footer className="mt-auto flex items-center gap-3 border-t border-line-soft px-4 py-2 text-12 text-muted">
          {footer}
        </footer>
      )}
    </section>
  );
}

const frame = 'flex min-h-0 min-w-0 flex-col overflow-hidden rounded-10 border border-line bg-surface';
