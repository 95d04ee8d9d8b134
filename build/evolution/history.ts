import type { FeedRow } from '#shared/replica/wire.ts';
import { createHq, type Hq } from '../simulate/hq.ts';
import { emptyImage } from '../simulate/hq-image.ts';
import { type Act, storeId } from './act.ts';
import { acts } from './acts.ts';
import { endStateAt } from './end-state.ts';
import type { Fixtures } from './fixtures.ts';
import { openReader, type Reader } from './reader.ts';
import { shapeOfToday } from './shape.ts';
import { snapshotLines } from './snapshot-lines.ts';

export const scopes = ['org', `store:${storeId}`, 'party'] as const;
const BEGIN = Date.UTC(2026, 2, 2, 9);
const MINUTE = 60_000;

/** Plays every act through today's writers: real till stores, HQ's own rules. The same bytes every time. */
export async function playHistory(): Promise<Omit<Fixtures, 'version'>> {
  let nowMs = BEGIN;
  const clock = () => nowMs;
  const hq = createHq(emptyImage, clock);
  const tills = new Map<Act['by'], Reader>(
    (['till-1', 'till-2'] as const).map((device) => [device, openReader({ device, storeId, nowMs: clock })]),
  );
  for (const act of acts) {
    nowMs += MINUTE;
    const { by, type, actor, changes } = act;
    const till = tills.get(by);
    if (!till) hq.write({ actor, type, changes: changes(nowMs) });
    else {
      for (const scope of scopes) await catchUp(till, hq, scope);
      till.store.transact('act', () =>
        till.store.replica.record({ type, actor, subjectId: null, changes: changes(nowMs) }),
      );
      push(till, hq, act);
    }
  }
  for (const till of tills.values()) till.close();
  return {
    atMs: nowMs,
    storeId,
    scopes: scopes.map((scope) => ({
      scope,
      rows: feedOf(hq, scope, 0),
      snapshot: snapshotLines(hq, scope, nowMs),
    })),
    rows: endStateAt(hq),
    shape: shapeOfToday(),
  };
}

async function catchUp(till: Reader, hq: Hq, scope: string): Promise<void> {
  await till.feed(scope, feedOf(hq, scope, till.takeIn.cursor(scope)?.seq ?? 0));
}

const feedOf = (hq: Hq, scope: string, seq: number): readonly FeedRow[] =>
  hq.changes(scope, { seq, epoch: hq.epoch() }, 1_000) ?? [];

function push(till: Reader, hq: Hq, { by, type, refused }: Act): void {
  const waiting = till.store.db
    .prepare<[], { text: string; hash: string; sig: string }>(
      `SELECT text, hash, sig FROM journal WHERE state = 'waiting' ORDER BY dseq`,
    )
    .all();
  const taken = hq.takeBatch(by, 1, waiting);
  if (!taken.ok) throw new Error(`${by} ${type}: ${taken.problem.code}`);
  for (const { dseq, verdict, reason } of taken.reply.verdicts) {
    if ((verdict === 'refused') !== (refused === true))
      throw new Error(`${by} ${type}: ${verdict} ${reason}`);
    till.store.db
      .prepare(`UPDATE journal SET state = ? WHERE dseq = ?`)
      .run(refused ? 'refused' : 'at-hq', dseq);
  }
}
