import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type pg from 'pg';
import type { Ids } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { offerHqCalls } from '#shared/sales/calls-offers-hq.ts';
import { inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';
import { businessDateAt, type OfferDeps } from './offers.ts';

type Outputs = InferContractRouterOutputs<typeof offerHqCalls>;
type Inputs = InferContractRouterInputs<typeof offerHqCalls>;
type Writing = { readonly pool: pg.Pool; readonly ids: Ids };
type By<I> = { readonly input: I; readonly actor: string };

/** The price lists, those in use first, with how much hangs on each. */
export async function priceLists(pool: pg.Pool): Promise<Outputs['priceLists']> {
  return (await pool.query<Outputs['priceLists'][number]>(LISTS)).rows;
}

/** Makes a price list, or changes one. */
export function savePriceList(
  { pool, ids }: Writing,
  { input, actor }: By<Inputs['savePriceList']>,
): Promise<Result<{ id: string }, { code: 'NAME_TAKEN' | 'NOT_FOUND' }>> {
  const { id: given, ...cols } = input;
  return inTransaction(pool, async (client) => {
    await client.query('SELECT 1 FROM hq_identity FOR UPDATE');
    const { rows } = await client.query<{ id: string; name: string }>(
      'SELECT id, name FROM price_list WHERE NOT deleted',
    );
    if (given !== undefined && !rows.some((row) => row.id === given))
      return err({ code: 'NOT_FOUND' } as const);
    if (rows.some((row) => row.id !== given && row.name.toLowerCase() === cols.name.toLowerCase()))
      return err({ code: 'NAME_TAKEN' } as const);
    const id = given ?? ids.next();
    await writeChanges(client, { actor, type: 'offer' }, [{ t: 'price_list', op: 'set', id, cols }]);
    return ok({ id });
  });
}

/** The prices of a list by name, those of one pack by date. */
export async function listPrices(
  { pool, clock }: Omit<OfferDeps, 'ids'>,
  listId: string,
): Promise<Outputs['listPrices']> {
  const today = await businessDateAt(pool, clock, null);
  return (await pool.query<Outputs['listPrices'][number]>(PRICES, [listId, today])).rows;
}

/** Puts a pack on a list from a day on. */
export function saveListPrice(
  { pool, ids }: Writing,
  { input, actor }: By<Inputs['saveListPrice']>,
): Promise<Result<{ id: string }, { code: 'NOT_FOUND' }>> {
  return inTransaction(pool, async (client) => {
    // Two prices of one pack and day must not both be new.
    await client.query('SELECT 1 FROM hq_identity FOR UPDATE');
    const { rows } = await client.query<{ known: boolean; held: string | null }>(PLACE, [
      ...[input.listId, input.packId, input.validFrom],
    ]);
    if (!rows[0]?.known) return err({ code: 'NOT_FOUND' } as const);
    const id = rows[0].held ?? ids.next();
    await writeChanges(client, { actor, type: 'offer' }, [{ t: 'list_price', op: 'set', id, cols: input }]);
    return ok({ id });
  });
}

/** Takes a price off its list. */
export function dropListPrice(
  pool: pg.Pool,
  { input: { id }, actor }: By<Inputs['dropListPrice']>,
): Promise<Result<null, { code: 'NOT_FOUND' }>> {
  return inTransaction(pool, async (client) => {
    const held = await client.query('SELECT 1 FROM list_price WHERE id = $1 AND NOT deleted', [id]);
    if (!held.rowCount) return err({ code: 'NOT_FOUND' } as const);
    await writeChanges(client, { actor, type: 'offer' }, [{ t: 'list_price', op: 'delete', id }]);
    return ok(null);
  });
}

const LISTS = `
  SELECT l.id AS "listId", l.name, l.rate_pct3 AS "ratePct3", l.active,
         (SELECT count(*)::int FROM list_price p WHERE p.list_id = l.id AND NOT p.deleted) AS prices,
         (SELECT count(*)::int FROM account a WHERE a.price_list_id = l.id AND a.active AND NOT a.deleted) AS accounts
    FROM price_list l WHERE NOT l.deleted ORDER BY l.active DESC, l.name, l.id`;

const PRICES = `
  SELECT l.id, l.pack_id AS "packId", coalesce(m.brand, l.pack_id) AS brand, coalesce(p.label, '') AS label,
         l.price_minor AS "priceMinor", l.valid_from AS "validFrom",
         (SELECT pr.price_minor FROM price pr
           WHERE pr.pack_id = l.pack_id AND pr.store_id IS NULL AND NOT pr.deleted AND pr.valid_from <= $2
           ORDER BY pr.valid_from DESC, pr.id DESC LIMIT 1) AS "usualMinor"
    FROM list_price l LEFT JOIN pack p ON p.id = l.pack_id LEFT JOIN medicine m ON m.id = p.medicine_id
   WHERE l.list_id = $1 AND NOT l.deleted ORDER BY m.brand, l.pack_id, l.valid_from DESC`;

const PLACE = `
  SELECT EXISTS (SELECT 1 FROM price_list WHERE id = $1 AND NOT deleted)
         AND EXISTS (SELECT 1 FROM pack WHERE id = $2 AND NOT deleted) AS known,
         (SELECT id FROM list_price WHERE list_id = $1 AND pack_id = $2 AND valid_from = $3 AND NOT deleted
           ORDER BY id LIMIT 1) AS held`;
