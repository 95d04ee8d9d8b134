import { z } from 'zod';
import type { Counter } from '../counter.ts';
import type { Sessions } from '../sessions.ts';
import { createPreferences } from '../store/preferences.ts';

type CounterSettings = { readonly idleLockMinutes: number };

/** What holds at this counter for whoever stands there: kept with the till, not with the screen that shows it. */
export function createCounterSettings(counter: Counter, sessions: Sessions) {
  const preferences = createPreferences(counter.db);
  return {
    read: (): CounterSettings => ({ idleLockMinutes: preferences.read(IDLE, z.int()) ?? USUAL_MINUTES }),
    change({ idleLockMinutes }: CounterSettings): Record<never, never> {
      sessions.require(counter, 'auth.settings.edit');
      preferences.keep(IDLE, idleLockMinutes);
      return {};
    },
  };
}

const IDLE = 'idle-lock-minutes';
const USUAL_MINUTES = 10;
