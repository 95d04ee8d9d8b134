import { type Figure, oneFigure, timesFigure } from './figures.ts';

import { actualHasNoFeed, actualSays } from './peers/actual.ts';
import { pouchSays } from './peers/pouch.ts';
import { type Bootstrap, POUCH_SHARE } from './sync-bootstrap.ts';
import { type Absent, comparedFigure, type Measured } from './sync-compare.ts';
import type { FanOut } from './sync-fan-out.ts';
import type { Idle } from './sync-idle.ts';
import type { Rounds } from './sync-rounds.ts';

/** A peer's values, or why there are none: `missing` says why peers could not be run at all. */
const orAbsent = (values: readonly number[], says: string, missing: string): Measured | Absent =>
  values.length > 0 ? { values, says } : { absent: missing };

export function bootstrapFigure({ pestle, pouchdb, actual, raw }: Bootstrap, missing: string): Figure {
  const tenth = `a document a pack and a batch; a ${POUCH_SHARE}th of them, its time times ${POUCH_SHARE}`;
  const copied =
    'a copy of the whole database file another client uploaded: unfiltered, unchecked, as old as the upload';
  return comparedFigure('bootstrap', pestle, {
    ...{ kind: 'times', unit: 'ms' },
    says: 'from the code typed in to the first pack in the cart; twice',
    peers: {
      pouchdb: orAbsent(pouchdb, tenth, missing),
      actual: orAbsent(actual, copied, missing),
      raw: { values: raw, says: 'the same rows, bulk inserted into bare SQLite from a file on this disk' },
    },
  });
}

/** `push`, `push_raw_copy`, `till_to_till`, `catch_up`, `scan_during_catch_up`. */
export function roundFigures(
  { push, catchUp, tillToTill, scans }: Rounds,
  missing: string,
): readonly Figure[] {
  const rates = { kind: 'rates', unit: 'per s' } as const;
  return [
    comparedFigure('push', push.pestle, {
      ...rates,
      says: 'signed, verified, relational rows, fsync; four devices at once in batches of 50; median of the rounds',
      peers: {
        pouchdb: orAbsent(push.pouchdb, pouchSays, missing),
        actual: orAbsent(push.actual, `sales a second; ${actualSays}`, missing),
        raw: {
          values: push.raw,
          says: 'the same rows, log and ledger too: multi-row INSERT … ON CONFLICT DO NOTHING, 50 a transaction, fsync',
        },
      },
    }),
    oneFigure('push_raw_copy', medianOf(push.copy), { unit: 'per s', n: push.copy.length }),
    comparedFigure('catch_up', catchUp.pestle, {
      ...rates,
      says: 'from the link put on to the last row; a cashier scans meanwhile',
      peers: {
        pouchdb: orAbsent(catchUp.pouchdb, `${pouchSays}; one-shot replication in batches of 1,000`, missing),
        actual: orAbsent(
          catchUp.actual,
          `sales a second; ${actualSays}; a light client with its client's statements`,
          missing,
        ),
        raw: { values: catchUp.raw, says: 'the same rows into bare SQLite, FULL, 50 a transaction' },
      },
    }),
    timesFigure('scan_during_catch_up', scans.meanwhile, { bare: scans.idle, at: 'p99' }),
    comparedFigure('till_to_till', tillToTill.pestle, {
      ...{ kind: 'times', unit: 'ms' },
      says: 'from the answer to the payment at A to the rows at B',
      peers: {
        pouchdb: orAbsent(tillToTill.pouchdb, `live replication both ways; ${pouchSays}`, missing),
        actual: { absent: actualHasNoFeed },
        raw: {
          values: tillToTill.raw,
          says: 'POST, INSERT with NOTIFY, LISTEN, SELECT, rows into bare SQLite',
        },
      },
    }),
  ];
}

export function fanOutFigure({ pestle, pouchdb, raw, streams }: FanOut, missing: string): Figure {
  return comparedFigure('fan_out_200', pestle, {
    ...{ kind: 'times', unit: 'ms' },
    says: `from the push going out to each arrival; ${streams} streams open, light SSE readers in the process of the bench`,
    peers: {
      pouchdb: orAbsent(pouchdb, 'one document to 200 continuous feeds', missing),
      actual: { absent: actualHasNoFeed },
      raw: { values: raw, says: 'INSERT with NOTIFY, LISTEN, SELECT, one text to 200 SSE answers' },
    },
  });
}

/** `idle_1000_rss`, the highest seen of each, and `idle_1000_requests`: what HQ answered for it in a minute. */
export function idleFigures(
  { pestle, pouchdb, raw, streams, requests }: Idle,
  missing: string,
): readonly Figure[] {
  const most = (values: readonly number[]) => (values.length > 0 ? [Math.max(...values)] : []);
  return [
    comparedFigure('idle_1000_rss', most(pestle), {
      ...{ kind: 'rates', unit: 'MB', n: streams },
      says: `the highest in a minute of ${streams} streams at a fresh node, all of them opened anew within it`,
      peers: {
        pouchdb: orAbsent(
          most(pouchdb),
          'express-pouchdb with 1,000 continuous feeds of one database',
          missing,
        ),
        actual: { absent: `${actualHasNoFeed}: it keeps no connection` },
        raw: { values: most(raw), says: `bare node:http with ${streams} SSE answers open` },
      },
    }),
    oneFigure('idle_1000_requests', requests, { unit: 'count', n: streams }),
  ];
}

const medianOf = (values: readonly number[]): number =>
  values.toSorted((x, y) => x - y)[Math.floor(values.length / 2)] ?? 0;
