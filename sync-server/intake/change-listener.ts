import pg from 'pg';
import { z } from 'zod';
import { changeChannel } from '../store/number.ts';

export type ChangeListener = {
  /** Resolves when the scope may have grown, or when the signal aborts. Ask first, then read, then wait. */
  readonly next: (scope: string, signal: AbortSignal) => Promise<void>;
  /** Calls back after every commit that added to the log, of any scope; answers how to stop. */
  readonly onChange: (listener: () => void) => () => void;
  readonly stop: () => Promise<void>;
};

const RECONNECT_MS = 250;
/** While nothing listens (Postgres away, or a proxy without LISTEN), waiters look for themselves this often. */
const POLL_MS = 1_000;

/** One connection of this node LISTENs for every feed it serves. A lost one is made anew; meanwhile waiters poll. */
export function createChangeListener({
  url,
  onError,
}: {
  readonly url: string;
  readonly onError: (problem: Error) => void;
}): ChangeListener {
  const waiters = new Map<string, Set<() => void>>();
  const followers = new Set<() => void>();
  let client: pg.Client | null = null;
  let stopped = false;
  let retry: NodeJS.Timeout | undefined;

  const wake = (scopes: readonly string[] | null) => {
    for (const follower of followers) follower();
    for (const scope of scopes ?? [...waiters.keys()])
      for (const resolve of waiters.get(scope) ?? []) resolve();
  };

  const connect = async (): Promise<void> => {
    const fresh = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
    let lost = false;
    const lose = (problem: Error | null) => {
      if (lost) return;
      lost = true;
      if (client === fresh) client = null;
      if (problem && !stopped) onError(problem);
      if (!stopped) retry = setTimeout(() => void connect(), RECONNECT_MS);
    };
    fresh.on('error', lose);
    fresh.on('end', () => lose(null));
    fresh.on('notification', ({ payload }) => wake(scopesIn(payload)));
    try {
      await fresh.connect();
      await fresh.query(`LISTEN ${changeChannel}`);
      client = fresh;
      wake(null); // what was committed while nobody listened
    } catch (problem) {
      lose(problem instanceof Error ? problem : new Error(String(problem)));
    }
    if (stopped) await fresh.end().catch(() => {});
  };
  void connect();
  const poll = setInterval(() => {
    if (client === null) wake(null);
  }, POLL_MS);

  return {
    next: (scope, signal) =>
      new Promise((resolve) => {
        const done = () => {
          const set = waiters.get(scope);
          set?.delete(done);
          if (set?.size === 0) waiters.delete(scope);
          signal.removeEventListener('abort', done);
          resolve();
        };
        if (signal.aborted) return resolve();
        signal.addEventListener('abort', done);
        const set = waiters.get(scope);
        if (set) set.add(done);
        else waiters.set(scope, new Set([done]));
      }),
    onChange: (listener) => {
      followers.add(listener);
      return () => void followers.delete(listener);
    },
    stop: async () => {
      stopped = true;
      clearInterval(poll);
      clearTimeout(retry);
      await client?.end().catch(() => {});
    },
  };
}

const payload = z.array(z.string());

/** The scopes a notification names; null (all of them) when there were too many to name. */
function scopesIn(text: string | undefined): readonly string[] | null {
  return text ? payload.parse(JSON.parse(text)) : null;
}
