import { expect, test } from 'vitest';
import { openShop } from '../../../build/proof/open-shop.ts';
import { createSweep } from './sweep.ts';

const DAY_MS = 86_400_000;

test('old answers and printed receipts go, some at a time; what left no paper and what is recent stay', async () => {
  const shop = await openShop();
  const { db, clock, transact } = shop.till.enrolled().counter;
  db.exec('DELETE FROM done_command; DELETE FROM print_job');
  const now = clock.nowMs();
  const command = db.prepare(`INSERT INTO done_command (id, answer, at) VALUES (?, '{}', ?)`);
  for (let n = 0; n < 250; n++) command.run(`old-${n}`, now - 31 * DAY_MS);
  command.run('recent', now - 29 * DAY_MS);
  const job = db.prepare(
    `INSERT INTO print_job (id, sale_id, kind, state, doc, attempts, error, created_at, updated_at)
     VALUES (?, 'sale', 'receipt', ?, '{}', 1, NULL, ?, ?)`,
  );
  job.run('old-printed', 'printed', now - 31 * DAY_MS, now);
  job.run('old-failed', 'failed', now - 31 * DAY_MS, now);
  job.run('recent', 'printed', now - 29 * DAY_MS, now);
  const count = (table: string) => db.prepare(`SELECT count(*) FROM ${table}`).pluck().get();

  const { sweep } = createSweep({ db, clock, transact });
  sweep();
  expect(count('done_command')).toBe(51);
  sweep();
  expect(db.prepare('SELECT id FROM done_command').pluck().all()).toEqual(['recent']);
  expect(db.prepare('SELECT id FROM print_job ORDER BY id').pluck().all()).toEqual(['old-failed', 'recent']);
  const changes = () => db.prepare('SELECT total_changes()').pluck().get();
  const before = changes();
  sweep();
  expect(changes()).toBe(before);
  await shop.close();
});
