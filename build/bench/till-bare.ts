/**
 * What the bare library takes for a till's work, with the same file, key and settings and nothing of ours. Run as
 * `till-bare.ts DIR` it opens the database, answers one scan, prints its memory in MB and ends: the floor under a cold start.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';

export function openBare(folder: string): Database.Database {
  const key: unknown = JSON.parse(readFileSync(join(folder, 'vault.json'), 'utf8'))['database-key'];
  const db = new Database(join(folder, 'till.db'));
  db.pragma("cipher='aegis'");
  db.pragma(`hexkey='${String(key)}'`);
  for (const pragma of ['journal_mode=wal', 'synchronous=FULL', 'temp_store=MEMORY', 'cache_size=-32768'])
    db.pragma(pragma);
  return db;
}

/** Looks a code up with price and batches and writes the cart, durably: milliseconds each. */
export function bareScans(db: Database.Database): (ean: string) => void {
  const look = [
    `SELECT p.*, m.*, e.* FROM pack_code c JOIN pack p ON p.id = c.pack_id JOIN medicine m ON m.id = p.medicine_id
     JOIN price e ON e.pack_id = p.id WHERE c.code = ?`,
    `SELECT b.*, h.qty_base FROM pack_code c JOIN batch b ON b.pack_id = c.pack_id LEFT JOIN on_hand h ON h.batch_id = b.id
     WHERE c.code = ?`,
  ].map((sql) => db.prepare<[string]>(sql));
  const write = db.prepare(
    `INSERT INTO cart (id, content, updated_at) VALUES ('bare', ?, 0) ON CONFLICT (id) DO UPDATE SET content = excluded.content`,
  );
  return db.transaction((ean: string) => {
    write.run(JSON.stringify(look.map((statement) => statement.all(`gtin:0${ean}`))));
  }).immediate;
}

/** Tables a sale writes, with the rows of one: as SELECT by the sale's id, and what is kept rather than added. */
const added: readonly (readonly [string, string])[] = [
  ['sale', 'id = ?'],
  ['sale_line', 'sale_id = ?'],
  ['sale_tax', 'sale_id = ?'],
  ['tender', 'sale_id = ?'],
  ['stock_movement', 'document_id = ?'],
  ['journal', 'subject_id = ?'],
  ['print_job', 'sale_id = ?'],
  ['done_command', `answer ->> '$.saleId' = ?`],
];

type Rows = readonly {
  readonly table: string;
  readonly rows: readonly Readonly<Record<string, unknown>>[];
}[];

/** Every row that a sale of the till added. */
export const rowsOfSale = (db: Database.Database, saleId: string): Rows =>
  added.map(([table, where]) => ({
    table,
    rows: db.prepare<[string], Record<string, unknown>>(`SELECT * FROM ${table} WHERE ${where}`).all(saleId),
  }));

/** Writes those rows into another copy in one transaction, with the sums and counters a sale moves. */
export function bareSales(db: Database.Database): (rows: Rows) => void {
  const inserts = new Map(
    added.map(([table]) => {
      const columns = db.prepare<[], string>(`SELECT name FROM pragma_table_info('${table}')`).pluck().all();
      const marks = columns.map((c) => `@${c}`).join(', ');
      return [table, db.prepare(`INSERT INTO ${table} (${columns.join(', ')}) VALUES (${marks})`)];
    }),
  );
  const moved = db.prepare('UPDATE on_hand SET qty_base = qty_base + ? WHERE batch_id = ?');
  const kept = [
    `INSERT INTO counter (series, n) VALUES ('bare', 1) ON CONFLICT (series) DO UPDATE SET n = n + 1`,
    `UPDATE identity SET dseq = dseq + 1, head_hash = head_hash WHERE one = 1`,
    `INSERT INTO cart (id, content, updated_at) VALUES ('bare', '{"lines":[]}', 0)
     ON CONFLICT (id) DO UPDATE SET content = excluded.content`,
  ].map((sql) => db.prepare(sql));
  return db.transaction((sale: Rows) => {
    for (const { table, rows } of sale)
      for (const row of rows) {
        inserts.get(table)?.run(row);
        if (table === 'stock_movement') moved.run(row.qty_base, row.batch_id);
      }
    for (const statement of kept) statement.run();
  }).immediate;
}

if (import.meta.main) {
  const [, , folder = '', ean = ''] = process.argv;
  const db = openBare(folder);
  bareScans(db)(ean);
  console.log(process.memoryUsage().rss / 2 ** 20);
  db.close();
}
