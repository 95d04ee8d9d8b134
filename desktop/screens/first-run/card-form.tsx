import type { LucideIcon } from 'lucide-react';
import type { ComponentProps, FormEvent, ReactNode } from 'react';
import { Button } from '#shared/ui/button.tsx';
import { CardIcon } from './card-icon.tsx';

interface Given {
  readonly icon: LucideIcon;
  readonly title: ReactNode;
  readonly lead: ReactNode;
  readonly children: ReactNode;
  /** What the last try came to, in words. */
  readonly problem: ReactNode;
  readonly busy: boolean;
  readonly button: ReactNode;
  /** It is what most people are here for, and Enter does it. */
  readonly primary?: boolean;
  readonly onSubmit: (event: FormEvent) => void;
}

/** One way in which a till begins or comes back: what it is, what it needs, what was wrong, and its one button. */
export function CardForm({
  icon: Icon,
  title,
  lead,
  children,
  problem,
  busy,
  button,
  primary = false,
  onSubmit,
}: Given) {
  const kind: Partial<ComponentProps<typeof Button>> = primary ? { kind: 'primary', keys: 'Enter' } : {};
  return (
    <form onSubmit={onSubmit} className="flex flex-col gap-3 rounded-10 border border-line bg-surface p-6">
      <CardIcon>
        <Icon size={28} strokeWidth={1.5} aria-hidden />
      </CardIcon>
      <h2 className="mt-1 text-28 font-semibold tracking-tight">{title}</h2>
      <p className="text-muted">{lead}</p>
      {children}
      <p role="alert" className="min-h-6 font-semibold text-stop">
        {problem}
      </p>
      <Button {...kind} size={72} type="submit" className="mt-auto flex-none" disabled={busy}>
        {button}
      </Button>
    </form>
  );
}
