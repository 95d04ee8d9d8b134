import { Outlet } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { JumpDialog } from './jump.tsx';
import { useJump } from './jump-state.ts';
import { Navigation } from './navigation.tsx';

/** The frame of every page: navigation at the start side, the page beside it, the jump box over both. */
export function Shell() {
  const { open, setOpen } = useJump();
  const [opened, setOpened] = useState(0);
  useEffect(() => {
    const listen = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.code !== 'KeyK') return;
      event.preventDefault();
      setOpen(true);
    };
    window.addEventListener('keydown', listen);
    return () => window.removeEventListener('keydown', listen);
  }, [setOpen]);
  return (
    <div className="grid h-full grid-cols-[var(--nav-width)_minmax(0,1fr)] overflow-hidden">
      <Navigation />
      <Outlet />
      <JumpDialog
        key={opened}
        open={open}
        onClose={() => {
          setOpen(false);
          setOpened((n) => n + 1);
        }}
      />
    </div>
  );
}
