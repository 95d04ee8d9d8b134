import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import { shareId, whoElseHas } from '#shared/inventory/elsewhere.ts';
import type { ToldStock } from '#shared/inventory/tables-elsewhere.ts';
import { sellableBase } from '#shared/sales/cart-pricing.ts';
import type { Counter } from '../counter.ts';
import { refuse } from '../refuse.ts';

type StoreRow = {
  readonly storeId: string;
  readonly code: string;
  readonly name: string;
  readonly addressLines: string;
  readonly asOf: number | null;
};

/** Who else in the chain has a pack, out of this till's own replica: as good offline, and it says as of when. */
export function createElsewhere(counter: Counter) {
  const { db, storeId } = counter;
  const toldOf = db
    .prepare<[string, string], string>(
      `SELECT held FROM stock_elsewhere WHERE id > ? AND id < ? AND NOT deleted`,
    )
    .pluck();
  const otherStores = db.prepare<[string], StoreRow>(
    `SELECT s.id AS storeId, s.code, s.name, s.address_lines AS addressLines, e.as_of AS asOf
       FROM store s LEFT JOIN stock_elsewhere_store e ON e.id = s.id AND NOT e.deleted
      WHERE NOT s.deleted AND s.id <> ?`,
  );

  return ({ packId }: { readonly packId: string }) => {
    const today = counter.today();
    const pack = counter.packs.find(packId, today.business) ?? refuse({ code: 'NOT_FOUND' });
    const { name, tallMan, generics, form, label, packSize, scheduleClass } = pack;
    const shares: ToldStock[] = toldOf.all(shareId(packId, ''), `${packId};`).map((held) => JSON.parse(held));
    const told: ToldStock = Object.assign({}, ...shares);
    const { minShelfLifeDays } = counter.shop();
    const { holders, ...counts } = whoElseHas(told, {
      ...{ others: otherStores.all(storeId), packSize, nowMs: today.nowMs },
    });
    return {
      ...{ packId, name, tallMan, form, label, packSize, scheduleClass, ...counts },
      generics: generics.map((g) => ({ ...g })),
      weighed: isSoldByWeight(pack),
      onHandBase: sellableBase(counter.batches.ofPack(packId), { on: today.date, minShelfLifeDays }),
      holders: holders.map((holder) => ({ ...holder, addressLines: JSON.parse(holder.addressLines) })),
    };
  };
}
