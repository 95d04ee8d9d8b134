import { createHash, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openEnvelope, type Sealed } from '#shared/replica/changeset.ts';
import { command, type PeerProgram, startPeer } from './children.ts';

/** PouchDB at two tills and express-pouchdb between them: one sale is one document. */
export type PouchPeer = {
  /** Of the server; its sales are the database `sales`. */
  readonly serverUrl: string;
  /** Sends every device's batches, one after the other, the devices at once: milliseconds. */
  readonly push: (devices: readonly (readonly (readonly Sealed[])[])[]) => Promise<number>;
  /** What the server has and till B has not, into B's own database. */
  readonly catchUp: () => Promise<{ readonly docs: number; readonly ms: number }>;
  /** Puts at A and waits for B to have it: milliseconds from A's answer, one for each sale. */
  readonly tillToTill: (sales: readonly Sealed[]) => Promise<readonly number[]>;
  /** A new till takes in a catalogue of so many packs with three batches each: milliseconds. */
  readonly bootstrap: (packs: number) => Promise<number>;
  /** Puts one sale at the server. */
  readonly change: (sale: Sealed) => Promise<void>;
  readonly stop: () => Promise<void>;
};

export const pouchSays = 'one document a sale; LevelDB does not fsync; nothing is signed or validated';

export async function startPouch(peers: string, folder: string): Promise<PouchPeer> {
  const server = await startPeer('pouch-server.ts', { peers, folder: join(folder, 'pouch-server') });
  const a = await startPeer('pouch-till.ts', { peers, folder: join(folder, 'pouch-a') });
  const b = await startPeer('pouch-till.ts', { peers, folder: join(folder, 'pouch-b') });
  const sales = `${server.url}/sales`;
  await send(sales, 'PUT', {});
  return {
    serverUrl: server.url,
    async push(devices) {
      const ready = devices.map((batches) => batches.map(asReplicator));
      const from = performance.now();
      await Promise.all(
        ready.map(async (batches) => {
          for (const { revs, docs } of batches) {
            await send(`${sales}/_revs_diff`, 'POST', revs);
            await send(`${sales}/_bulk_docs`, 'POST', docs);
          }
        }),
      );
      return performance.now() - from;
    },
    catchUp: () => command(b, 'pull', { name: 'sales', remote: sales }),
    tillToTill: (made) => tillToTill({ a, b, sales }, made),
    bootstrap: (packs) => bootstrap({ server, b }, packs),
    change: (sale) => send(sales, 'POST', { ...docOf(sale), _id: randomUUID() }),
    async stop() {
      for (const { child } of [a, b, server]) await child.stop();
    },
  };
}

/** A sale's document: the content of its changeset, without what chains and signs it. */
export function docOf({ text }: Sealed): { readonly _id: string } & Record<string, unknown> {
  const opened = openEnvelope(text);
  if (!opened.ok) throw new Error('the bench made this changeset itself');
  const { tx, type, scope, actor, at, body } = opened.value;
  return { _id: tx, type, scope, actor, at, changes: body.changes };
}

/** The two requests of PouchDB's replicator for a batch: which revisions are missing, then the documents. */
function asReplicator(batch: readonly Sealed[]): { readonly revs: string; readonly docs: string } {
  const docs = batch.map((sealed) => {
    const doc = docOf(sealed);
    const hash = createHash('md5').update(sealed.hash).digest('hex');
    return { ...doc, _rev: `1-${hash}`, _revisions: { start: 1, ids: [hash] } };
  });
  const revs = Object.fromEntries(docs.map(({ _id, _rev }) => [_id, [_rev]]));
  return { revs: JSON.stringify(revs), docs: JSON.stringify({ docs, new_edits: false }) };
}

async function send(url: string, method: string, body: object | string): Promise<void> {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method, headers: { 'content-type': 'application/json' }, body: text });
  const answer = await response.text();
  if (!response.ok) throw new Error(`PouchDB: HTTP ${response.status}: ${answer}`);
}

type Pair = { readonly a: PeerProgram; readonly b: PeerProgram; readonly sales: string };

async function tillToTill({ a, b, sales }: Pair, made: readonly Sealed[]): Promise<readonly number[]> {
  await command(b, 'follow', { name: 'sales', remote: sales });
  await command(a, 'feed', { name: 'made', remote: sales });
  const times: number[] = [];
  for (const sealed of made) {
    const doc = { ...docOf(sealed), _id: randomUUID() };
    const there = command(b, 'arrival', { id: doc._id }).then(() => performance.now());
    await command(a, 'put', { name: 'made', doc });
    const put = performance.now();
    times.push(Math.max(0, (await there) - put));
    await pause(10);
  }
  for (const till of [a, b]) await command(till, 'halt', {});
  return times;
}

async function bootstrap(
  { server, b }: { readonly server: PeerProgram; readonly b: PeerProgram },
  packs: number,
): Promise<number> {
  const catalogue = `${server.url}/catalogue-${packs}`;
  const there = await fetch(catalogue);
  if (!there.ok) await fill(catalogue, packs);
  const { docs, ms } = await command<{ docs: number; ms: number }>(b, 'pull', {
    name: `new-${randomUUID()}`,
    remote: catalogue,
  });
  if (docs !== packs * 4) throw new Error(`PouchDB brought ${docs} documents`);
  return ms;
}

/** A document for each pack, with its medicine, code and price, and one for each batch. */
async function fill(catalogue: string, packs: number): Promise<void> {
  await send(catalogue, 'PUT', {});
  const each = 500;
  for (let from = 0; from < packs; from += each) {
    const docs = Array.from({ length: each }, (_, i) => from + i).flatMap((n) => [
      {
        _id: `pack ${n}`,
        ...medicine,
        name: `Pack ${n}`,
        code: `gtin:0203${n}`,
        priceMinor: 150 + (n % 4_000),
      },
      ...['A', 'B', 'C'].map((code) => ({ _id: `batch ${n} ${code}`, packId: `pack ${n}`, code, ...stock })),
    ]);
    await send(`${catalogue}/_bulk_docs`, 'POST', { docs });
  }
}

const medicine = {
  ...{ kind: 'medicine', brand: 'A brand', generics: [{ name: 'a substance', strength: '500 mg' }] },
  ...{ form: 'comprimé pelliculé', route: 'orale', holder: 'A holder', scheduleClass: 'general' },
  ...{ label: 'plaquette(s) de 16 comprimé(s)', packSize: 16, baseUnit: 'tablet', validFrom: '2024-01-01' },
};
const stock = { expiresOn: '2030-06-30', costMinor: 60_000, costQtyBase: 8_000, qtyBase: 8_000 };
