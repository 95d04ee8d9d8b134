import { randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { Express } from 'express';
import type pg from 'pg';
import type { Logger } from 'pino';
import type { Clock } from '#shared/kernel/clock.ts';
import { createIds, type Ids } from '#shared/kernel/ids.ts';
import { createDeviceTokens } from '../auth/device-tokens.ts';
import { type HqKeys, readHqKeys } from '../auth/hq-keys.ts';
import { type ChangeListener, createChangeListener } from '../intake/change-listener.ts';
import { createFeed } from '../intake/feed.ts';
import { createIntake } from '../intake/push.ts';
import { createReadPlaces } from '../intake/read-places.ts';
import { type ShapeTimes, shapeTimes } from '../intake/shape.ts';
import { createSignatureCheck } from '../intake/signature-check.ts';
import { createSnapshots } from '../intake/snapshot.ts';
import { type AheadClaim, createAheadOfUs } from '../store/epoch.ts';
import { createApp } from './app.ts';
import { createMetrics } from './metrics.ts';
import { createShedding, type SyncLimits, syncLimits } from './shedding.ts';

export type HqOptions = {
  readonly pool: pg.Pool;
  readonly databaseUrl: string;
  /** For files that can be made again: snapshots, uploads; and newer versions of the till, put there by hand. */
  readonly dataDir: string;
  /** 0 = any. */
  readonly port: number;
  readonly host?: string;
  readonly log: Logger;
  /** HQ's own time, which it signs for tills; the machine's where it is left out. */
  readonly clock?: Clock;
  readonly trustProxy?: boolean | number | string;
  readonly times?: ShapeTimes;
  readonly limits?: SyncLimits;
  /** What a device's claim that HQ was restored does; it opens a new epoch unless something else is wanted. */
  readonly onAheadOfUs?: (claim: AheadClaim) => void;
  readonly enrolTries?: number;
  /** The back office: gets what it needs of this node and answers what to mount. */
  readonly office?: (node: HqNode) => Office;
};

/** What a node of HQ offers to what is mounted on it. */
export type HqNode = {
  readonly pool: pg.Pool;
  readonly keys: HqKeys;
  readonly listener: ChangeListener;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly dataDir: string;
  readonly log: Logger;
  readonly url: () => string;
};
export type Office = { readonly mounts: (app: Express) => void; readonly stop: () => Promise<void> };
export type Hq = { readonly url: string; readonly keys: HqKeys; readonly stop: () => Promise<void> };

export const systemClock: Clock = { nowMs: () => Date.now() };

/** Puts one HQ node together and listens. The database is migrated and has its org; many nodes may share it. */
export async function startHq(options: HqOptions): Promise<Hq> {
  const { pool, log, dataDir, clock = systemClock } = options;
  const closing = new AbortController();
  const keys = await readHqKeys(pool);
  const listener = createChangeListener({
    url: options.databaseUrl,
    onError: (problem) => log.warn({ reason: problem.message }, 'the change listener lost Postgres'),
  });
  let url = '';
  const ids = createIds({ clock, random: { bytes: (n) => randomBytes(n) } });
  const office = options.office?.({
    ...{ pool, keys, listener, clock, ids, dataDir, log },
    url: () => url,
  });
  const tokens = createDeviceTokens(keys.tokenKey);
  const signatures = createSignatureCheck(pool, (problem) =>
    log.warn({ problem }, 'a bad signature could not be written down'),
  );
  signatures
    .resume()
    .catch((problem: unknown) =>
      log.warn({ problem }, 'signatures of an earlier run wait for the next start'),
    );
  const aheadOfUs = createAheadOfUs(pool, {
    onError: (problem) => log.warn({ problem }, 'a device that is ahead of HQ could not be heard'),
  });
  const app = createApp({
    ...{ pool, keys, tokens, clock, listener, log, dataDir },
    intake: createIntake(pool, signatures),
    places: createReadPlaces(pool, options.onAheadOfUs ?? aheadOfUs.claim),
    feed: createFeed(pool),
    snapshots: createSnapshots({ pool, dataDir, now: clock.nowMs }),
    metrics: createMetrics(pool),
    shedding: createShedding(options.limits ?? syncLimits),
    onAheadOfUs: options.onAheadOfUs ?? aheadOfUs.claim,
    times: options.times ?? shapeTimes,
    closing: closing.signal,
    enrolTries: options.enrolTries ?? 10,
    trustProxy: options.trustProxy ?? false,
    mounts: office?.mounts ?? (() => {}),
  });
  const server = await listen(createServer(app), options.port, options.host ?? '127.0.0.1');
  url = addressOf(server);
  return {
    url,
    keys,
    stop: async () => {
      closing.abort();
      await office?.stop();
      await closeServer(server);
      await signatures.settled();
      await aheadOfUs.settled();
      await listener.stop();
    },
  };
}

function listen(server: Server, port: number, host: string): Promise<Server> {
  // Live feeds sit behind one request each for a minute; anything slower than this to send its head is no till.
  server.headersTimeout = 20_000;
  // A whole push in a minute (1 MB at 140 kbit/s): who sends slower holds a place that others wait for.
  server.requestTimeout = 60_000;
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => resolve(server));
  });
}

function addressOf(server: Server): string {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('not listening');
  const host = address.family === 'IPv6' ? `[${address.address}]` : address.address;
  return `http://${host}:${address.port}`;
}

const GRACE_MS = 5_000;

/** Lets answers that are under way finish, then cuts what is left. */
async function closeServer(server: Server): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // Answers that end now leave their connections idle: those are not waited for either.
  const idle = setInterval(() => server.closeIdleConnections(), 50);
  const cut = setTimeout(() => server.closeAllConnections(), GRACE_MS);
  await closed;
  clearInterval(idle);
  clearTimeout(cut);
}
