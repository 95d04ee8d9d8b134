import { CircleAlert, Inbox } from 'lucide-react';
import type { ReactNode } from 'react';

interface StateProps {
  readonly title: string;
  /** Why, and what that means. */
  readonly children?: ReactNode;
  /** The next step: a button with its key. */
  readonly action?: ReactNode;
  readonly icon?: ReactNode;
}

/** Nothing here yet, and what to do about it. */
export function EmptyState({
  title,
  children,
  action,
  icon = <Inbox size={28} strokeWidth={1.5} aria-hidden />,
}: StateProps) {
  return (
    <div className="grid flex-1 place-content-center justify-items-center gap-2 p-8 text-center">
      <span className="text-faint">{icon}</span>
      <h2 className="text-16 font-semibold">{title}</h2>
      {children && <p className="max-w-[52ch] text-14 text-muted">{children}</p>}
      {action && <div className="pt-2">{action}</div>}
    </div>
  );
}

/** Something failed: what, why in plain words, and the next step. Announced at once. */
export function ErrorState({
  title,
  children,
  action,
  icon = <CircleAlert size={28} strokeWidth={1.5} aria-hidden />,
}: StateProps) {
  return (
    <div role="alert" className="grid flex-1 place-content-center justify-items-center gap-2 p-8 text-center">
      <span className="text-stop">{icon}</span>
      <h2 className="text-16 font-semibold">{title}</h2>
      {children && <p className="max-w-[52ch] text-14 text-muted">{children}</p>}
      {action && <div className="pt-2">{action}</div>}
    </div>
  );
}
