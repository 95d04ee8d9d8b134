/**
 * `actual-till.ts PEERS FOLDER`: a till that takes in what Actual's server has, with the statements Actual's own client
 * runs for it (`applyMessages`: look for a newer message of the cell, write the cell, keep the message, grow the trie).
 * Its client itself knows budgets only. SQLite is set as a till's: WAL, `synchronous=FULL`.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { tableFacts } from '#shared/schema.ts';
import { type ActualFile, anyAddress, type Cell, loadCrdt, sync } from './actual-messages.ts';
import { serveCommands } from './program.ts';

const [peers = '', folder = ''] = process.argv.slice(2);
const crdt = loadCrdt(peers);
const db = new Database(join(folder, 'actual.db'));
db.pragma('journal_mode = WAL');
db.pragma('synchronous = FULL');
db.exec(
  'CREATE TABLE messages_crdt (id INTEGER PRIMARY KEY, timestamp TEXT NOT NULL UNIQUE, dataset TEXT NOT NULL, row TEXT NOT NULL, column TEXT NOT NULL, value BLOB NOT NULL); CREATE INDEX messages_crdt_search ON messages_crdt (dataset, row, column, timestamp)',
);
for (const [name, { columns }] of tableFacts)
  db.exec(
    `CREATE TABLE ${name} (${columns.map(({ column }) => (column === 'id' ? 'id TEXT PRIMARY KEY' : column))})`,
  );

const newer = db.prepare(
  'SELECT timestamp FROM messages_crdt WHERE dataset = ? AND row = ? AND column = ? AND timestamp >= ?',
);
const keep = db.prepare(
  'INSERT INTO messages_crdt (timestamp, dataset, row, column, value) VALUES (?, ?, ?, ?, ?)',
);
const writes = new Map<string, Database.Statement>();
let since = '1970-01-01T00:00:00.000Z-0000-0000000000000000';
let trie: object = {};

serveCommands({
  /** Asks for everything since the last time and applies it: cells and milliseconds. */
  async pull(file: ActualFile) {
    const from = performance.now();
    const { fileId, groupId } = file;
    const request = crdt.create(crdt.SyncRequestSchema, { fileId, groupId, messages: [], since });
    const answer = await sync(file, crdt.toBinary(crdt.SyncRequestSchema, request));
    const { messages } = crdt.fromBinary(crdt.SyncResponseSchema, answer);
    db.transaction(() => {
      for (const { timestamp, content } of messages)
        apply(crdt.fromBinary(crdt.MessageSchema, content), timestamp);
    })();
    trie = crdt.merkle.prune(trie);
    since = messages.at(-1)?.timestamp ?? since;
    return { cells: messages.length, ms: performance.now() - from };
  },
  /** A new client of Actual gets the file another client has uploaded: milliseconds until a row can be read. */
  async bootstrap({ url, token, fileId }: ActualFile) {
    const from = performance.now();
    const response = await fetch(`${url}/sync/download-user-file`, {
      headers: { 'x-actual-token': token, 'x-actual-file-id': fileId, 'x-forwarded-for': anyAddress() },
    });
    if (!response.ok) throw new Error(`Actual: HTTP ${response.status}`);
    const path = join(folder, 'downloaded.db');
    writeFileSync(path, gunzipSync(await response.arrayBuffer()), { flush: true });
    const file = new Database(path);
    const packs = file.prepare('SELECT count(*) FROM pack').pluck().get();
    file.close();
    return { packs, ms: performance.now() - from };
  },
});

function apply({ dataset, row, column, value }: Cell, timestamp: string): void {
  if (newer.get(dataset, row, column, timestamp) === undefined) {
    const key = `${dataset} ${column}`;
    const write =
      writes.get(key) ??
      db.prepare(
        `INSERT INTO ${dataset} (id, ${column}) VALUES (?, ?) ON CONFLICT (id) DO UPDATE SET ${column} = excluded.${column}`,
      );
    writes.set(key, write);
    write.run(row, value.startsWith('N:') ? Number(value.slice(2)) : value.slice(2));
  }
  keep.run(timestamp, dataset, row, column, value);
  trie = crdt.merkle.insert(trie, crdt.Timestamp.parse(timestamp));
}
