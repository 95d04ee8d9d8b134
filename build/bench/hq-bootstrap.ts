import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { snapshotReply } from '#shared/replica/wire.ts';
import { type BareTill, openBareTill } from './sync-bare.ts';
import type { BenchDevice } from './sync-devices.ts';

/** Rows of one transaction of the bare insert. */
const SLICE = 20_000;

/**
 * Milliseconds of a bare bulk insert of the rows of a device's snapshots, from an NDJSON file on this disk. `use` may look
 * at the database file that came out of it.
 */
export async function insertSnapshotsBare(
  device: BenchDevice,
  use: (database: string) => Promise<void> = async () => {},
): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-bench-snapshot-'));
  try {
    const file = join(folder, 'rows.ndjson');
    for (const scope of device.identity.scopes) await download(device, scope, file);
    const bare = openBareTill();
    const from = performance.now();
    await insertFile(bare, file);
    const took = performance.now() - from;
    bare.db.pragma('wal_checkpoint(TRUNCATE)');
    await use(bare.db.name);
    bare.close();
    return took;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function download(device: BenchDevice, scope: string, file: string): Promise<void> {
  const announced = await device.get(`/sync/snapshot?scope=${encodeURIComponent(scope)}`);
  const { id } = snapshotReply.parse(await announced.json());
  const { body } = await device.get(`/sync/snapshots/${id}`);
  if (!body) throw new Error('an empty snapshot');
  await pipeline(body, createGunzip(), createWriteStream(file, { flags: 'a' }));
}

async function insertFile({ db, insert }: BareTill, file: string): Promise<void> {
  let held = 0;
  db.exec('BEGIN');
  for await (const line of createInterface({ input: createReadStream(file) })) {
    const { t, rows } = JSON.parse(line);
    if (!Array.isArray(rows)) continue;
    if (t === 'on_hand') insertOnHand(db, rows);
    else insert(t, rows);
    held += rows.length;
    if (held < SLICE) continue;
    db.exec('COMMIT; BEGIN');
    held = 0;
  }
  db.exec('COMMIT');
}

function insertOnHand(db: BareTill['db'], rows: readonly unknown[]): void {
  const add = db.prepare(
    'INSERT INTO on_hand (batch_id, pack_id, qty_base) VALUES (:batchId, :packId, :qtyBase)',
  );
  for (const row of rows) add.run(row);
}
