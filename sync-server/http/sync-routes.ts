import express, { type Express, type Request, type Response } from 'express';
import type pg from 'pg';
import { z } from 'zod';
import type { Clock } from '#shared/kernel/clock.ts';
import { openEnvelope } from '#shared/replica/changeset.ts';
import {
  type changesReply,
  incarnationRequest,
  type pushReply,
  pushRequest,
  relayRequest,
} from '#shared/replica/wire.ts';
import type { DeviceToken, DeviceTokens } from '../auth/device-tokens.ts';
import { newIncarnation } from '../auth/incarnation.ts';
import type { ChangeListener } from '../intake/change-listener.ts';
import type { Feed } from '../intake/feed.ts';
import { headsOf } from '../intake/heads.ts';
import type { Intake } from '../intake/push.ts';
import type { ReadPlaces } from '../intake/read-places.ts';
import { parseShapeQuery, type ShapeTimes, serveShape } from '../intake/shape.ts';
import type { Snapshots } from '../intake/snapshot.ts';
import type { AheadClaim } from '../store/epoch.ts';
import { createReadGuard, forDevices } from './device-guard.ts';
import { sendFailure } from './failures.ts';
import type { Metrics } from './metrics.ts';
import type { Shedding } from './shedding.ts';
import { secureOnly } from './transport.ts';

export type SyncDeps = {
  readonly pool: pg.Pool;
  readonly tokens: DeviceTokens;
  readonly clock: Clock;
  readonly intake: Intake;
  readonly places: ReadPlaces;
  readonly feed: Feed;
  readonly listener: ChangeListener;
  readonly snapshots: Snapshots;
  readonly metrics: Metrics;
  readonly shedding: Shedding;
  /** A device has read further in this epoch than the log goes: HQ was restored from a backup. */
  readonly onAheadOfUs: (claim: AheadClaim) => void;
  readonly times: ShapeTimes;
  readonly closing: AbortSignal;
};

/** Bytes of a push on the wire, and of what it unpacks to. */
const MOST_BYTES = 1024 * 1024;
const MOST_UNPACKED = 16 * MOST_BYTES;

/** What tills speak with HQ once they are enrolled: push up; feed, plain changes and snapshots down. */
export function mountSync(app: Express, deps: SyncDeps): void {
  const device = forDevices(deps);
  const { shedding } = deps;
  const mayRead = createReadGuard(deps.pool);
  const refusedRead = async (res: Response, token: Parameters<typeof mayRead>[0], scope: string) => {
    const refusal = await mayRead(token, scope);
    if (refusal) sendFailure(res, { code: refusal });
    return refusal !== null;
  };

  app.use(['/sync', '/v1'], secureOnly);
  app.post(
    '/sync/push',
    sizeOnTheWire,
    device((req, res, token) =>
      shedding.push(req, res, {
        read: () => readBody(req, res),
        run: () => push(deps, req, res, token),
      }),
    ),
  );
  app.post(
    '/sync/relay',
    sizeOnTheWire,
    device((req, res, token) =>
      shedding.push(req, res, {
        read: () => readBody(req, res),
        run: () => relay(deps, req, res, token),
      }),
    ),
  );
  app.get(
    '/sync/heads',
    device(async (_req, res, token) => {
      res.set('cache-control', 'no-store').json(await headsOf(deps.pool, token.scopes));
    }),
  );
  app.post(
    '/device/incarnation',
    express.json({ limit: '1kb' }),
    device(async (req, res, { device: id }) => {
      const asked = incarnationRequest.safeParse(req.body);
      if (!asked.success) return sendFailure(res, { code: 'BAD_REQUEST' });
      const given = await newIncarnation(deps.pool, { device: id, ...asked.data }, deps.clock.nowMs());
      if (given.ok) res.set('cache-control', 'no-store').json(given.value);
      else sendFailure(res, given.error);
    }),
  );
  app.get(
    '/v1/shape',
    device(async (req, res, token) => {
      const asked = parseShapeQuery(req.query);
      if (!asked) return sendFailure(res, { code: 'BAD_REQUEST' });
      if (await refusedRead(res, token, asked.scope)) return;
      const run = () => serveShape(deps, asked, res);
      // What waits for news costs nothing while it waits, and shares its reading with the others.
      if (asked.live === 'true') await run();
      else await shedding.feed(req, res, { run });
    }),
  );
  app.get(
    '/sync/changes',
    device(async (req, res, token) => {
      const asked = changesQuery.safeParse(req.query);
      if (!asked.success) return sendFailure(res, { code: 'BAD_REQUEST' });
      if (await refusedRead(res, token, asked.data.scope)) return;
      await shedding.feed(req, res, { run: () => sendChanges(deps, asked.data, res) });
    }),
  );
  app.get(
    '/sync/snapshot',
    device(async (req, res, token) => {
      const asked = snapshotQuery.safeParse(req.query);
      if (!asked.success) return sendFailure(res, { code: 'BAD_REQUEST' });
      if (await refusedRead(res, token, asked.data.scope)) return;
      const { scope } = asked.data;
      await shedding.snapshot(req, res, {
        run: async () =>
          void res.set('cache-control', 'private, no-store').json(await deps.snapshots.of(scope)),
      });
    }),
  );
  app.get(
    '/sync/snapshots/:id',
    device(async (req, res, token) => {
      const id = String(req.params.id);
      const found = await deps.snapshots.file(id, token.scopes);
      if (found === null) return sendFailure(res, { code: 'NOT_FOUND' });
      if (await refusedRead(res, token, found.scope)) return;
      const { file, sha256 } = found;
      // The file is served as it lies: Range counts the bytes of the gzip, and If-Range asks whether they are the same.
      res.set({
        'content-type': 'application/gzip',
        etag: `"${sha256}"`,
        'cache-control': 'private, max-age=3600',
      });
      res.sendFile(file, { acceptRanges: true, cacheControl: false, dotfiles: 'allow' }, (problem) => {
        if (problem && !res.headersSent) sendFailure(res, { code: 'NOT_FOUND' });
      });
    }),
  );
}

