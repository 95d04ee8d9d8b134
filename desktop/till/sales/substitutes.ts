import type { SubstituteView } from '#shared/catalog/calls-substitutes.ts';
import { scanWords } from '#shared/catalog/search-text.ts';
import {
  type Composition,
  rankSubstitutes,
  type Substitute,
  type SubstitutePack,
  standsFor,
} from '#shared/catalog/substitutes.ts';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import { mulDivRound, sumMinor } from '#shared/kernel/money.ts';
import { firstToGo, type PricedPack, sellableBase } from '#shared/sales/cart-pricing.ts';
import type { Counter } from '../counter.ts';
import { refuse } from '../refuse.ts';
import { quoted } from '../store/match-text.ts';
import type { CartPricer } from './cart-pricer.ts';

type Deps = {
  readonly pricer: CartPricer;
  /** Whose prices hold: the customer's of the sale in progress. */
  readonly customerOf: () => string | undefined;
};
type Offered = SubstitutePack & { readonly priced: PricedPack };

/** What this store may hand over in place of a pack, at today's prices and stock, best first. */
export function createSubstitutes(counter: Counter, { pricer, customerOf }: Deps) {
  const medicines = createMedicineReader(counter);
  const packsOf = counter.db
    .prepare<[string], string>(`SELECT id FROM pack WHERE medicine_id = ? AND NOT deleted`)
    .pluck();
  const costOf = counter.db.prepare<[string], { minor: number; qtyBase: number }>(
    `SELECT cost_minor AS minor, cost_qty_base AS qtyBase FROM batch WHERE id = ? AND cost_minor > 0`,
  );

  return ({ packId, wantBase }: { packId: string; wantBase?: number | undefined }) => {
    const today = counter.today();
    const shop = counter.shop();
    const { priceListId } = pricer.standingOf(customerOf());
    const day = { on: today.date, minShelfLifeDays: shop.minShelfLifeDays };
    const find = (id: string) => pricer.packFor(id, priceListId, today);

    function offer(id: string): Offered[] {
      const priced = id === packId ? null : find(id);
      if (!priced) return [];
      const batches = counter.batches.ofPack(id);
      const first = firstToGo(batches, day);
      const { name, packSize, baseUnit, breakable, priceMinor } = priced;
      return [
        {
          ...{ priced, packId: id, name, packSize, baseUnit, breakable, priceMinor },
          onHandBase: sellableBase(batches, day),
          expiresOn: first?.expiresOn ?? null,
          taxPct3: sumMinor(priced.taxPct3),
          taxIncluded: shop.taxMode === 'inclusive',
          cost: first ? (costOf.get(first.batchId) ?? null) : null,
        },
      ];
    }

    const asked = find(packId) ?? refuse({ code: 'NOT_FOUND' });
    const { name, packSize, baseUnit, priceMinor } = asked;
    const weighed = isSoldByWeight(asked);
    const qtyBase = wantBase ?? packSize;
    const amountMinor = priceMinor === null ? null : mulDivRound(priceMinor, qtyBase, packSize);
    const packs = medicines.like(asked.medicineId).flatMap((id) => packsOf.all(id).flatMap(offer));
    const rows = rankSubstitutes({ packSize, baseUnit, qtyBase, amountMinor }, packs);
    return { name, packSize, weighed, wantBase: qtyBase, amountMinor, rows: rows.slice(0, MOST).map(toView) };
  };
}

/** More than a person reads. */
const MOST = 30;

/** Medicines by what they are made of: by the register's group where it has one, by their generics' names else. */
function createMedicineReader({ db }: Counter) {
  type Row = Omit<Composition, 'generics'> & { readonly id: string; readonly generics: string };
  const select = `SELECT m.id, m.generics, m.form, m.generic_group AS genericGroup FROM medicine m`;
  const one = db.prepare<[string], Row>(`${select} WHERE m.id = ?`);
  const ofGroup = db.prepare<[string], Row>(`${select} WHERE m.generic_group = ? AND NOT m.deleted`);
  const named = db.prepare<[string], Row>(
    `${select} WHERE NOT m.deleted AND m.id IN (SELECT p.medicine_id FROM search_name n JOIN search_pack p ON p.id = n.rowid
       WHERE n.search_name MATCH ?)`,
  );
  const read = (row: Row): Composition => ({ ...row, generics: JSON.parse(row.generics) });

  return {
    /** The ids of the medicine itself and of those that stand for it. */
    like(medicineId: string): readonly string[] {
      const row = one.get(medicineId);
      if (!row) return [];
      const wanted = read(row);
      const match = matchOf(wanted);
      const candidates = [
        ...(row.genericGroup === '' ? [] : ofGroup.all(row.genericGroup)),
        ...(match === '' ? [] : named.all(match)),
      ];
      const found = candidates.filter((other) => standsFor(wanted, read(other))).map(({ id }) => id);
      return [...new Set([medicineId, ...found])];
    },
  };
}

/** Short words are units and particles, which the index may have left out of the names. */
const matchOf = ({ generics }: Composition): string =>
  [...new Set(generics.flatMap(({ name }) => scanWords(name)))]
    .filter(({ kind, text }) => kind === 'word' && text.length >= 4)
    .map(({ text }) => `generic : ${quoted(text)}`)
    .join(' AND ');

function toView({ pack, qtyBase, amountMinor, differenceMinor }: Substitute<Offered>): SubstituteView {
  const { packId, name, tallMan, generics, form, label, packSize, scheduleClass } = pack.priced;
  return {
    ...{ packId, name, tallMan, form, label, packSize, scheduleClass, qtyBase, amountMinor, differenceMinor },
    generics: generics.map((g) => ({ ...g })),
    weighed: isSoldByWeight(pack),
    onHandBase: pack.onHandBase,
    expiresOn: pack.expiresOn,
    packPriceMinor: pack.priceMinor,
  };
}
