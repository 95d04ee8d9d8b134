import Database, { type Statement } from 'better-sqlite3';

/**
 * Databases in memory, from the image of a disk. Every history begins with the same few disks, and reading a schema and
 * preparing some hundred statements takes a fifth of its time: so a connection to such a disk is not closed but set back
 * to what its image holds, and its statements wait for the next history.
 */
type Disk = { readonly db: Database.Database; readonly close: () => void };

export function openDisk(image: Buffer): Disk {
  const idle = kept.get(image);
  if (!idle) {
    const db = connect(image);
    return { db, close: () => db.close() };
  }
  const pristine = idle.pop() ?? keep(image);
  pristine.begin();
  return { db: pristine.db, close: () => idle.push(pristine) };
}

/** From now on connections to this image are kept. */
export function keepConnections(image: Buffer): Buffer {
  kept.set(image, []);
  return image;
}

/** Lets the guards of append-only tables be lifted while a kept connection is set back, and at no other time. */
export function makeResettable(db: Database.Database): void {
  const guards = db
    .prepare<[], { name: string; sql: string }>(
      `SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%BEFORE DELETE%'`,
    )
    .all();
  db.exec(`CREATE TABLE ${LIFTED} (yes integer)`);
  for (const { name, sql } of guards)
    db.exec(
      `DROP TRIGGER "${name}"; ${sql.replace(/\bBEGIN\b/, `WHEN NOT EXISTS (SELECT 1 FROM ${LIFTED}) BEGIN`)}`,
    );
}

const LIFTED = 'guards_lifted';
const kept = new WeakMap<Buffer, Kept[]>();
type Kept = { readonly db: Database.Database; readonly begin: () => void };

function connect(image: Buffer): Database.Database {
  const db = new Database(image);
  db.pragma('foreign_keys=ON');
  return db;
}

function keep(image: Buffer): Kept {
  const db = connect(image);
  const prepareNew = db.prepare.bind(db);
  const reset = resetOf(db);
  const prepared = new Map<string, Statement[]>();
  const handedOut = new Map<string, number>();
  // Each process of a till gets statements of its own, as if it had prepared them: the first of a text, the second …
  const prepare = (sql: string): Statement => {
    const nth = handedOut.get(sql) ?? 0;
    handedOut.set(sql, nth + 1);
    const made = prepared.get(sql) ?? [];
    const statement = made[nth] ?? prepareNew(sql);
    if (statement.reader) statement.pluck(false).raw(false);
    made[nth] = statement;
    prepared.set(sql, made);
    return statement;
  };
  db.prepare = prepare as typeof db.prepare;
  let used = false;
  return {
    db,
    begin() {
      if (used) reset();
      used = true;
      handedOut.clear();
    },
  };
}

/** Empties every table and fills it again from a copy that lies beside it. */
function resetOf(db: Database.Database): () => void {
  const tables = db
    .prepare<[], string>(
      `SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> '${LIFTED}'`,
    )
    .pluck()
    .all();
  db.exec(`ATTACH ':memory:' AS pristine`);
  for (const table of tables) db.exec(`CREATE TABLE pristine."${table}" AS SELECT * FROM main."${table}"`);
  const lift = db.prepare(`INSERT INTO ${LIFTED} VALUES (1)`);
  const lower = db.prepare(`DELETE FROM ${LIFTED}`);
  // What refers to others goes first and comes last.
  const erase = tables.toReversed().map((table) => db.prepare(`DELETE FROM main."${table}"`));
  const filled = tables.filter((table) => db.prepare(`SELECT 1 FROM main."${table}" LIMIT 1`).get());
  const fill = filled.map((table) =>
    db.prepare(`INSERT INTO main."${table}" SELECT * FROM pristine."${table}"`),
  );
  return db.transaction(() => {
    for (const statement of [lift, ...erase, ...fill, lower]) statement.run();
  });
}
