import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { checkpointAside } from './checkpoint.ts';

const worker = fileURLToPath(new URL('./quick-check-worker.ts', import.meta.url));
const keyHex = '5a'.repeat(32);

/** An encrypted database whose writer does no checkpoints, with more in its WAL than the thread leaves there. */
function openBusy() {
  const file = join(mkdtempSync(join(tmpdir(), 'pestle-checkpoint-')), 'till.db');
  const db = new Database(file);
  db.pragma("cipher='aegis'");
  db.pragma(`hexkey='${keyHex}'`);
  db.pragma('journal_mode=wal');
  db.pragma('wal_autocheckpoint=0');
  db.exec('CREATE TABLE page (content BLOB)');
  const add = db.prepare('INSERT INTO page VALUES (zeroblob(3500))');
  const write = db.transaction(() => {
    for (let i = 0; i < 1_500; i++) add.run();
  });
  return { db, file, write };
}

test('a thread moves what is committed to the file, while the writer goes on; nothing of it stays open', async () => {
  const { db, file, write } = openBusy();
  const ended: string[] = [];
  const checkpoints = checkpointAside({ worker, file, keyHex, onEnd: (problem) => ended.push(problem) });
  write();
  write();
  await expect
    .poll(() => db.pragma('wal_checkpoint(NOOP)'), { timeout: 20_000 })
    .toEqual([{ busy: 0, log: expect.any(Number), checkpointed: expect.toSatisfy((n) => n > 2_000) }]);
  write();
  await checkpoints.stop();
  expect(db.prepare('SELECT count(*) FROM page').pluck().get()).toBe(4_500);
  expect(db.pragma('quick_check', { simple: true })).toBe('ok');
  db.close();
  expect([existsSync(`${file}-wal`), ended]).toEqual([false, []]);
});

test('a thread that cannot read the database says so, and the writer goes on', async () => {
  const { db, file, write } = openBusy();
  write();
  const problem = await new Promise<string>((onEnd) => {
    checkpointAside({ worker, file, keyHex: 'a5'.repeat(32), onEnd });
  });
  expect(problem).toMatch(/not a database/);
  write();
  db.close();
});
