import type { Request, Response } from 'express';
import { createShed, type Shed, type ShedLimits } from '../intake/shed.ts';
import { sendFailure } from './failures.ts';

/** Kinds of work of a node, each with limits of its own, so that one never starves another. */
export type SyncLimits = {
  /** Batches taken in: a connection each for as long as it takes. */
  readonly push: ShedLimits;
  /** Reading the log; live requests that wait for news do not count. */
  readonly feed: ShedLimits;
  /** Making snapshots: long, and a connection each. */
  readonly snapshot: ShedLimits;
};

const MB = 1024 * 1024;
/**
 * A till waits 15 s for the answer to a push (desktop/till/replication/hq.ts), its turn and its work together.
 * Of the pool's 12 connections 8 at most take in and 2 make snapshots: feeds and people get the others.
 */
export const syncLimits: SyncLimits = {
  push: { running: 8, waiting: 56, bytes: 16 * MB, patienceMs: 7_000 },
  feed: { running: 16, waiting: 500 },
  snapshot: { running: 2, waiting: 200 },
};

export type Shedding = { readonly [Kind in keyof SyncLimits]: Gate };
type Gate = (req: Request, res: Response, work: Work) => Promise<void>;
type Work = {
  /** Reads the body; done before the turn, so that a slow line holds up nobody. */
  readonly read?: () => Promise<void>;
  readonly run: () => Promise<void>;
};

/** Gates that answer 429 BUSY with `retry-after` to what is too much, and run the rest in its turn. */
export const createShedding = (limits: SyncLimits): Shedding => ({
  push: gate(createShed(limits.push)),
  feed: gate(createShed(limits.feed)),
  snapshot: gate(createShed(limits.snapshot)),
});

const gate =
  (shed: Shed): Gate =>
  async (req, res, { read, run }) => {
    const entered = shed.enter(sizeOf(req));
    if (!entered.ok) return sendFailure(res, entered.error);
    const place = entered.value;
    res.on('close', place.giveUp);
    try {
      await read?.();
      if (await place.turn()) return await run();
      const late = place.sentAway();
      if (late) sendFailure(res, late);
    } finally {
      place.leave();
    }
  };

/** As sent. A body that comes in pieces does not say how long it is: it is counted as the longest. */
function sizeOf(req: Request): number {
  const said = req.get('content-length');
  if (said !== undefined) return Number(said);
  return req.get('transfer-encoding') === undefined ? 0 : MB;
}
