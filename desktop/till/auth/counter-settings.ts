import { z } from 'zod';
import type { Counter } from '../counter.ts';
import type { Sessions } from '../sessions.ts';
import { createPreferences } from '../store/preferences.ts';

type CounterSettings = { readonly idleLockMinutes: number; readonly signOutMinutes: number };

/** What holds at this counter for whoever stands there: kept with the till, not with the screen that shows it. */
export function createCounterSettings(counter: Counter, sessions: Sessions) {
  const preferences = createPreferences(counter.db);
  return {
    read: (): CounterSettings => ({
      idleLockMinutes: preferences.read(IDLE, z.int()) ?? USUAL.idle,
      signOutMinutes: preferences.read(SIGN_OUT, z.int()) ?? USUAL.signOut,
    }),
    change({ idleLockMinutes, signOutMinutes }: CounterSettings): Record<never, never> {
      sessions.require(counter, 'auth.settings.edit');
      preferences.keep(IDLE, idleLockMinutes);
      preferences.keep(SIGN_OUT, signOutMinutes);
      return {};
    },
  };
}

const IDLE = 'idle-lock-minutes';
const SIGN_OUT = 'sign-out-minutes';
const USUAL = { idle: 10, signOut: 30 } as const;
