import { randomUUID } from 'node:crypto';
import { rmSync } from 'node:fs';
import type { Database } from 'better-sqlite3';
import { z } from 'zod';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { TableName } from '#shared/schema.ts';
import { createSearchIndex } from './catalog/search-index.ts';
import { failureOf } from './store/backup.ts';
import { createIdentityStore } from './store/identity.ts';
import { openDatabase, tuneFor } from './store/open.ts';

export type TrainingCopyJob = z.infer<typeof trainingCopyJob>;
export const trainingCopyJob = z.object({
  /** The real database, which is only read, and its key. */
  file: z.string(),
  keyHex: z.string(),
  /** The database to practise on, and its own key; what lay there before goes. */
  to: z.string(),
  toKeyHex: z.string(),
  migrations: z.string(),
});
export const trainingCopyOutcome = z.union([
  z.object({ ok: z.literal(true), value: z.null() }),
  z.object({ ok: z.literal(false), error: z.enum(['disk-full', 'io']) }),
]);

/** The store's code in training: no number of it is any store's, on paper or when it is scanned. */
const TRAINING_STORE_CODE = 'TRAIN';

/**
 * Makes a database to practise on out of the real one, as of one moment: people, catalogue, prices, settings and stock.
 * Customers, sales, shifts, held sales and whatever waits for HQ stay where they are: nobody practises on what is private,
 * and what is not there cannot be sent. It has a device of its own that HQ has never heard of, and no HQ.
 *
 * The real one is attached and only read. Takes as long as the disk does: to be called in a thread (hosts/training.ts).
 */
export function copyForTraining(job: TrainingCopyJob): Result<null, 'disk-full' | 'io'> {
  removeTraining(job.to);
  const opened = openDatabase({ file: job.to, keyHex: job.toKeyHex, migrations: job.migrations });
  if (!opened.ok) return err('io');
  const db = opened.value;
  try {
    // Nobody needs it after a power cut.
    db.pragma('synchronous=OFF');
    tuneFor(db, 'first-base');
    db.prepare('ATTACH ? AS real KEY ?').run(job.file, Buffer.from(job.keyHex, 'hex'));
    // SQLite lets nobody write what FTS5 keeps for itself, unless told to.
    db.unsafeMode(true);
    db.transaction(() => copyAll(db))();
    db.unsafeMode(false);
    db.exec('DETACH real');
    const index = createSearchIndex(db);
    if (index.rebuildPending()) index.rebuild();
    return ok(null);
  } catch (problem) {
    if (!isOfDisk(problem)) throw problem;
    return err(failureOf(problem) === 'disk-full' ? 'disk-full' : 'io');
  } finally {
    db.close();
  }
}

/** Anything else is a bug, and must not look like a disk. */
const isOfDisk = (problem: unknown): boolean =>
  problem instanceof Error &&
  'code' in problem &&
  /^(E[A-Z]+|SQLITE_(FULL|IOERR|CANTOPEN|BUSY))/.test(String(problem.code));

/** Takes a training's database off the disk. */
export function removeTraining(file: string): void {
  for (const end of ['', '-wal', '-shm', '-journal']) rmSync(`${file}${end}`, { force: true });
}

/**
 * Which tables a training has its rows of: what a counter cannot work without. Facts come by what they add up to (`folded`);
 * what is private, what was sold and what was done stays where it is. A new table has to be decided on here.
 */
export const inTraining: Readonly<Record<'copied' | 'left', readonly TableName[]>> = {
  copied: [
    ...(['org', 'store', 'till', 'role', 'person', 'staff', 'setting'] as const),
    ...(['tax_class', 'tax_rate', 'medicine', 'pack', 'pack_code', 'price'] as const),
    ...(['price_list', 'list_price', 'offer', 'stock_elsewhere', 'stock_elsewhere_store'] as const),
    ...(['batch', 'batch_decision'] as const),
  ],
  left: [
    ...(['device', 'stock_movement', 'audit_entry', 'quarantine_decision'] as const),
    ...(['customer', 'erasure', 'account', 'account_entry', 'voucher_entry', 'loyalty_entry'] as const),
    ...(['sale', 'sale_line', 'sale_tax', 'tender', 'discount_note', 'foreign_cash'] as const),
    ...(['sale_return', 'sale_return_line', 'sale_return_tax', 'refund_tender'] as const),
    ...(['shift', 'cash_movement', 'shift_close', 'held_sale', 'held_end'] as const),
    ...(['card_attempt', 'card_outcome', 'tax_invoice', 'fiscal_signature'] as const),
  ],
};
const folded = ['on_hand', 'batch_state'];
/** What this till remembers that is as true in training: that it has its base, what time it is, when it locks itself. */
const remembered = ['base-whole', 'till-time', 'idle-lock-minutes', 'sign-out-minutes'] as const;

function copyAll(db: Database): void {
  for (const table of [...inTraining.copied, ...folded, ...searchTables(db)]) copyTable(db, table);
  const keys = remembered.map(() => '?').join(', ');
  db.prepare(`INSERT INTO preference SELECT * FROM real.preference WHERE key IN (${keys})`).run(
    ...remembered,
  );
  const { storeId, tillId } = z
    .object({ storeId: z.string(), tillId: z.string() })
    .parse(db.prepare(`SELECT store_id AS storeId, till_id AS tillId FROM real.identity`).get());
  const nowhere = 'https://training.invalid';
  createIdentityStore(db).enrol({ device: randomUUID(), inc: 1, storeId, tillId, hqUrl: nowhere });
  db.prepare(`UPDATE main.store SET code = ? WHERE id = ?`).run(TRAINING_STORE_CODE, storeId);
}

/** By column names: a database that was migrated may have them in another order than one that is new. */
function copyTable(db: Database, table: string): void {
  const columns = db
    .prepare(`SELECT * FROM main.${table}`)
    .columns()
    .map(({ name }) => `"${name}"`)
    .join(', ');
  db.exec(
    `DELETE FROM main.${table}; INSERT INTO main.${table} (${columns}) SELECT ${columns} FROM real.${table}`,
  );
}

/**
 * The search index as it is, with what FTS5 keeps in tables of its own; to make it anew took 8 times as long. A new database
 * has an empty one, whose rows go first.
 */
const searchTables = (db: Database): readonly string[] =>
  db
    .prepare<[], string>(
      `SELECT name FROM main.sqlite_master
       WHERE type = 'table' AND name LIKE 'search!_%' ESCAPE '!' AND sql NOT LIKE 'CREATE VIRTUAL%'`,
    )
    .pluck()
    .all();
