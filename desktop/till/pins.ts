import { createHmac } from 'node:crypto';
import { verify } from '@node-rs/argon2';
import { pinWaitMs } from '#shared/auth/pin.ts';
import type { Counter } from './counter.ts';
import type { KeyVault } from './ports.ts';
import { refuse } from './refuse.ts';
import type { StaffMember } from './store/read-staff.ts';

export type Pins = ReturnType<typeof createPins>;

/** Checks PINs offline. Tries are counted on disk before the answer is known: killing the till buys no guess. */
export function createPins(vault: KeyVault) {
  return {
    /** The person whose PIN this is; refuses with WRONG_PIN, LOCKED or NO_PIN. */
    async check(counter: Counter, personId: string, pin: string): Promise<StaffMember> {
      const person = counter.staff.find(personId);
      if (!person?.pinVerifier) refuse({ code: 'NO_PIN' });
      const failures = countTry(counter, personId);
      if (!(await matches(person.pinVerifier, peppered(vault, pin)))) refuse({ code: 'WRONG_PIN', failures });
      counter.transact('pin ok', () =>
        counter.db.prepare(`DELETE FROM pin_throttle WHERE person_id = ?`).run(personId),
      );
      return person;
    },
  };
}

/** Counts this try as failed until it proves right, and refuses while the person is locked out. */
function countTry(counter: Counter, personId: string): number {
  const nowMs = counter.clock.nowMs();
  const { failures, waitMs } = counter.transact('pin try', () => {
    const past = readThrottle(counter, personId);
    const waitMs = Math.min(past.lockedUntil - nowMs, pinWaitMs(past.failures));
    const failures = waitMs > 0 ? past.failures : past.failures + 1;
    // A clock that was set back neither ends a lockout nor makes it longer than it was: it begins anew.
    const lockedUntil = nowMs + (waitMs > 0 ? waitMs : pinWaitMs(failures));
    counter.db
      .prepare(
        `INSERT INTO pin_throttle (person_id, failures, locked_until) VALUES (?, ?, ?)
         ON CONFLICT (person_id) DO UPDATE SET failures = excluded.failures, locked_until = excluded.locked_until`,
      )
      .run(personId, failures, lockedUntil);
    return { failures, waitMs };
  });
  if (waitMs > 0) refuse({ code: 'LOCKED', untilMs: nowMs + waitMs, waitMs });
  return failures;
}

const readThrottle = ({ db }: Counter, personId: string): { failures: number; lockedUntil: number } =>
  db
    .prepare<[string], { failures: number; lockedUntil: number }>(
      `SELECT failures, locked_until AS lockedUntil FROM pin_throttle WHERE person_id = ?`,
    )
    .get(personId) ?? { failures: 0, lockedUntil: 0 };

/** HMAC-SHA-256 of the PIN under the store's pepper: what the verifier was made of (shared/auth/pin.ts). */
function peppered(vault: KeyVault, pin: string): string {
  const pepper = vault.get('store-pepper');
  if (pepper === null) return refuse({ code: 'NO_PIN' });
  return createHmac('sha256', Buffer.from(pepper, 'base64url')).update(pin).digest('hex');
}

/** A verifier that is no Argon2 string matches nothing. */
async function matches(verifier: string, secret: string): Promise<boolean> {
  try {
    return await verify(verifier, secret);
  } catch {
    return false;
  }
}
