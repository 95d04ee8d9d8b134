import type { InPlace } from '#shared/auth/calls.ts';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import { batchId as nameBatch, normaliseBatchCode } from '#shared/inventory/batch.ts';
import { plainDate } from '#shared/kernel/calendar.ts';
import { type MadeReturnView, madeReturn, type RefundView } from '#shared/sales/calls-returns.ts';
import { type BlindLine, planBlindReturn } from '#shared/sales/return-blind.ts';
import { defaultPlace, placesFor } from '#shared/sales/return-place.ts';
import { reasonText } from '#shared/sales/return-reason.ts';
import type { ReturnPlace } from '#shared/sales/tables-returns.ts';
import { authorise } from '../authorise.ts';
import type { Counter } from '../counter.ts';
import { orRefuse, refuse } from '../refuse.ts';
import { sha256 } from '../store/crypto.ts';
import { readCode } from './cart-desk.ts';
import { writeReturn } from './return-write.ts';
import { type ReturnDeps, type ReturnDesk, refundView, viewOf } from './returns.ts';

export type BlindWish = {
  readonly lines: readonly {
    readonly packId: string;
    readonly packs: number;
    readonly base?: number | undefined;
    readonly batch?: { readonly code: string; readonly expiresOn: string } | undefined;
    readonly place: ReturnPlace;
  }[];
  readonly as: 'cash' | 'voucher';
};
export type BlindCommand = BlindWish & {
  readonly commandId: string;
  readonly totalMinor: number;
  readonly reason: string;
  readonly note: string;
  readonly saleReceiptNo?: string | undefined;
  readonly inPlace?: InPlace | undefined;
};

/** Returns without a receipt that is known here: by a right of their own or a colleague's PIN, up to a cap. */
export function createBlindReturns(
  { counter, sessions, pins }: Omit<ReturnDeps, 'cards'>,
  { carryOut, addReceipt }: ReturnDesk,
) {
  const soldAs = (packId: string) => counter.packs.find(packId, counter.today().business)?.soldAs;

  function planned({ lines, as }: BlindWish) {
    const today = counter.today();
    const shop = counter.shop();
    const goods = lines.map((line) => goodsOf(counter, line, today.business));
    const capMinor = counter.setting('sales.blind-return-cap');
    const { taxMode, cashStepMinor } = shop;
    const plan = orRefuse(
      planBlindReturn(
        goods.map(({ line }) => line),
        { taxMode, cashStepMinor, capMinor, as },
      ),
    );
    return { plan, goods, shop, today };
  }

  function make(command: BlindCommand, authorisedBy: string | null, actorId: string): MadeReturnView {
    const { plan, goods, shop, today } = planned(command);
    if (plan.totalMinor !== command.totalMinor)
      refuse({ code: 'TOTAL_CHANGED', totalMinor: plan.totalMinor });
    const row = writeReturn(counter, {
      ...{ planned: plan, kind: 'blind', sale: null, saleReceiptNo: command.saleReceiptNo ?? null },
      ...{
        taxMode: shop.taxMode,
        currency: shop.currency,
        actorId,
        authorisedBy,
        today,
        exchangeSaleId: null,
      },
      articles: goods.map(({ article }) => article),
      newBatches: newBatchesOf(goods),
      reason: reasonText(command),
      references: new Map(),
    });
    return viewOf(row, plan, { printJobId: addReceipt(row.id, 'receipt') });
  }

  return {
    /** What a code on a box stands for, and where such goods may go. */
    article(code: string) {
      sessions.require(counter, 'sales.return');
      const today = counter.today();
      const { packId, batch, expiresOn } = readCode(counter, code, today);
      const pack =
        counter.packs.find(packId, today.business) ?? refuse({ code: 'UNKNOWN_CODE', data: { code } });
      const known = batch !== undefined && expiresOn !== undefined ? { code: batch, expiresOn } : null;
      const goods = { scheduleClass: pack.scheduleClass, batchKnown: known !== null };
      return {
        ...{ packId, name: pack.name, packSize: pack.packSize, baseUnit: pack.baseUnit },
        ...{ weighed: isSoldByWeight(pack), priceMinor: pack.priceMinor, batch: known },
        places: [...placesFor(goods)],
        defaultPlace: defaultPlace(goods, counter.setting('sales.return-place')),
      };
    },

    quote(wish: BlindWish): RefundView {
      sessions.require(counter, 'sales.return');
      return refundView(planned(wish).plan);
    },

    async make(command: BlindCommand): Promise<MadeReturnView> {
      const before = counter.once.answered(command.commandId, madeReturn);
      if (before) return before;
      sessions.require(counter, 'sales.return');
      // What was only lent for money goes back without a receipt: it is known by itself.
      const lent = command.lines.every(({ packId }) => soldAs(packId) === 'deposit');
      const right = lent ? 'sales.return' : 'sales.return.blind';
      const { actor, authorisedBy } = await authorise({ counter, sessions, pins }, right, command.inPlace);
      return carryOut('blind return', command.commandId, () => make(command, authorisedBy, actor.personId));
    },
  };
}

type Goods = ReturnType<typeof goodsOf>;

/** An article at today's price, in the batch its box names. */
function goodsOf(
  counter: Counter,
  { packId, packs, base, batch, place }: BlindWish['lines'][number],
  business: string,
) {
  const pack = counter.packs.find(packId, plainDate(business)) ?? refuse({ code: 'NOT_FOUND' });
  const { name, packSize, baseUnit, taxClassId, taxPct3, priceMinor, scheduleClass } = pack;
  if (priceMinor === null) refuse({ code: 'NO_PRICE', packId, name });
  const isLoose = base !== undefined && !isSoldByWeight(pack);
  if (pack.soldAs === 'voucher' || isLoose) refuse({ code: 'NEEDS_RECEIPT', name });
  const box = batch ? boxOf(counter, packId, batch) : null;
  if (!placesFor({ scheduleClass, batchKnown: box !== null }).includes(place))
    refuse({ code: 'PLACE_FORBIDDEN', name });
  const line: BlindLine = {
    ...{ packId, packSize, taxPct3, place, packPriceMinor: priceMinor, qtyBase: base ?? packs * packSize },
    batchId: box?.batchId ?? null,
  };
  return { line, box, article: { packId, name, packSize, baseUnit, taxClassId, taxPct3 } };
}

function boxOf(
  counter: Counter,
  packId: string,
  { code: printed, expiresOn }: { code: string; expiresOn: string },
) {
  const normal = normaliseBatchCode(printed);
  if (!normal.ok) return null;
  const code = normal.value;
  const batchId = nameBatch(sha256, { storeId: counter.storeId, packId, code });
  return { batchId, code, expiresOn, known: counter.batches.find(batchId) !== null };
}

const newBatchesOf = (goods: readonly Goods[]) => {
  const made = new Map(goods.flatMap(({ box }) => (box && !box.known ? [[box.batchId, box] as const] : [])));
  return [...made.values()].map(({ batchId, code, expiresOn }) => ({ batchId, code, expiresOn }));
};
