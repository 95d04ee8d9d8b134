import { type ReactNode, type RefCallback, useCallback } from 'react';
import { cx } from '#shared/ui/cx.ts';

/** The foot with what it comes to: where the panes are stacked it stays at the bottom while the lines go by behind it. */
export function StickyFoot({
  className,
  children,
}: {
  readonly className?: string;
  readonly children: ReactNode;
}) {
  return (
    <div
      ref={useFootRoom()}
      className={cx(
        'flex-none stacked:sticky stacked:bottom-[-8px] stacked:z-20 stacked:bg-surface stacked:shadow-2',
        className,
      )}
    >
      {children}
    </div>
  );
}

/** What is brought into sight comes above the foot, however high it is: `--foot` of main.css. */
function useFootRoom(): RefCallback<HTMLElement> {
  return useCallback((foot) => {
    const panes = foot?.closest<HTMLElement>('.panes');
    if (!foot || !panes) return undefined;
    const sizes = new ResizeObserver(() => panes.style.setProperty('--foot', `${foot.offsetHeight}px`));
    sizes.observe(foot);
    return () => sizes.disconnect();
  }, []);
}
