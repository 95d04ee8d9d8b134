import { z } from 'zod';
import { err, ok, type Result } from '../kernel/result.ts';

/**
 * Till time (SYNC.md, Time): what HQ last signed plus what has elapsed since. Where nobody has told this boot the time,
 * the local clock, never behind the last till time and at most 48 hours past it: beyond that a person says which of
 * the two is right, and selling goes on by the last till time and what elapses.
 *
 * The local clock of a till is set by anyone, the monotonic clock by nobody, but the latter begins anew with each boot.
 * All times are milliseconds.
 */
export type TillTime = z.infer<typeof tillTimeSchema>;

export const tillTimeSchema = z.object({
  /** The boot in which `monoMs` was read: another boot's reading says nothing. */
  boot: z.string(),
  monoMs: z.int(),
  /** The time at that reading, as `source` gave it; `local`: carried over from before this boot. */
  trustedMs: z.int(),
  source: z.enum(['hq', 'confirmed', 'local']),
  /** How far till time has followed the local clock past `trustedMs` and what elapsed. */
  aheadMs: z.int().nonnegative(),
  /** The latest till time: nothing but HQ or a manager takes it back. */
  shownMs: z.int(),
  /** HQ's time when it was last known, if ever: no manager's word goes behind it. */
  hqMs: z.int().nullable(),
  /** By how much a manager has said that the local clock is wrong (its time less till time). */
  clockErrorMs: z.int(),
});

/** What a machine can say by itself. */
export type Instant = { readonly localMs: number; readonly monoMs: number; readonly boot: string };

/** The local clock and till time are too far apart to be told from each other by this till alone. */
export type DateQuestion = {
  readonly clockMs: number;
  readonly tillMs: number;
  /** False where HQ has signed a later time than the clock's: that time has passed, whoever says otherwise. */
  readonly clockMayBeRight: boolean;
};

/** A local clock this far from the last trusted time asks a person. A shop shut from Saturday noon to Monday does not. */
export const JUMP_MS = 48 * 3_600_000;

/** The first start of a till: nobody but the local clock knows the time. */
export const beginTillTime = ({ localMs, monoMs, boot }: Instant): TillTime => ({
  ...{ boot, monoMs, trustedMs: localMs, source: 'local', aheadMs: 0, shownMs: localMs },
  ...{ hqMs: null, clockErrorMs: 0 },
});

/** The state at an instant; its `shownMs` is till time then. Keep it: till time never goes back because it is kept. */
export function advance(before: TillTime, now: Instant): TillTime {
  const here = inBoot(before, now);
  const trustedMs = trustedAt(here, now);
  const leadMs = clockOf(here, now) - trustedMs;
  const follows = here.source === 'local' && leadMs <= JUMP_MS;
  const aheadMs = follows ? Math.max(here.aheadMs, leadMs) : here.aheadMs;
  const clockErrorMs = Math.abs(now.localMs - trustedMs) <= JUMP_MS ? 0 : here.clockErrorMs;
  return { ...here, aheadMs, clockErrorMs, shownMs: Math.max(here.shownMs, trustedMs + aheadMs) };
}

/**
 * HQ has been heard: `hqMs` is its signed time at this instant, give or take `doubtMs` (half the round trip). `OLD`:
 * less than HQ's own earlier word and what elapsed since, so an earlier answer played again; the state stays. After a
 * reboot an answer is told from a replayed one only back to HQ's last word: there the transport has to be trusted.
 */
export function hear(
  before: TillTime,
  now: Instant,
  { hqMs, doubtMs }: { readonly hqMs: number; readonly doubtMs: number },
): Result<TillTime, { readonly code: 'OLD'; readonly behindMs: number }> {
  const here = advance(before, now);
  const floorMs = hqFloor(here, now);
  // The longer the silence, the further a quartz has drifted: 0.1 % is twenty times what a bad one does.
  const silenceMs = here.source === 'hq' ? now.monoMs - here.monoMs : 0;
  const allowedMs = FEW_SECONDS_MS + doubtMs + Math.ceil(silenceMs / 1000);
  if (floorMs !== null && hqMs < floorMs - allowedMs) return err({ code: 'OLD', behindMs: floorMs - hqMs });
  // A guess of the local clock's is put right either way; what HQ itself said is waited for, not taken back.
  const leastMs = here.source === 'hq' ? here.shownMs : (floorMs ?? hqMs);
  return ok({
    ...{ boot: now.boot, monoMs: now.monoMs, trustedMs: hqMs, source: 'hq', aheadMs: 0 },
    ...{ shownMs: Math.max(leastMs, hqMs), hqMs, clockErrorMs: here.clockErrorMs },
  });
}

/** What a person must say at this instant, if anything. Expects a state that `advance` gave for it. */
export function dateQuestion(here: TillTime, now: Instant): DateQuestion | null {
  if (Math.abs(clockOf(here, now) - trustedAt(here, now)) <= JUMP_MS) return null;
  const floorMs = hqFloor(here, now);
  const clockMayBeRight = floorMs === null || now.localMs >= floorMs;
  return { clockMs: now.localMs, tillMs: here.shownMs, clockMayBeRight };
}

export type ConfirmError =
  | { readonly code: 'NOTHING_TO_CONFIRM' }
  /** The clock is behind what HQ has signed. */
  | { readonly code: 'BEFORE_HQ' };

/** A manager has said which is right: the `clock`, which then holds until HQ is heard, or the `till`. */
export function confirm(
  before: TillTime,
  now: Instant,
  right: 'clock' | 'till',
): Result<TillTime, ConfirmError> {
  const here = advance(before, now);
  const question = dateQuestion(here, now);
  if (!question) return err({ code: 'NOTHING_TO_CONFIRM' });
  if (right === 'till') return ok({ ...here, clockErrorMs: now.localMs - here.shownMs });
  if (!question.clockMayBeRight) return err({ code: 'BEFORE_HQ' });
  return ok({ ...beginTillTime(now), source: 'confirmed', hqMs: hqFloor(here, now) });
}

/** How far the local clock is ahead of HQ's, as far as this boot has heard it; null where it has not. */
export const skewAt = (here: TillTime, now: Instant): number | null =>
  here.source === 'hq' && here.boot === now.boot ? now.localMs - trustedAt(here, now) : null;

const FEW_SECONDS_MS = 5_000;

/** After a reboot only the last till time is known; how long the machine was off, it is not. */
function inBoot(before: TillTime, now: Instant): TillTime {
  if (before.boot === now.boot && now.monoMs >= before.monoMs) return before;
  return {
    ...before,
    ...{ boot: now.boot, monoMs: now.monoMs, trustedMs: before.shownMs, source: 'local', aheadMs: 0 },
    hqMs: before.source === 'hq' ? before.shownMs : before.hqMs,
  };
}

const trustedAt = ({ trustedMs, monoMs }: TillTime, now: Instant): number =>
  trustedMs + (now.monoMs - monoMs);

/** The latest that HQ is known to have had. */
const hqFloor = (here: TillTime, now: Instant): number | null =>
  here.source === 'hq' ? trustedAt(here, now) : here.hqMs;

/** The local clock, less the error a manager has found in it; one that has been put right since is taken as it is. */
function clockOf(here: TillTime, { localMs, monoMs, boot }: Instant): number {
  const near = Math.abs(localMs - trustedAt(here, { localMs, monoMs, boot })) <= JUMP_MS;
  return near ? localMs : localMs - here.clockErrorMs;
}
