import { err, ok, type Result } from '#shared/kernel/result.ts';
import { cashierRights } from './permissions.ts';

/**
 * PINs (RULES.md §4). A verifier is `argon2id(hmacSha256(pepper, pin))` in PHC text form:
 *
 * - `pepper`: 32 random bytes per store, given to its tills at enrolment and kept in the key vault; never in the
 *   database and in no scope. Without it a stolen database is worth no guess at a four-digit PIN.
 * - HMAC-SHA-256 with the pepper as its key over the PIN's digits in UTF-8; its hex text is what Argon2id hashes,
 *   with a random salt of 16 bytes and `argon2Cost`.
 *
 * Both hosts do just that with node:crypto and their Argon2; HQ makes verifiers, a till compares.
 */
export const argon2Cost = { memoryKiB: 19 * 1024, passes: 2, lanes: 1 } as const;

const CASHIER_DIGITS = 4;
const DIGITS_ABOVE = 6;

/** Who may do more than a cashier has six digits at least. `rights` are those of the person's role at the store. */
export const pinDigits = (rights: readonly string[]): number =>
  rights.every((right) => ofCashiers.has(right)) ? CASHIER_DIGITS : DIGITS_ABOVE;
const ofCashiers = new Set<string>(cashierRights);

export type PinRefusal =
  | { readonly code: 'NOT_DIGITS' }
  | { readonly code: 'PIN_TOO_SHORT'; readonly atLeast: number }
  | { readonly code: 'PIN_TOO_LONG'; readonly atMost: number };

/** Whether a new PIN may be set for somebody with these rights. */
export function checkNewPin(pin: string, rights: readonly string[]): Result<string, PinRefusal> {
  if (!/^[0-9]+$/.test(pin)) return err({ code: 'NOT_DIGITS' });
  const atLeast = pinDigits(rights);
  if (pin.length < atLeast) return err({ code: 'PIN_TOO_SHORT', atLeast });
  return pin.length > 12 ? err({ code: 'PIN_TOO_LONG', atMost: 12 }) : ok(pin);
}

const FREE_TRIES = 3;
const LONGEST_WAIT_MS = 15 * 60_000;

/** How long a person waits after their nth wrong PIN in a row, in ms: none for three, then 5 s, 10 s, … 15 min. */
export const pinWaitMs = (failures: number): number =>
  failures < FREE_TRIES ? 0 : Math.min(5_000 * 2 ** Math.min(failures - FREE_TRIES, 20), LONGEST_WAIT_MS);
