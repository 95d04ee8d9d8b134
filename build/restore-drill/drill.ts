import { randomUUID } from 'node:crypto';
import { mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { createRouterClient } from '@orpc/server';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';
import { pinVerifier } from '../../desktop/hosts/test.ts';
import { createTillRouter } from '../../desktop/till/router.ts';
import { createCode } from '../../sync-server/auth/enrolment-codes.ts';
import { giveSealedKey } from '../../sync-server/auth/sealed-key.ts';
import { changesOf } from '../demo-data/rows.ts';
import { batchOf, ean, packId, people, shopBase, staffOfShop, storeId } from '../proof/shop.ts';
import type { Shop, ShopTill } from '../sync/shop.ts';

/** What the machine lost: its database alone, or everything, so that the till comes back on another one. */
export type Loss = 'database' | 'machine';

/** What a till and HQ say of the same store after all of it. */
export type Books = {
  readonly sales: number;
  readonly totalMinor: number;
  readonly onHandBase: number;
};
export type DrillResult = {
  readonly letter: string;
  readonly till: Books;
  readonly hq: Books;
  /** Sales that were rung up, and how many of them neither HQ nor the backup had when the till was lost. */
  readonly sold: number;
  readonly lost: number;
  readonly receipts: readonly string[];
};

/** The base of the drill's store, given to HQ once. */
export async function prepareDrill({ hq }: Shop): Promise<void> {
  await hq.write(shopBase().filter(({ t }) => t !== 'org' && t !== 'till'));
  // A batch that is in date whenever the drill is held.
  const row = { id: batchOf('syrup', 'S99'), storeId, packId: packId('syrup'), code: 'S99' };
  const cost = { costMinor: 100, costQtyBase: 1, packPriceMinor: null };
  await hq.write(changesOf('batch', [{ ...row, expiresOn: '2099-12-31', receivedAt: 1, ...cost }]));
}

/**
 * Sells, backs up, sells on with and without HQ, loses the till, restores the backup, sells on; then both ends are asked
 * what there is. What HQ had of the time after the backup is there again; what nobody had is gone, and only that.
 */
export async function holdDrill(shop: Shop, loss: Loss): Promise<DrillResult> {
  const first = shop.till();
  const tillId = await first.join(storeId);
  const pepper = openFileVault(join(first.folder, 'vault.json')).get('store-pepper') ?? '';
  await shop.hq.write(
    await Promise.all(staffOfShop.map((one) => pinVerifier(one, Buffer.from(pepper, 'base64url')))),
  );
  await first.settled();
  const folder = join(first.folder, 'backups');
  mkdirSync(folder);
  await signIn(first, 'manager');
  await callsOf(first).auth.planBackups({ folder, everyHours: 0, keep: 3 });
  await sell(first, 3);
  await first.settled();
  await callsOf(first).auth.setLink({ on: false });
  await sell(first, 2);
  await callsOf(first).auth.backUpNow();
  await callsOf(first).auth.setLink({ on: true });
  await sell(first, 2);
  await first.settled();
  await callsOf(first).auth.setLink({ on: false });
  await sell(first, 1);
  await first.close();

  const second = await comeBack(shop, { lost: first, tillId, loss });
  await signIn(second, 'cashier');
  await sell(second, 2);
  await second.settled();
  const series = `SELECT receipt_no AS no FROM sale WHERE till_id = ? ORDER BY at, receipt_n`;
  return {
    letter: second.letter,
    till: tillBooks(second, tillId),
    hq: await hqBooks(shop, tillId),
    ...{ sold: 10, lost: 1 },
    receipts: second.query<{ no: string }>(series, tillId).map(({ no }) => no),
  };
}

type Lost = { readonly lost: ShopTill; readonly tillId: string; readonly loss: Loss };

/** Restores as a person does at the first screen of a till without a database. */
async function comeBack(shop: Shop, { lost, tillId, loss }: Lost) {
  for (const name of ['till.db', 'till.db-wal', 'till.db-shm'])
    rmSync(join(lost.folder, name), { force: true });
  const till = loss === 'database' ? shop.till(lost.folder) : shop.till();
  const { auth } = callsOf(till);
  const [found] = await auth.findBackups({ place: join(lost.folder, 'backups') });
  if (!found) throw new Error('the backup is not found');
  const papers = loss === 'machine' ? await papersOf(shop, tillId) : undefined;
  const { letter } = await auth.restore({ path: found.path, papers });
  return { ...till, letter };
}

/** What HQ and the safe give for a machine that is gone. */
async function papersOf({ hq }: Shop, tillId: string) {
  const { rows } = await hq.pool.query<{ name: string }>(
    `SELECT s.code || '-' || t.code AS name FROM till t JOIN store s ON s.id = t.store_id WHERE t.id = $1`,
    [tillId],
  );
  const given = await giveSealedKey(hq.pool, rows[0]?.name ?? '', { nowMs: Date.now(), actor: 'hq' });
  const code = await createCode(hq.pool, tillId, Date.now());
  if (!given.ok || !code.ok) throw new Error('HQ gives no papers');
  return {
    sealed: JSON.stringify(given.value),
    recoveryKey: hq.recoveryKey,
    ...{ hqUrl: hq.url, code: code.value.code },
  };
}

const callsOf = ({ running }: Pick<ShopTill, 'running'>) => createRouterClient(createTillRouter(running));
const signIn = (till: Pick<ShopTill, 'running'>, name: keyof typeof people) =>
  callsOf(till).auth.signIn({ ...people[name] });

async function sell(till: Pick<ShopTill, 'running'>, count: number): Promise<void> {
  const { sales } = callsOf(till);
  for (let i = 0; i < count; i++) {
    const { cart } = await sales.scan({ commandId: randomUUID(), code: ean('syrup'), packs: 1 });
    const { totalMinor, cashDueMinor: amountMinor } = cart;
    await sales.pay({ commandId: randomUUID(), totalMinor, tenders: [{ kind: 'cash', amountMinor }] });
  }
}

const SALES = 'SELECT count(*) AS sales, coalesce(sum(total_minor), 0) AS total FROM sale WHERE till_id =';
const ON_HAND = 'SELECT sum(qty_base) AS n FROM on_hand WHERE pack_id =';

function tillBooks({ query }: Pick<ShopTill, 'query'>, tillId: string): Books {
  const [sale] = query<{ sales: number; total: number }>(`${SALES} ?`, tillId);
  const [stock] = query<{ n: number }>(`${ON_HAND} ?`, packId('syrup'));
  return { sales: sale?.sales ?? 0, totalMinor: sale?.total ?? 0, onHandBase: stock?.n ?? 0 };
}

async function hqBooks({ hq }: Shop, tillId: string): Promise<Books> {
  const sale = await hq.pool.query(`${SALES} $1`, [tillId]);
  const stock = await hq.pool.query(`${ON_HAND} $1`, [packId('syrup')]);
  return {
    sales: Number(sale.rows[0]?.sales),
    totalMinor: Number(sale.rows[0]?.total),
    onHandBase: Number(stock.rows[0]?.n),
  };
}
