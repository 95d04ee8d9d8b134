import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { z } from 'zod';
import { openEnvelope, type Sealed } from '#shared/replica/changeset.ts';
import { tableFacts } from '#shared/schema.ts';
import { type ActualFile, anyAddress, type Cell, type Crdt, loadCrdt, sync } from './actual-messages.ts';
import { command, startPeer } from './children.ts';

/** Actual's sync server and a till that reads from it: one sale is a message for each cell of its rows. */
export type ActualPeer = {
  /** Sends every device's batches, one after the other, the devices at once: milliseconds. */
  readonly push: (devices: readonly (readonly (readonly Sealed[])[])[]) => Promise<number>;
  /** What the server has and the till has not, applied cell by cell. */
  readonly catchUp: () => Promise<{ readonly cells: number; readonly ms: number }>;
  /** A new till takes the database another client has left at the server: milliseconds. */
  readonly bootstrap: (database: string, packs: number) => Promise<number>;
  readonly stop: () => Promise<void>;
};

export const actualSays =
  'a message for each cell; its server fsyncs each request; nothing is signed or validated';
export const actualHasNoFeed = 'Actual has no live feed: a client asks when its person does something';

export async function startActual(peers: string, folder: string): Promise<ActualPeer> {
  const server = await startPeer('actual-server.ts', { peers, folder: join(folder, 'actual-server') });
  const till = await startPeer('actual-till.ts', { peers, folder: join(folder, 'actual-till') });
  const crdt = loadCrdt(peers);
  const token = await firstToken(server.url);
  const file = await upload({ url: server.url, token }, Buffer.from('a budget'));
  return {
    async push(devices) {
      const ready = devices.map((batches, n) => {
        const stamp = stamps(n);
        return batches.map((batch) =>
          requestOf(
            crdt,
            file,
            batch.flatMap(cellsOf).map((cell) => stamped(crdt, cell, stamp())),
          ),
        );
      });
      const from = performance.now();
      await Promise.all(
        ready.map(async (bodies) => {
          for (const body of bodies) await sync(file, body);
        }),
      );
      return performance.now() - from;
    },
    catchUp: () => command(till, 'pull', file),
    async bootstrap(database, packs) {
      const whole = await upload({ url: server.url, token }, gzipSync(readFileSync(database)));
      const brought = await command<{ packs: number; ms: number }>(till, 'bootstrap', whole);
      if (brought.packs !== packs) throw new Error(`Actual brought ${brought.packs} packs`);
      return brought.ms;
    },
    async stop() {
      for (const { child } of [till, server]) await child.stop();
    },
  };
}

async function firstToken(url: string): Promise<string> {
  const response = await fetch(`${url}/account/bootstrap`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ password: randomUUID() }),
  });
  return z.object({ data: z.object({ token: z.string() }) }).parse(await response.json()).data.token;
}

async function upload(
  { url, token }: { readonly url: string; readonly token: string },
  body: Buffer<ArrayBuffer>,
): Promise<ActualFile> {
  const fileId = randomUUID();
  const response = await fetch(`${url}/sync/upload-user-file`, {
    method: 'POST',
    headers: {
      ...{
        'content-type': 'application/encrypted-file',
        'x-actual-token': token,
        'x-forwarded-for': anyAddress(),
      },
      ...{ 'x-actual-file-id': fileId, 'x-actual-name': 'bench', 'x-actual-format': '2' },
    },
    body,
  });
  if (!response.ok) throw new Error(`Actual: HTTP ${response.status}: ${await response.text()}`);
  const { groupId } = z.object({ groupId: z.string() }).parse(await response.json());
  return { url, token, fileId, groupId };
}

/** The cells of a sale's rows, as Actual's protocol carries them. */
function cellsOf({ text }: Sealed): Cell[] {
  const opened = openEnvelope(text);
  const changes = opened.ok ? opened.value.body.changes : [];
  return changes.flatMap((change) => {
    if (change.op !== 'insert') return [];
    const columns = tableFacts.get(change.t)?.columns ?? [];
    return columns
      .filter(({ property }) => property !== 'id')
      .map(({ property, column }) => ({
        dataset: change.t,
        row: String(change.row.id),
        column,
        value: tagged(change.row[property] ?? null),
      }));
  });
}

function tagged(value: unknown): string {
  if (value === null) return '0:';
  if (typeof value === 'number') return `N:${value}`;
  return `S:${typeof value === 'string' ? value : JSON.stringify(value)}`;
}

/** Actual's stamps of one client: time, counter, client. */
function stamps(client: number): () => string {
  let atMs = Date.now();
  let counter = 0;
  return () => {
    counter += 1;
    if (counter > 0xffff) {
      atMs += 1;
      counter = 0;
    }
    const count = counter.toString(16).toUpperCase().padStart(4, '0');
    return `${new Date(atMs).toISOString()}-${count}-${String(client).padStart(16, '0')}`;
  };
}

type Message = { readonly timestamp: string; readonly isEncrypted: boolean; readonly content: Uint8Array };

const stamped = (crdt: Crdt, cell: Cell, timestamp: string): Message => ({
  timestamp,
  isEncrypted: false,
  content: crdt.toBinary(crdt.MessageSchema, crdt.create(crdt.MessageSchema, cell)),
});

/** A request that brings messages and wants none back. */
function requestOf(
  crdt: Crdt,
  { fileId, groupId }: ActualFile,
  messages: readonly Message[],
): Uint8Array<ArrayBuffer> {
  const envelopes = messages.map((message) => crdt.create(crdt.MessageEnvelopeSchema, message));
  const since = '9999-12-31T23:59:59.999Z-FFFF-FFFFFFFFFFFFFFFF';
  const request = crdt.create(crdt.SyncRequestSchema, { fileId, groupId, messages: envelopes, since });
  return crdt.toBinary(crdt.SyncRequestSchema, request);
}
