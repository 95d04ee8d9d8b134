import { err, ok, type Result } from '#shared/kernel/result.ts';

/** How much of one kind of work a node takes on at once. */
export type ShedLimits = {
  /** Being done. */
  readonly running: number;
  /** Let in, and waiting for their turn. */
  readonly waiting: number;
  /** Of all bodies let in, as sent. */
  readonly bytes?: number;
  /** Milliseconds after which nobody waits any more for a turn: less than what a till waits for its answer. */
  readonly patienceMs?: number;
};

/** Come again after so many seconds: each is told another moment within the time that the backlog takes. */
export type Busy = { readonly code: 'BUSY'; readonly retryAfterS: number };

/** A place inside. `turn` resolves when the work may begin, to false when it was given up, or sent away, meanwhile. */
export type ShedPlace = {
  readonly turn: () => Promise<boolean>;
  /** What it was sent away with, because its turn would have come too late; null where it was not. */
  readonly sentAway: () => Busy | null;
  /** Nobody waits for this any more; work that has begun is finished all the same. */
  readonly giveUp: () => void;
  /** The work is done. Harmless when said twice. */
  readonly leave: () => void;
};

export type Shed = { readonly enter: (bytes?: number) => Result<ShedPlace, Busy> };

const LONGEST_S = 30;
/** What one piece of work takes before any was measured, and the weight of the newest measure. */
const FIRST_MS = 100;
const NEWEST = 0.1;

type Inside = {
  readonly bytes: number;
  state: 'in' | 'waiting' | 'running' | 'out';
  begin: (go: boolean) => void;
  waitsSince: number;
  sentAway: Busy | null;
};

/**
 * Keeps a node upright under any load: so much is done at once, so much waits in order, and what comes beyond that is
 * told at once when to come again, before its body is read. So is what would wait longer than its sender does, and work
 * that turns out slower than it looked sends those away who wait: an answer that comes when nobody hears it any more has
 * to be given again. Nothing is lost by that: a till keeps its outbox.
 */
export function createShed(
  {
    running,
    waiting,
    bytes: mostBytes = Number.POSITIVE_INFINITY,
    patienceMs = Number.POSITIVE_INFINITY,
  }: ShedLimits,
  { random = Math.random, now = () => performance.now() } = {},
): Shed {
  const queue: Inside[] = [];
  const held = { count: 0, bytes: 0, running: 0 };
  let takesMs = FIRST_MS;
  /** Sent away and to come again: they too stand between a new one and its turn. */
  let away = 0;

  const busy = (): Busy => {
    away += 1;
    const backlogS = ((held.count + away) / running) * (takesMs / 1_000);
    return { code: 'BUSY', retryAfterS: Math.min(LONGEST_S, 1 + Math.ceil(random() * backlogS)) };
  };
  const next = (): void => {
    while (held.running < running) {
      const first = queue.shift();
      if (!first) return;
      if (now() - first.waitsSince > patienceMs) {
        out(first);
        first.sentAway = busy();
        first.begin(false);
        continue;
      }
      first.state = 'running';
      held.running += 1;
      first.begin(true);
    }
  };
  const out = (one: Inside): void => {
    one.state = 'out';
    held.count -= 1;
    held.bytes -= one.bytes;
  };
  const isFull = (bytes: number): boolean =>
    held.count >= running + waiting ||
    (held.count > 0 && held.bytes + bytes > mostBytes) ||
    ((held.count + 1 - running) / running) * takesMs > patienceMs;

  return {
    enter(bytes = 0) {
      if (isFull(bytes)) return err(busy());
      away = Math.max(0, away - 1);
      held.count += 1;
      held.bytes += bytes;
      const one: Inside = { bytes, state: 'in', begin: () => {}, waitsSince: 0, sentAway: null };
      let begunAt = 0;
      return ok({
        turn: () =>
          new Promise((resolve) => {
            if (one.state !== 'in') return resolve(false);
            one.state = 'waiting';
            one.waitsSince = now();
            one.begin = (go) => {
              begunAt = now();
              resolve(go);
            };
            queue.push(one);
            next();
          }),
        sentAway: () => one.sentAway,
        giveUp() {
          if (one.state !== 'in' && one.state !== 'waiting') return;
          const at = queue.indexOf(one);
          if (at >= 0) queue.splice(at, 1);
          out(one);
          one.begin(false);
        },
        leave() {
          if (one.state === 'out') return;
          if (one.state === 'running') {
            held.running -= 1;
            takesMs += (now() - begunAt - takesMs) * NEWEST;
          }
          const at = queue.indexOf(one);
          if (at >= 0) queue.splice(at, 1);
          out(one);
          next();
        },
      });
    },
  };
}
