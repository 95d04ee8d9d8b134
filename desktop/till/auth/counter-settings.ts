import { z } from 'zod';
import { changeOwnSetting } from '../audit-setting.ts';
import type { Counter } from '../counter.ts';
import type { Sessions } from '../sessions.ts';
import { createPreferences } from '../store/preferences.ts';

type CounterSettings = { readonly idleLockMinutes: number; readonly signOutMinutes: number };

/** What holds at this counter for whoever stands there: kept with the till, not with the screen that shows it. */
export function createCounterSettings(counter: Counter, sessions: Sessions) {
  const preferences = createPreferences(counter.db);
  const read = (): CounterSettings => ({
    idleLockMinutes: preferences.read(IDLE, z.int()) ?? USUAL.idle,
    signOutMinutes: preferences.read(SIGN_OUT, z.int()) ?? USUAL.signOut,
  });
  return {
    read,
    change(after: CounterSettings): Record<never, never> {
      const { personId: actorId } = sessions.require(counter, 'auth.settings.edit');
      changeOwnSetting(counter, { actorId, setting: 'till.idle-lock', before: read(), after }, () => {
        preferences.keep(IDLE, after.idleLockMinutes);
        preferences.keep(SIGN_OUT, after.signOutMinutes);
      });
      return {};
    },
  };
}

const IDLE = 'idle-lock-minutes';
const SIGN_OUT = 'sign-out-minutes';
const USUAL = { idle: 10, signOut: 30 } as const;
