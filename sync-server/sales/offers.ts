import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type pg from 'pg';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import type { offerHqCalls } from '#shared/sales/calls-offers-hq.ts';
import { checkOffer, type OfferProblem, offerState, sameCoupon } from '#shared/sales/offer-check.ts';
import type { OfferTerms } from '#shared/sales/offers.ts';
import { normalCoupon } from '#shared/sales/offers.ts';
import { inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';

type Outputs = InferContractRouterOutputs<typeof offerHqCalls>;
type OfferRow = Outputs['offers']['rows'][number];
type MakeOffer = InferContractRouterInputs<typeof offerHqCalls>['makeOffer'];
export type OfferDeps = { readonly pool: pg.Pool; readonly clock: Clock; readonly ids: Ids };
type Refusal =
  | { readonly code: 'BAD_OFFER'; readonly problems: OfferProblem[] }
  | { readonly code: 'COUPON_TAKEN'; readonly name: string }
  | { readonly code: 'NOT_FOUND' };

/** All offers with the names of their packs, the latest to begin first. */
export async function listOffers({ pool, clock }: Omit<OfferDeps, 'ids'>): Promise<Outputs['offers']> {
  const today = await businessDateAt(pool, clock, null);
  const { rows } = await pool.query<Omit<OfferRow, 'state'> & { active: boolean }>(OFFERS);
  return {
    today,
    rows: rows.map(({ active, ...row }) => ({ ...row, state: offerState({ ...row, active }, today) })),
  };
}

/** Makes an offer. It is never edited: what tills have given by it stands, so another is made in its place. */
export function makeOffer(
  { pool, clock, ids }: OfferDeps,
  { input, actor }: { readonly input: MakeOffer; readonly actor: string },
): Promise<Result<{ id: string }, Refusal>> {
  return inTransaction(pool, async (client) => {
    // Two that want one coupon wait here for each other.
    await client.query('SELECT 1 FROM hq_identity FOR UPDATE');
    const today = await businessDateAt(client, clock, input.storeId);
    const problems = checkOffer(input, today);
    if (problems.length > 0) return err({ code: 'BAD_OFFER', problems: [...problems] } as const);
    const { packIds } = input.rule;
    const known = await client.query<{ packs: number; store: boolean }>(KNOWN, [packIds, input.storeId]);
    if (known.rows[0]?.packs !== new Set(packIds).size || !known.rows[0].store)
      return err({ code: 'NOT_FOUND' } as const);
    const others = await client.query<OfferTerms & { storeId: string | null; name: string }>(OTHERS);
    const taken = others.rows.find((other) => sameCoupon(other, input));
    if (taken) return err({ code: 'COUPON_TAKEN', name: taken.name } as const);
    const id = ids.next();
    const couponCode = input.couponCode === null ? null : normalCoupon(input.couponCode);
    await writeChanges(client, { actor, type: 'offer' }, [
      { t: 'offer', op: 'set', id, cols: { ...input, couponCode, active: true } },
    ]);
    return ok({ id });
  });
}

/** Ends an offer for good. */
export function endOffer(
  pool: pg.Pool,
  { offerId, actor }: { readonly offerId: string; readonly actor: string },
): Promise<Result<null, { code: 'NOT_FOUND' }>> {
  return inTransaction(pool, async (client) => {
    const { rows } = await client.query<{ active: boolean }>(
      'SELECT active FROM offer WHERE id = $1 AND NOT deleted',
      [offerId],
    );
    const [held] = rows;
    if (!held) return err({ code: 'NOT_FOUND' } as const);
    if (held.active)
      await writeChanges(client, { actor, type: 'offer' }, [
        { t: 'offer', op: 'set', id: offerId, cols: { active: false } },
      ]);
    return ok(null);
  });
}

/** The business date it is now in a store; for the chain, in the first one. */
export async function businessDateAt(
  db: Pick<pg.Pool | pg.PoolClient, 'query'>,
  clock: Clock,
  storeId: string | null,
): Promise<string> {
  const { rows } = await db.query<{ zone: string; startHour: number }>(
    `SELECT zone, day_start_hour AS "startHour" FROM store
      WHERE NOT deleted AND ($1::text IS NULL OR id = $1) ORDER BY code, id LIMIT 1`,
    [storeId],
  );
  return businessDate(clock.nowMs(), rows[0]?.zone ?? 'UTC', rows[0]?.startHour ?? 0);
}

const OFFERS = `
  SELECT o.id AS "offerId", o.store_id AS "storeId", s.name AS "storeName", o.name, o.rule, o.valid_from AS "validFrom",
         o.valid_to AS "validTo", o.from_minute AS "fromMinute", o.to_minute AS "toMinute",
         o.coupon_code AS "couponCode", o.active,
         coalesce((SELECT jsonb_agg(jsonb_build_object('packId', p.id, 'brand', m.brand, 'label', p.label) ORDER BY named.place)
                     FROM jsonb_array_elements_text(o.rule::jsonb -> 'packIds') WITH ORDINALITY AS named(id, place)
                     JOIN pack p ON p.id = named.id JOIN medicine m ON m.id = p.medicine_id), '[]') AS packs
    FROM offer o LEFT JOIN store s ON s.id = o.store_id
   WHERE NOT o.deleted ORDER BY o.valid_from DESC, o.id DESC LIMIT 500`;

const KNOWN = `
  SELECT (SELECT count(*)::int FROM pack WHERE id = ANY ($1::text[]) AND NOT deleted) AS packs,
         $2::text IS NULL OR EXISTS (SELECT 1 FROM store WHERE id = $2 AND NOT deleted) AS store`;

const OTHERS = `
  SELECT store_id AS "storeId", name, valid_from AS "validFrom", valid_to AS "validTo", coupon_code AS "couponCode"
    FROM offer WHERE NOT deleted AND active AND coupon_code IS NOT NULL`;
