import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { setImmediate as nextTurn, setTimeout as pause } from 'node:timers/promises';
import { z } from 'zod';
import { createIds } from '#shared/kernel/ids.ts';
import { bodyVersion, genesisHash, type Sealed, seal } from '#shared/replica/changeset.ts';
import { tick, zeroHlc } from '#shared/replica/hlc.ts';
import { enrolReply, maxBatch, type PushReply, protocolVersion, pushReply } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createHq, HqError } from '../../../desktop/till/replication/hq.ts';
import { createSealer } from '../../../desktop/till/store/crypto.ts';
import { saleChanges } from '../../bench/sync-sales.ts';
import type { ChainOrg } from './chain-org.ts';
import type { Pushed } from './pushed.ts';
import { BUSY, type Watch } from './watch.ts';

/** A device with a key and a chain of its own and no database: its sales are made when they are sent. */
export type LightTill = {
  readonly device: string;
  readonly storeId: string;
  readonly head: () => { readonly dseq: number; readonly hash: string };
  /** So that the first pushes of many come at one moment. */
  readonly signIn: () => Promise<void>;
  /** Makes these sales, one at each instant, and sends them batch by batch until HQ has answered the last. */
  readonly handUp: (instants: readonly number[]) => Promise<void>;
  /** Tells HQ how far it has read; the scopes that HQ has otherwise. */
  readonly tell: (read: readonly Read[]) => Promise<readonly string[]>;
};
export type Read = {
  readonly scope: string;
  readonly seq: number;
  readonly epoch: string;
  readonly digest: string;
};

type Deps = {
  readonly org: ChainOrg;
  readonly watch: Watch;
  readonly pushed: Pushed;
  readonly name: string;
  readonly inTurn: InTurn;
};

/** As desktop/till/replication/link.ts: bytes of a batch, and how long to wait after a failure. */
const BATCH_BYTES = 900_000;
const BACKOFF = { firstMs: 1_000, mostMs: 32_000 } as const;

/** Work of many tills in one thread, one after the other, so that none holds up what HQ answers the others. */
export type InTurn = <T>(work: () => Promise<T>) => Promise<T>;
export function createTurns(): InTurn {
  let before: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = before.then(work);
    before = mine.catch(() => {});
    return mine;
  };
}

/** Enrols with a code. It speaks through the till's own HTTP client. */
export async function enrolLightTill(
  { url, code }: { readonly url: string; readonly code: string },
  { org, watch, pushed, name, inTurn }: Deps,
): Promise<LightTill> {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const sealer = createSealer(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  const key = z.object({ x: z.string() }).parse(publicKey.export({ format: 'jwk' })).x;
  const hq = createHq({ url, fetch: watch.fetch, nowMs: Date.now });
  const asked = { code, publicKey: key, protocol: protocolVersion, version: 'proof' };
  const { device, inc, tillId, storeId } = await hq.post('/enrol', asked, { schema: enrolReply });
  const ids = createIds({ clock: { nowMs: Date.now }, random: { bytes: (n) => randomBytes(n) } });
  let head = { dseq: 0, hash: genesisHash, hlc: zeroHlc };
  let receiptN = 0;

  function sell(at: number): Sealed {
    receiptN += 1;
    const changes = saleChanges({
      ...{ storeId, tillId, cashierId: org.cashierId, receiptSeries: name, receiptN, at },
      packs: [org.pack(storeId, 2 * receiptN), org.pack(storeId, 2 * receiptN + 1)],
      nextId: ids.next,
    });
    pushed.sale(changes);
    const dseq = head.dseq + 1;
    const hlc = tick(head.hlc, at);
    const link = { device, inc, dseq, tx: ids.next(), parts: 1, prevHash: head.hash, hlc };
    const what = {
      type: 'sale',
      v: bodyVersion,
      scope: storeScope(storeId),
      actor: org.cashierId,
      at,
      skew: null,
    };
    const sealed = seal({ ...link, ...what, body: { changes } }, sealer);
    head = { dseq, hash: sealed.hash, hlc };
    return sealed;
  }

  async function makeBatch(instants: readonly number[]): Promise<readonly Sealed[]> {
    const batch: Sealed[] = [];
    let bytes = 0;
    for (const at of instants) {
      if (bytes > BATCH_BYTES - LARGEST) break;
      const sale = sell(at);
      bytes += sale.text.length;
      batch.push(sale);
      if (batch.length % 10 === 0) await nextTurn();
    }
    return batch;
  }

  /** Sends until HQ has answered, and waits as it was told, or as a till does on its own. */
  async function send(
    changesets: readonly Sealed[],
    waiting: number,
    read: readonly Read[] = [],
  ): Promise<PushReply> {
    for (let failures = 1; ; failures++) {
      try {
        const bearer = await hq.token({ device, inc, sealer });
        const body = { changesets, waiting, oldestAt: null, version: 'proof', read };
        return await hq.post('/sync/push', body, { schema: pushReply, bearer });
      } catch (problem) {
        await pause(waitAfter(problem, failures));
      }
    }
  }

  return {
    ...{ device, storeId, head: () => head },
    signIn: async () => void (await hq.token({ device, inc, sealer })),
    async handUp(instants) {
      for (let at = 0; at < instants.length; ) {
        const batch = await inTurn(() => makeBatch(instants.slice(at, at + maxBatch)));
        at += batch.length;
        const { verdicts } = await send(batch, instants.length - at + batch.length);
        for (const { verdict, first } of verdicts) pushed.verdict(first ?? verdict);
      }
    },
    tell: async (read) => (await send([], 0, read)).diverged,
  };
}

/** No sale of two packs is as long. */
const LARGEST = 16_000;

function waitAfter(problem: unknown, failures: number): number {
  if (!(problem instanceof HqError) || problem.problem.kind === 'refused') throw problem;
  const { retryAfterMs, detail } = problem.problem;
  if (detail === `HTTP ${BUSY}` && !retryAfterMs) throw new Error('HQ is busy and does not say until when');
  const ceiling = Math.min(BACKOFF.firstMs * 2 ** (failures - 1), BACKOFF.mostMs);
  return Math.max(retryAfterMs ?? 0, BACKOFF.firstMs / 4) + Math.random() * ceiling;
}
