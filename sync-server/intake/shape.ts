import type { Response } from 'express';
import { z } from 'zod';
import type { AheadClaim } from '../store/epoch.ts';
import { isUnavailable } from '../store/pool.ts';
import type { ChangeListener } from './change-listener.ts';
import type { Chunk, Feed } from './feed.ts';
import { baseHandle, freshHandle, isHandle } from './shape-handle.ts';
import { changeMessages, mustRefetchMessage, shapeSchema, upToDateMessage } from './shape-messages.ts';

/** Durations in ms. Under the client's 45 s watchdog; SSE streams end within a minute so that proxies see them end. */
export type ShapeTimes = { readonly holdMs: number; readonly keepAliveMs: number; readonly streamMs: number };
export const shapeTimes: ShapeTimes = { holdMs: 20_000, keepAliveMs: 21_000, streamMs: 58_000 };

type Deps = {
  readonly feed: Feed;
  readonly listener: ChangeListener;
  readonly onAheadOfUs: (claim: AheadClaim) => void;
  readonly times: ShapeTimes;
  /** Aborts when this node stops: live answers end at once. */
  readonly closing: AbortSignal;
};

const query = z.object({
  scope: z.string().min(1).max(80),
  offset: z.string().regex(/^(-1|now|\d{1,15}_0)$/),
  handle: z.string().max(80).optional(),
  live: z.enum(['true', 'false']).optional(),
  live_sse: z.enum(['true', 'false']).optional(),
  experimental_live_sse: z.enum(['true', 'false']).optional(),
  cursor: z.string().max(40).optional(),
  /** Rows of one answer at most: a till parses little at a time. Ours, not Electric's. */
  most: z.coerce.number().int().min(1).max(1_000).optional(),
  expired_handle: z.string().max(80).optional(),
});
export type ShapeQuery = z.infer<typeof query>;

/** The query of a shape request; unknown parameters (a `where` among them) are ignored. Null when it is malformed. */
export function parseShapeQuery(given: unknown): ShapeQuery | null {
  const parsed = query.safeParse(given);
  if (!parsed.success) return null;
  const needsHandle = parsed.data.offset !== '-1' && parsed.data.offset !== 'now';
  return needsHandle && parsed.data.handle === undefined ? null : parsed.data;
}

/**
 * `GET /v1/shape`: the pieces of the Electric protocol a till reads (SYNC.md, Feed). The caller has checked that the
 * scope is the token's.
 */
export async function serveShape(deps: Deps, asked: ShapeQuery, res: Response): Promise<void> {
  const { scope, handle } = asked;
  const head = await deps.feed.head(scope);
  const base = baseHandle(head.epoch, scope);
  const after =
    asked.offset === '-1'
      ? head.floor
      : asked.offset === 'now'
        ? head.seq
        : Number(asked.offset.slice(0, -2));
  const foreign = handle !== undefined && !isHandle(base, handle);
  if (handle !== undefined && !foreign && after > head.seq)
    deps.onAheadOfUs({ scope, seq: after, epoch: head.epoch });
  if (foreign || after > head.seq || after < head.floor) {
    res.set('electric-handle', freshHandle(base, [handle, asked.expired_handle]));
    res.set('cache-control', 'no-store').type('json').status(409).send(`[${mustRefetchMessage}]`);
    return;
  }
  // A client that has had a 409 with this very handle would take an answer with it for a stale one.
  const stale = handle === asked.expired_handle;
  res.set(
    'electric-handle',
    handle !== undefined && !stale ? handle : freshHandle(base, [asked.expired_handle]),
  );
  const live = asked.live === 'true';
  const sse = asked.live_sse === 'true' || asked.experimental_live_sse === 'true';
  if (live) res.set('electric-cursor', cursorBehind(asked.cursor));
  else res.set('electric-schema', shapeSchema);
  if (live && sse) return streamShape(deps, { scope, after }, res);
  const chunk = live
    ? await nextChunk(deps, { scope, after }, res)
    : await deps.feed.read(scope, after, asked.most);
  sendChunk(res, scope, chunk);
}

function sendChunk(res: Response, scope: string, { rows, last, atHead }: Chunk): void {
  const messages = [...changeMessages(rows), ...(atHead ? [upToDateMessage(last)] : [])];
  res.set('electric-offset', `${last}_0`);
  if (atHead) res.set('electric-up-to-date', '');
  res.set('cache-control', cacheControl(scope, atHead));
  res.type('json').send(`[${messages.join(',')}]`);
}

/** A full piece of `org` is the same for every till and for ever; everything else is one device's own. */
const cacheControl = (scope: string, atHead: boolean): string => {
  if (scope !== 'org') return 'private, no-store';
  return atHead ? 'private, no-cache' : 'public, max-age=86400';
};

type Place = { readonly scope: string; readonly after: number };

/** What is behind `after`, as soon as there is something; nothing after the hold. */
async function nextChunk(deps: Deps, { scope, after }: Place, res: Response): Promise<Chunk> {
  const over = AbortSignal.any([AbortSignal.timeout(deps.times.holdMs), deps.closing, gone(res)]);
  let chunk: Chunk = { rows: [], last: after, atHead: true };
  while (chunk.rows.length === 0 && !over.aborted) {
    const grown = deps.listener.next(scope, over);
    chunk = await readIfThere(deps.feed, { scope, after });
    if (chunk.rows.length === 0) await grown;
  }
  return chunk;
}

/** A live answer outlasts a short absence of Postgres: there is just nothing new meanwhile. */
async function readIfThere(feed: Feed, { scope, after }: Place): Promise<Chunk> {
  try {
    return await feed.read(scope, after);
  } catch (problem) {
    if (isUnavailable(problem)) return { rows: [], last: after, atHead: true };
    throw problem;
  }
}

async function streamShape(deps: Deps, { scope, after }: Place, res: Response): Promise<void> {
  const over = AbortSignal.any([AbortSignal.timeout(deps.times.streamMs), deps.closing, gone(res)]);
  res.set({
    'content-type': 'text/event-stream',
    'cache-control': 'private, no-store',
    'x-accel-buffering': 'no',
  });
  res.set('electric-offset', `${after}_0`);
  res.flushHeaders();
  const keepAlive = setInterval(() => res.write(': keep-alive\n\n'), deps.times.keepAliveMs);
  let at = after;
  let told = false;
  try {
    while (!over.aborted) {
      const grown = deps.listener.next(scope, over);
      const { rows, last, atHead } = await readIfThere(deps.feed, { scope, after: at });
      at = last;
      if (rows.length > 0 || !told) {
        const messages = [...changeMessages(rows), ...(atHead ? [upToDateMessage(last)] : [])];
        res.write(messages.map((message) => `data: ${message}\n\n`).join(''));
        told = atHead;
      }
      if (atHead) await grown;
    }
  } finally {
    clearInterval(keepAlive);
    res.end();
  }
}

/** Aborts when the client has gone. (`close` of the request comes when its body was read, which is at once.) */
function gone(res: Response): AbortSignal {
  const closed = new AbortController();
  res.on('close', () => closed.abort());
  return closed.signal;
}

/** Changes every 20 s and never repeats the one given: caches must not answer a live request with the last one's. */
function cursorBehind(given: string | undefined): string {
  const now = Math.floor(Date.now() / 20_000);
  return String(given === String(now) ? now + 1 : now);
}
