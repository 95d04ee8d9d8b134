import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';
import { createIdentityStore } from '../../desktop/till/store/identity.ts';
import { createDice } from './dice.ts';
import { keepConnections, makeResettable } from './disk.ts';
import { createHq } from './hq.ts';
import { emptyImage, type HqImage } from './hq-image.ts';
import { snapshotOf } from './hq-snapshot.ts';
import { deviceId, foundation, tillId, tillStores } from './shop.ts';
import { createTill } from './till.ts';
import { today } from './versions.ts';

/** Where every history begins: HQ with its foundation written, and the disks of tills that have just enrolled. */
export type Base = {
  readonly startMs: number;
  readonly hq: HqImage;
  /** Disks with a snapshot of every scope taken in. */
  readonly tills: readonly Buffer[];
  /** The same tills enrolled, and nothing taken in yet. */
  readonly enrolled: readonly Buffer[];
};

const MIGRATIONS = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url));

/** Made once a process and copied by each history: migrating and loading a till takes longer than a whole history. */
export async function createBase(startMs: number): Promise<Base> {
  const hq = createHq(emptyImage, () => startMs);
  for (const changes of foundation(startMs)) hq.write({ actor: 'hq', type: 'foundation', changes });
  const enrolled = tillStores.map((_, index) => enrolledDisk(index));
  const tills = await Promise.all(
    enrolled.map(async (image, index) => {
      const till = createTill({
        index,
        image,
        nowMs: () => startMs,
        dice: createDice(index),
        tables: today.tables,
      });
      for (const scope of till.scopes)
        await till.base(snapshotOf(hq, scope, startMs), {
          breaksAt: null,
          meanwhile: () => {},
        });
      const disk = till.diskImage();
      till.close();
      return keepConnections(disk);
    }),
  );
  return { startMs, hq: hq.image(), tills, enrolled };
}

function enrolledDisk(index: number): Buffer {
  const db = new Database(':memory:');
  db.pragma('page_size=1024');
  migrate(drizzle(db), { migrationsFolder: MIGRATIONS });
  shedWeight(db);
  makeResettable(db);
  const who = { device: deviceId(index), inc: 1, storeId: tillStores[index] ?? '', tillId: tillId(index) };
  createIdentityStore(db).enrol({ ...who, hqUrl: 'http://hq.invalid' });
  const disk = db.serialize();
  db.close();
  return disk;
}

/**
 * Drops what no history looks at, the search index and the secondary indexes: SQLite reads a schema at every opening,
 * and a till opens its disk again after each crash.
 */
function shedWeight(db: Database.Database): void {
  const named = (condition: string) =>
    db.prepare<[], string>(`SELECT name FROM sqlite_master WHERE ${condition}`).pluck().all();
  for (const name of named(`type = 'table' AND sql LIKE 'CREATE VIRTUAL TABLE%'`))
    db.exec(`DROP TABLE "${name}"`);
  for (const name of named(`type = 'index' AND sql IS NOT NULL`)) db.exec(`DROP INDEX "${name}"`);
  db.exec('VACUUM');
}
