import type { ReactNode } from 'react';
import { ClockNotice } from '../clock/clock-notice.tsx';
import type { CommandId } from '../keys/default-keys.ts';
import { KeyBar, type MomentKey } from '../keys/key-bar.tsx';
import { LostNote } from './lost-note.tsx';
import { TopBar } from './top-bar.tsx';

/** What stands around every screen of the till: top bar and key bar; between them the screen's own main part. */
export function Frame({
  current,
  moment,
  children,
}: {
  readonly current?: CommandId | undefined;
  /** At most four keys of the moment, in the order move, accept, other, Esc. */
  readonly moment?: readonly MomentKey[] | undefined;
  readonly children: ReactNode;
}) {
  return (
    // Words for screen readers alone lie where they would: outside of it they would make the page scroll.
    <div className="till relative overflow-clip">
      <TopBar />
      <ClockNotice />
      {children}
      <KeyBar current={current} moment={moment ?? []} />
      <LostNote />
    </div>
  );
}