const changesQuery = z.object({
  scope: z.string().max(80),
  after: z.coerce.number().int().nonnegative(),
  limit: z.coerce.number().int().min(1).max(1_000).default(200),
  /** The epoch `after` was read in. */
  epoch: z.string().max(64).optional(),
});
const snapshotQuery = z.object({ scope: z.string().max(80) });

/** The size as sent bounds what is unpacked at all; the size unpacked is bounded by the parser. */
function sizeOnTheWire(req: Request, res: Response, next: () => void): void {
  if (Number(req.get('content-length') ?? 0) <= MOST_BYTES) next();
  else {
    res.set('connection', 'close');
    sendFailure(res, { code: 'TOO_LARGE' });
  }
}

const json = express.json({ limit: MOST_UNPACKED, inflate: true });

const readBody = (req: Request, res: Response): Promise<void> =>
  new Promise((resolve, reject) => {
    json(req, res, (problem?: unknown) => (problem === undefined ? resolve() : reject(problem)));
  });

async function sendChanges(
  { feed, onAheadOfUs }: SyncDeps,
  { scope, after, limit, epoch: known }: z.infer<typeof changesQuery>,
  res: Response,
): Promise<void> {
  const { seq: head, floor, epoch } = await feed.head(scope);
  if (after > head && known === epoch) onAheadOfUs({ scope, seq: after, epoch });
  if (after > head || after < floor) return sendFailure(res, { code: 'MUST_REFETCH' });
  const { rows } = await feed.read(scope, after, limit);
  const reply: z.infer<typeof changesReply> = { rows: [...rows], head, epoch };
  res.set('cache-control', 'private, no-store').json(reply);
}

async function push(
  { intake, places, metrics }: SyncDeps,
  req: Request,
  res: Response,
  token: DeviceToken,
): Promise<void> {
  const parsed = pushRequest.safeParse(req.body);
  // Postgres text cannot hold NUL, and no JSON has it.
  if (!parsed.success || parsed.data.changesets.some(({ text }) => text.includes('\0')))
    return sendFailure(res, { code: 'BAD_REQUEST' });
  const done = metrics.push.startTimer();
  const taken = await intake.takeBatch(token, parsed.data);
  done();
  if (!taken.ok) {
    metrics.refusedBatches.inc({ code: taken.error.code });
    return sendFailure(res, taken.error);
  }
  for (const { verdict } of taken.value.verdicts) metrics.changesets.inc({ verdict });
  const { epoch, hqNow: nowMs } = taken.value;
  const read = parsed.data.read.filter(({ scope }) => token.scopes.includes(scope));
  const reply: z.infer<typeof pushReply> = {
    ...taken.value,
    diverged: await places.take(token.device, read, { epoch, nowMs }),
  };
  res.json(reply);
}

/** Takes from one device what another made, of the scopes both belong to; of a device its till has been, everything. */
async function relay(
  { pool, intake, metrics }: SyncDeps,
  req: Request,
  res: Response,
  token: DeviceToken,
): Promise<void> {
  const parsed = relayRequest.safeParse(req.body);
  if (!parsed.success || parsed.data.changesets.some(({ text }) => text.includes('\0')))
    return sendFailure(res, { code: 'BAD_REQUEST' });
  const { device, inc } = parsed.data;
  const own = device === token.device || (await areOfOneTill(pool, device, token.device));
  const readable = parsed.data.changesets.filter(({ text }) => {
    const opened = openEnvelope(text);
    return opened.ok && (own || token.scopes.includes(opened.value.scope));
  });
  const taken = await intake.takeRelayed({ device, inc }, readable);
  if (!taken.ok) return sendFailure(res, taken.error);
  for (const { verdict } of taken.value.verdicts) metrics.changesets.inc({ verdict });
  res.json({ ...taken.value, diverged: [] });
}

async function areOfOneTill(pool: SyncDeps['pool'], one: string, other: string): Promise<boolean> {
  const { rowCount } = await pool.query(
    'SELECT 1 FROM device a JOIN device b ON a.till_id = b.till_id WHERE a.id = $1 AND b.id = $2',
    [one, other],
  );
  return rowCount === 1;
}
