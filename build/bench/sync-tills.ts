import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startChild } from '../child.ts';
import { connectTill, type TillClient } from '../clients.ts';
import type { BenchOrg } from './hq-catalogue.ts';
import { readyOf } from './hq-host.ts';

/** A real till as a process of its own, driven through its contract over loopback. */
export type BenchTill = {
  readonly client: TillClient;
  readonly folder: string;
  /** Ends the process; its folder stays. */
  readonly halt: () => Promise<void>;
  readonly stop: () => Promise<void>;
};

/** A till on its folder; without one it has not joined anything yet. */
export async function startTill(
  folder = mkdtempSync(join(tmpdir(), 'pestle-bench-till-')),
): Promise<BenchTill> {
  const child = startChild({
    name: 'The till',
    file: 'desktop/hosts/node.ts',
    args: ['--json', '--data', folder, '--port', '0'],
    say: () => {},
  });
  const { url, token } = await readyOf(child);
  const connection = connectTill({ url, token: token ?? '' });
  const halt = async (): Promise<void> => {
    connection.close();
    await child.stop();
  };
  return {
    client: connection.till,
    folder,
    halt,
    stop: async () => {
      await halt();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Joins HQ, signs the cashier in and scans a first pack into the cart: what a new till must do before it sells. */
export async function joinAndScan(
  { client }: BenchTill,
  org: BenchOrg,
  { url, code }: { readonly url: string; readonly code: string },
): Promise<void> {
  await client.auth.join({ hqUrl: url, code });
  await client.auth.signIn(org.cashier);
  await scan(client, org, 0);
}

/** Scans the pack of this index; the cart's totals. */
export async function scan(client: TillClient, org: BenchOrg, index: number) {
  const { cart } = await client.sales.scan({
    commandId: randomUUID(),
    code: org.pack(index).gtin14.slice(1),
  });
  return cart;
}

/** Scans two packs and is paid in cash: when it resolves the sale is on the till's disk. */
export async function sell(client: TillClient, org: BenchOrg, index: number): Promise<void> {
  await scan(client, org, index);
  const { totalMinor, cashDueMinor } = await scan(client, org, index + 1);
  await client.sales.pay({
    ...{ commandId: randomUUID(), totalMinor },
    tenders: [{ kind: 'cash', amountMinor: cashDueMinor }],
  });
}

export type Follower = {
  /** The number of the scope's last changeset whose rows the till has. */
  readonly seq: () => number;
  /** When (performance.now) the till said that it has this number. */
  readonly reached: (seq: number) => Promise<number>;
  readonly end: () => void;
};

/** Follows how far a till has taken in a scope, as it tells its own screens. */
export async function follow({ client }: BenchTill, scope: string): Promise<Follower> {
  const abort = new AbortController();
  const states = await client.auth.sync(undefined, { signal: abort.signal });
  const at = new Map<number, number>();
  let last = 0;
  let wake = Promise.withResolvers<void>();
  const watch = async () => {
    for await (const { scopes } of states) {
      const seq = scopes.find((one) => one.scope === scope)?.seq ?? 0;
      for (let n = last === 0 ? seq : last + 1; n <= seq; n++) at.set(n, performance.now());
      last = seq;
      const waiting = wake;
      wake = Promise.withResolvers();
      waiting.resolve();
    }
  };
  void watch().catch(() => {});
  return {
    seq: () => last,
    async reached(seq) {
      while (last < seq) await wake.promise;
      return at.get(seq) ?? performance.now();
    },
    end: () => abort.abort(),
  };
}

/** Sells at A and waits for B to have it: milliseconds from A's answer to B's rows, one for each sale. */
export async function tillToTill(
  { a, b, scope }: { readonly a: BenchTill; readonly b: BenchTill; readonly scope: string },
  org: BenchOrg,
  { sales, warmUp }: { readonly sales: number; readonly warmUp: number },
): Promise<readonly number[]> {
  const follower = await follow(b, scope);
  await a.client.sales.clear({ commandId: randomUUID() });
  const first = await follow(a, scope);
  await first.reached(1);
  const before = first.seq();
  first.end();
  const times: number[] = [];
  for (let n = 1; n <= warmUp + sales; n++) {
    await sell(a.client, org, 2 * n);
    const paid = performance.now();
    const there = await follower.reached(before + n);
    if (n > warmUp) times.push(Math.max(0, there - paid));
    // Sales come one by one: the next begins when both tills have come to rest.
    await pause(10);
  }
  follower.end();
  return times;
}
