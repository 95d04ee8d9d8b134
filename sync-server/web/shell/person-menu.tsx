import { Trans } from '@lingui/react/macro';
import { LogOut } from 'lucide-react';
import { Popover } from 'radix-ui';
import { Button } from '#shared/ui/button.tsx';
import { LocaleSwitch, ThemeSwitch } from '#shared/ui/preference-switches.tsx';
import { signOut } from '../hq.ts';

/** Who is signed in, at the foot of the navigation; language, theme and the way out behind it. */
export function PersonMenu({ name }: { readonly name: string }) {
  const leave = async () => {
    await signOut();
    location.assign('/');
  };
  return (
    <Popover.Root>
      <Popover.Trigger className="mt-auto flex items-center gap-2.5 border-t border-line-soft px-1.5 pt-2.5 text-start">
        <Avatar name={name} />
        <span className="min-w-0">
          <span className="block truncate font-medium">{name}</span>
          <span className="block text-12 text-muted">
            <Trans>Back office</Trans>
          </span>
          <span className="sr-only">
            <Trans>Language, theme, sign out</Trans>
          </span>
        </span>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          side="top"
          align="start"
          sideOffset={8}
          className="fade-in z-40 grid gap-3 rounded-10 bg-surface p-4 text-14 shadow-2"
        >
          <LocaleSwitch />
          <ThemeSwitch />
          <Button size={32} icon={<LogOut size={16} aria-hidden />} onClick={() => void leave()}>
            <Trans>Sign out</Trans>
          </Button>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}

function Avatar({ name }: { readonly name: string }) {
  const letters = name
    .split(/\s+/)
    .map((part) => [...part][0] ?? '')
    .slice(0, 2)
    .join('');
  return (
    <span
      aria-hidden
      className="grid size-7 flex-none place-items-center rounded-full bg-surface-3 text-12 font-semibold text-ink"
    >
      {letters}
    </span>
  );
}
