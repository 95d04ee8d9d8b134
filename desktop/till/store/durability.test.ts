import { execFileSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { problemsIn } from '../../../build/proof/books.ts';
import {
  cartOf,
  commandId,
  openShop,
  payCash,
  refusalOf,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { packId } from '../../../build/proof/shop.ts';

type Shop = Awaited<ReturnType<typeof openShop>>;

/** The files as they lie on the disk while the till is open: what is found after the plug was pulled. */
function crashImage({ folder }: Shop): string {
  const image = mkdtempSync(join(tmpdir(), 'pestle-crash-'));
  for (const name of ['till.db', 'till.db-wal'])
    if (existsSync(join(folder, name))) copyFileSync(join(folder, name), join(image, name));
  return image;
}

const problemsOf = (shop: Shop, { till }: Pick<Shop, 'till'>) =>
  problemsIn(till.enrolled().counter.db, JSON.parse(shop.vault.get('device-key') ?? '').publicKey);

test('after a crash the cashier finds the cart as it was, with what can be undone', async () => {
  const shop = await openShop();
  await scanPack(shop, 'dolorane', 3);
  const added = await shop.client.sales.add({
    ...{ commandId: commandId(), packId: packId('dolorane'), quantity: { base: 5 } },
  });
  const { cart } = await shop.client.sales.removeLine({
    ...{ commandId: commandId(), lineId: (await scanPack(shop, 'syrup')).lineId ?? '' },
  });
  const after = shop.reopen({ folder: crashImage(shop) });
  expect(await cartOf(after)).toEqual({ ...cart, blockers: [] });
  await signIn(after, 'cashier');
  for (let i = 0; i < 2; i++) await after.client.sales.undo({ commandId: commandId() });
  expect((await cartOf(after)).lines).toEqual(added.cart.lines);
  await after.close();
  await shop.close();
});

test('a command carried out before a crash is not carried out again after it', async () => {
  const shop = await openShop();
  const { cart } = await scanPack(shop, 'syrup');
  const command = {
    ...{ commandId: commandId(), totalMinor: cart.totalMinor },
    tenders: [{ kind: 'cash' as const, amountMinor: cart.totalMinor }],
  };
  const sale = await shop.client.sales.pay(command);
  const after = shop.reopen({ folder: crashImage(shop) });
  await signIn(after, 'cashier');
  expect(await after.client.sales.pay(command)).toEqual(sale);
  expect((await scanPack(after, 'syrup')).cart.lines).toMatchObject([{ qtyBase: 1 }]);
  expect(problemsOf(shop, after)).toEqual([]);
  await after.close();
  await shop.close();
});

test('receipt numbers go on without a gap from any crash image, and a failed sale takes none', async () => {
  const shop = await openShop();
  const numbers: string[] = [];
  let open: Pick<Shop, 'client' | 'till' | 'close'> = shop;
  let image: Pick<Shop, 'folder'> & Partial<Shop> = shop;
  for (let i = 0; i < 6; i++) {
    const { cart } = await scanPack(open, i % 2 ? 'syrup' : 'dolorane');
    await refusalOf(
      open.client.sales.pay({ commandId: commandId(), totalMinor: cart.totalMinor, tenders: [] }),
    );
    numbers.push((await payCash(open, cart)).receiptNo);
    image = { ...image, folder: crashImage({ ...shop, folder: image.folder }) };
    await open.close();
    open = shop.reopen({ folder: image.folder });
    await signIn(open, 'cashier');
  }
  expect(numbers).toEqual([1, 2, 3, 4, 5, 6].map((n) => `S01-T01A-00000${n}`));
  expect(problemsOf(shop, open)).toEqual([]);
  await open.close();
});

test('a full disk is told as such and loses nothing; with room again the same sale goes through', async () => {
  const warnings: string[] = [];
  const shop = await openShop({ log: { warn: (event) => warnings.push(event) } });
  const { db } = shop.till.enrolled().counter;
  const { cart } = await scanPack(shop, 'dolorane');
  await payCash(shop, cart);
  const kept = await scanPack(shop, 'syrup');
  db.pragma(`max_page_count=${db.pragma('page_count', { simple: true })}`);
  const full = { code: 'STORAGE', data: { reason: 'disk-full' }, defined: true };
  const outcomes = new Set<string>();
  for (let i = 0; i < 200 && !outcomes.has('STORAGE'); i++) {
    const grown = await refusalOrNull(scanPack(shop, 'syrup'));
    const paid = grown ?? (await refusalOrNull(payCash(shop, await cartOf(shop))));
    if (paid) expect(paid).toEqual(full);
    outcomes.add(paid?.code ?? 'done');
  }
  expect(outcomes).toContain('STORAGE');
  const sales = await shop.client.sales.sales({ limit: 500 });
  const before = await cartOf(shop);
  expect(before.lines.length === 0 ? kept.cart.lines : before.lines).toHaveLength(1);
  expect(problemsOf(shop, shop)).toEqual([]);
  db.pragma('max_page_count=1073741823');
  const { cart: again } = await scanPack(shop, 'syrup');
  const sale = await payCash(shop, again);
  expect(Number(sale.receiptNo.slice(-6))).toBe(sales.length + 1);
  expect(problemsOf(shop, shop)).toEqual([]);
  await shop.close();
});

test('on a file system that is full a scan is refused with the reason, and the till lives on', async (context) => {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-full-'));
  if (!mountSmall(folder))
    return context.skip('no tmpfs can be mounted here: the disk was full by a page limit only');
  try {
    const shop = await openShop({ folder });
    const filler = join(folder, 'filler');
    execFileSync('sh', ['-c', `cat /dev/zero > ${filler} 2>/dev/null || true`]);
    let refused: Awaited<ReturnType<typeof refusalOrNull>> = null;
    for (let i = 0; i < 400 && !refused; i++) refused = await refusalOrNull(scanPack(shop, 'syrup'));
    expect(refused).toMatchObject({ code: 'STORAGE', defined: true });
    const { lines } = await cartOf(shop);
    execFileSync('rm', [filler]);
    expect((await cartOf(shop)).lines).toEqual(lines);
    await payCash(shop, (await scanPack(shop, 'syrup')).cart);
    expect(problemsOf(shop, shop)).toEqual([]);
    await shop.close();
  } finally {
    execFileSync('umount', [folder]);
  }
});

test('a transaction that takes long is written down with its name', async () => {
  const warnings: unknown[] = [];
  const shop = await openShop({ log: { warn: (event, details) => warnings.push([event, details]) } });
  const { counter } = shop.till.enrolled();
  counter.transact('quick', () => {});
  counter.transact('counting', () => {
    const until = performance.now() + 45;
    while (performance.now() < until);
  });
  expect(warnings).toEqual([['slow', { what: 'counting', ms: expect.any(Number) }]]);
  await shop.close();
});

test('a transaction that fails half way leaves nothing behind', async () => {
  const shop = await openShop();
  const { counter } = shop.till.enrolled();
  const before = counter.identity.read();
  const row = {
    id: 'a',
    storeId: 's',
    tillId: null,
    at: 1,
    businessDate: '2026-11-24',
    actorId: 'x',
    action: 'y',
  };
  const business = {
    ...{ type: 'test', actor: 'x', subjectId: null },
    changes: [
      {
        t: 'audit_entry',
        op: 'insert' as const,
        row: { ...row, subjectId: null, reason: null, details: null },
      },
    ],
  };
  expect(() =>
    counter.transact('fails', () => {
      counter.replica.record({ ...business, changes: [...business.changes, ...business.changes] });
    }),
  ).toThrow(/there already/);
  expect(counter.identity.read()).toEqual(before);
  expect(counter.db.prepare('SELECT count(*) FROM audit_entry').pluck().get()).toBe(0);
  await shop.close();
});

async function refusalOrNull(call: Promise<unknown>) {
  let done = false;
  const watched = call.then(() => {
    done = true;
    throw new Error('it went through');
  });
  try {
    return await refusalOf(watched);
  } catch (problem) {
    if (done) return null;
    throw problem;
  }
}

function mountSmall(folder: string): boolean {
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=6m', 'tmpfs', folder], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}
