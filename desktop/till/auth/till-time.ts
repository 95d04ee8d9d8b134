import { createPublicKey, verify } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import type { TimeState } from '#shared/auth/calls.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import { ok, type Result } from '#shared/kernel/result.ts';
import {
  advance,
  beginTillTime,
  type ConfirmError,
  confirm,
  dateQuestion,
  hear,
  type Instant,
  skewAt,
  type TillTime,
  tillTimeSchema,
} from '#shared/replica/till-time.ts';
import { timeText } from '#shared/replica/wire.ts';
import type { Live } from '../live.ts';
import type { TillPorts } from '../ports.ts';
import { sha256Hex } from '../store/crypto.ts';
import { createPreferences } from '../store/preferences.ts';

type Deps = Pick<TillPorts, 'clock' | 'uptime' | 'log'> & { readonly live: Live };

/** HQ's answer to a challenge, with the reading of the monotonic clock when it was asked for. */
export type HqTime = {
  readonly challenge: string;
  readonly hqNow: number;
  readonly timeSig: string;
  readonly sentAtMono: number;
  /** HQ's Ed25519 key as this till knows it, base64url. */
  readonly hqKey: string;
};

/** What a manager decided: by the clock, by the till, and the till time that holds from then on. */
export type ConfirmedTime = { readonly clockMs: number; readonly tillMs: number; readonly nowMs: number };

export type TillTimeKeeper = ReturnType<typeof createTillTime>;

/**
 * The clock this till goes by (shared/replica/till-time.ts), kept on disk so that neither a restart nor a clock set
 * back takes it back. A till that is killed loses a minute of it at most, and that only if the machine restarts too.
 */
export function createTillTime(db: Database, { clock, uptime, log, live }: Deps) {
  const preferences = createPreferences(db);
  const keep = (time: TillTime) => preferences.keep(KEY, time);
  const now = (): Instant => ({
    localMs: clock.nowMs(),
    monoMs: uptime.elapsedMs(),
    boot: uptime.boot,
  });
  let time = readKept() ?? beginTillTime(now());
  let shown = view();
  keep(time);
  let keptAtMono = uptime.elapsedMs();
  const timer = setInterval(look, LOOK_MS).unref();

  return {
    /** Till time: what expiry, business dates, prices and rights go by. */
    clock: { nowMs: () => advanced(now()).shownMs } satisfies Clock,
    /** For envelopes: the device's own clock, and how far it is ahead of HQ's; null where this boot has not heard HQ. */
    wall: (): { at: number; skew: number | null } => {
      const at = now();
      return { at: at.localMs, skew: skewAt(advanced(at), at) };
    },
    /** The reading to give back as `sentAtMono`. */
    monoMs: (): number => uptime.elapsedMs(),
    state: view,

    /** Takes in HQ's signed time. False, with a line in the log, where it is not HQ's, too slow or an old one. */
    heard({ challenge, hqNow, timeSig, sentAtMono, hqKey }: HqTime): boolean {
      const at = now();
      const roundTripMs = at.monoMs - sentAtMono;
      if (!isSignedBy(hqKey, timeText(challenge, hqNow), timeSig)) return ignore('hq-time-forged');
      if (roundTripMs < 0 || roundTripMs > MOST_ROUND_TRIP_MS) return ignore('hq-time-slow', { roundTripMs });
      const doubtMs = Math.ceil(roundTripMs / 2);
      const result = hear(time, at, { hqMs: hqNow + doubtMs, doubtMs });
      if (!result.ok) return ignore('hq-time-old', { behindMs: result.error.behindMs });
      time = result.value;
      keepNow();
      announce();
      return true;
    },

    /**
     * A manager has said which is right. `commit` writes it down and calls `keep` in the same transaction; where it
     * throws, nothing has changed.
     */
    confirm(
      right: 'clock' | 'till',
      commit: (confirmed: ConfirmedTime, keep: () => void) => void,
    ): Result<null, ConfirmError> {
      const at = now();
      const tillMs = advanced(at).shownMs;
      const result = confirm(time, at, right);
      if (!result.ok) return result;
      commit({ clockMs: at.localMs, tillMs, nowMs: result.value.shownMs }, () => keep(result.value));
      time = result.value;
      announce();
      return ok(null);
    },

    stop(): void {
      clearInterval(timer);
      if (db.open) keepNow();
    },
  };

  function advanced(at: Instant): TillTime {
    time = advance(time, at);
    return time;
  }

  function view(): TimeState {
    const at = now();
    const { shownMs } = advanced(at);
    return { aheadMs: at.localMs - shownMs, skewMs: skewAt(time, at), confirm: dateQuestion(time, at) };
  }

  function keepNow(): void {
    keptAtMono = uptime.elapsedMs();
    try {
      keep(advanced(now()));
    } catch (problem) {
      // A full disk: time goes on without it, and is kept at the next look.
      log.warn('till-time-not-kept', { problem: String(problem) });
    }
  }

  /** Clocks make no noise when they are set: somebody has to look. */
  function look(): void {
    if (!db.open) return;
    if (uptime.elapsedMs() - keptAtMono >= KEEP_MS) keepNow();
    if (isNews(shown, view())) announce();
  }

  function announce(): void {
    shown = view();
    // What has expired, and what it costs, goes by the time.
    for (const topic of ['time', 'cart'] as const) live.changed(topic);
  }

  function ignore(event: string, details: Readonly<Record<string, number>> = {}): false {
    log.warn(event, details);
    return false;
  }

  /** A text that is none begins anew, as a first start does. */
  function readKept(): TillTime | null {
    try {
      return preferences.read(KEY, tillTimeSchema);
    } catch {
      log.warn('till-time-unreadable');
      return null;
    }
  }
}

const KEY = 'till-time';
const LOOK_MS = 5_000;
const KEEP_MS = 60_000;
/** A slower answer says too little about the time. */
const MOST_ROUND_TRIP_MS = 30_000;
/** Screens show whole seconds. */
const NEWS_MS = 1_000;

function isNews(before: TimeState, after: TimeState): boolean {
  const moved = Math.abs(after.aheadMs - before.aheadMs) >= NEWS_MS;
  const asks = (before.confirm === null) !== (after.confirm === null);
  return moved || asks || (before.skewMs === null) !== (after.skewMs === null);
}

function isSignedBy(key: string, text: string, sig: string): boolean {
  try {
    const publicKey = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: key }, format: 'jwk' });
    return verify(null, Buffer.from(sha256Hex(text), 'hex'), publicKey, Buffer.from(sig, 'base64url'));
  } catch {
    return false;
  }
}
