import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { tableNames } from '#shared/schema.ts';
import { openShop, payCash, scanPack } from '../../build/proof/open-shop.ts';
import { root } from '../../build/tools.ts';
import { createPractice } from '../hosts/training.ts';
import { createSearch } from './catalog/search.ts';
import { openToRead } from './store/backup.ts';
import { inTraining } from './training-copy.ts';

test('of every table it is decided whether a training has its rows', () => {
  expect([...inTraining.copied, ...inTraining.left].toSorted()).toEqual(tableNames.toSorted());
});

test('made in a thread it has what is for sale and can be searched; the real files are as they were', async () => {
  const shop = await openShop();
  await payCash(shop, (await scanPack(shop, 'syrup', 3)).cart);
  const { folder, vault } = shop;
  const real = shop.till.enrolled().counter.db;
  const isPrinted = real.prepare(`SELECT 1 FROM print_job WHERE state = 'printed'`).pluck();
  await expect.poll(() => isPrinted.get()).toBe(1);
  const file = join(folder, 'till.db');
  const hashes = () =>
    [file, `${file}-wal`].map((name) => createHash('sha256').update(readFileSync(name)).digest('hex'));
  const before = hashes();
  const told: unknown[] = [];
  const make = createPractice({
    ...{ folder, file, keyNow: () => vault.get('database-key') ?? '', migrations: 'migrations/sqlite' },
    worker: join(root, 'desktop/till/store/quick-check-worker.ts'),
    log: { warn: (event, details) => told.push(event, details) },
  });
  const made = await make?.();
  if (!made?.ok) throw new Error(JSON.stringify(told));
  expect(hashes()).toEqual(before);
  const { db, close } = made.value;
  const rowsOf = (at: typeof db, table: string) => at.prepare(`SELECT * FROM ${table} ORDER BY 1`).all();
  for (const table of [...inTraining.copied, 'on_hand', 'batch_state'].filter((name) => name !== 'store'))
    expect(rowsOf(db, table), table).toEqual(rowsOf(real, table));
  for (const table of inTraining.left) expect(rowsOf(db, table), table).toEqual([]);
  for (const words of ['tousi', 'dolor', '2030000000'])
    expect(createSearch(db).find(words, { limit: 10 })).toEqual(
      createSearch(real).find(words, { limit: 10 }),
    );
  const key = vault.get('database-key') ?? '';
  expect(() => openToRead(join(folder, 'training.db'), key).prepare('SELECT 1 FROM store').get()).toThrow();
  close();
  await shop.close();
});
