import { batchId as nameBatch } from '#shared/inventory/batch.ts';
import { addDays, type PlainDate, plainDate } from '#shared/kernel/calendar.ts';
import { mulDivRound } from '#shared/kernel/money.ts';
import { businessDate } from '#shared/kernel/zone.ts';
import type { RowOf } from '#shared/schema.ts';
import { demoIds, instantOf, namedId, sha256, weekday } from './days.ts';
import type { DemoStore } from './organisation.ts';
import { type Seeded, seeded } from './random.ts';
import type { DemoOptions } from './rows.ts';
import { type RegisterRows, rangeOf, type ShelfPack, shelfPriceOn, weighedOf } from './shelf.ts';

/** Days of sales that the demo has behind it. */
export const HISTORY_DAYS = 90;

/** What a store has received and decided: the state of its shelves before anything is sold. */
export type DemoStock = {
  readonly store: DemoStore;
  readonly range: readonly ShelfPack[];
  readonly batches: readonly RowOf<'batch'>[];
  /** One `receive` a batch, at its `receivedAt`, by the manager; the document is that day's delivery. */
  readonly movements: readonly RowOf<'stock_movement'>[];
  readonly decisions: readonly RowOf<'batch_decision'>[];
};

/**
 * Batches of a store's range with every age: some expired, some in their last month, most with years to go; a few
 * quarantined or recalled. Quantities follow demand, so that the history can be sold out of them.
 */
export function demoStock(
  options: DemoOptions,
  {
    store,
    register,
    range,
  }: { readonly store: DemoStore; readonly register: RegisterRows; readonly range?: number },
): DemoStock {
  const { code } = store.plan;
  const packs = rangeOf(register, { seed: options.seed, storeCode: code, range: range ?? store.plan.range });
  const draw = seeded(options.seed, `stock ${code}`);
  const ids = demoIds(options.seed, `stock ${code}`);
  const making: Making = { options, store, draw, id: ids.at, actorId: actorOf(store, 'manager') };
  const expected = expectedPacks(store, packs);
  const batches = packs.flatMap((pack) => batchesOf(pack, expected(pack), making));
  const drawers = weighedOf(register).map((pack) => drawerOf(pack, { options, store }));
  const received = [...batches, ...drawers];
  return {
    store,
    range: packs,
    batches: received.map(({ batch }) => batch),
    movements: received.map(({ movement }) => movement).sort((a, b) => a.at - b.at),
    decisions: decisionsOn(
      batches.map(({ batch }) => batch),
      making,
    ),
  };
}

/** The person who acts in a role at a store, by id. */
export function actorOf(store: DemoStore, role: string): string {
  const found = store.staff.find((one) => one.role === role);
  if (found === undefined) throw new Error(`${store.plan.code} has no ${role}`);
  return found.row.personId;
}

type Making = {
  readonly options: DemoOptions;
  readonly store: DemoStore;
  readonly draw: Seeded;
  readonly id: (ms: number) => string;
  readonly actorId: string;
};
type Received = { readonly batch: RowOf<'batch'>; readonly movement: RowOf<'stock_movement'> };

/** How many packs of each the history will ask for, about: 2.4 packs a sale. */
function expectedPacks({ plan }: DemoStore, packs: readonly ShelfPack[]): (pack: ShelfPack) => number {
  const weekly = plan.salesByWeekday.reduce((sum, sales) => sum + sales, 0);
  const demand = packs.reduce((sum, pack) => sum + pack.demand, 0);
  return (pack) => ((weekly * HISTORY_DAYS) / 7) * 2.4 * (pack.demand / demand);
}

function batchesOf(pack: ShelfPack, expected: number, making: Making): Received[] {
  const { draw } = making;
  const count = Math.min(7, 1 + (draw.chance(0.4) ? 1 : 0) + Math.floor(expected / 12));
  const packs = Math.ceil(expected * 1.3) + draw.int(2, 9);
  const each = Math.max(1, Math.ceil(packs / count));
  return Array.from({ length: count }, (_, nth) => batchOf(pack, { nth, packs: each }, making));
}

/** Five kilograms and more of what is sold by weight, with draws and ids of its own: the history is as it was. */
function drawerOf(
  pack: ShelfPack,
  { options, store }: { readonly options: DemoOptions; readonly store: DemoStore },
): Received {
  const name = `drawer ${store.plan.code} ${pack.name}`;
  const draw = seeded(options.seed, name);
  const making: Making = {
    ...{ options, store, draw, id: demoIds(options.seed, name).at, actorId: actorOf(store, 'manager') },
  };
  const { batch, movement } = batchOf(pack, { nth: 0, packs: draw.int(5, 9) }, making);
  return {
    batch: { ...batch, expiresOn: addDays(plainDate(options.todayIso), draw.int(200, 500)) },
    movement,
  };
}

/** The first is older than the history; the others came in while it went on. */
function batchOf(
  pack: ShelfPack,
  { nth, packs }: { readonly nth: number; readonly packs: number },
  making: Making,
): Received {
  const { options, store, draw, id, actorId } = making;
  const today = plainDate(options.todayIso);
  const expiresOn = expiryOf(pack, today, draw);
  const wanted =
    nth === 0 ? addDays(today, -draw.int(HISTORY_DAYS + 2, 240)) : addDays(today, -draw.int(3, HISTORY_DAYS));
  const day = deliveryDay(wanted < expiresOn ? wanted : addDays(expiresOn, -60));
  const receivedAt = instantOf(day, 7 * 60 + 40, store.row.zone);
  const qtyBase = packs * pack.packSize;
  const code = batchCode(draw);
  const batchId = nameBatch(sha256, { storeId: store.row.id, packId: pack.packId, code });
  const free = draw.chance(0.08) ? Math.max(1, Math.floor(packs / 10)) : 0;
  const price = shelfPriceOn(pack, store.row.id, day) ?? 0;
  const costMinor = mulDivRound(price * (packs - Math.min(free, packs - 1)), draw.int(58, 78), 100);
  const at = {
    at: receivedAt,
    businessDate: businessDate(receivedAt, store.row.zone, store.row.dayStartHour),
  };
  return {
    batch: {
      id: batchId,
      storeId: store.row.id,
      packId: pack.packId,
      code,
      expiresOn,
      receivedAt,
      costMinor,
      costQtyBase: qtyBase,
      packPriceMinor: null,
    },
    movement: {
      ...{
        id: id(receivedAt),
        storeId: store.row.id,
        batchId,
        packId: pack.packId,
        kind: 'receive',
        qtyBase,
        ...at,
        actorId,
        reason: null,
      },
      documentId: namedId(`demo ${options.seed} delivery ${store.plan.code} ${day}`),
      documentLine: null,
    },
  };
}

/** Days left, by share: expired, last month, to 90 days, to 180, far. */
const AGES: readonly (readonly [share: number, from: number, to: number])[] = [
  [4, -75, -1],
  [6, 0, 30],
  [10, 31, 90],
  [14, 91, 180],
  [66, 181, 1100],
];

/** A day: what suppliers print as a month ends on its last day, so most expiries are the last of a month. */
function expiryOf(pack: ShelfPack, today: PlainDate, draw: Seeded): PlainDate {
  if (pack.isArticle && draw.chance(0.8)) return NEVER;
  const [, from, to] = AGES[draw.weighted(AGES.map(([share]) => share))] ?? [0, 181, 1100];
  return addDays(today, draw.int(from, to));
}

/** Articles that do not expire. */
const NEVER = plainDate('2099-12-31');

/** Deliveries come from Monday to Saturday. */
const deliveryDay = (day: PlainDate): PlainDate => (weekday(day) === 0 ? addDays(day, -1) : day);

const batchCode = (draw: Seeded): string => {
  const letters = draw.pick(['K', 'L', 'DB', 'CV', 'R', 'MX', 'HT', 'A']);
  return `${letters}${String(draw.int(0, 99_999)).padStart(5, '0')}`;
};

/** Five quarantines, two of them released since, and three recalls by HQ. */
function decisionsOn(batches: readonly RowOf<'batch'>[], making: Making): RowOf<'batch_decision'>[] {
  const { options, store, draw, id, actorId } = making;
  const today = plainDate(options.todayIso);
  const fresh = batches.filter(
    ({ expiresOn, receivedAt }) =>
      expiresOn > addDays(today, 120) &&
      expiresOn < NEVER &&
      receivedAt < instantOf(addDays(today, -40), 0, store.row.zone),
  );
  return DECISIONS.flatMap(({ kind, reason, releasedAfter }) => {
    const batch = draw.pick(fresh);
    const day = addDays(today, -draw.int(12, 30));
    const at = instantOf(day, 8 * 60 + 5, store.row.zone);
    const decision = {
      id: id(at),
      storeId: store.row.id,
      batchId: batch.id,
      kind,
      endsId: null,
      reason,
      at,
      businessDate: day,
      actorId,
    };
    if (releasedAfter === undefined) return [decision];
    const releasedOn = addDays(day, releasedAfter);
    const releasedAt = instantOf(releasedOn, 8 * 60 + 20, store.row.zone);
    return [
      decision,
      {
        ...decision,
        id: id(releasedAt),
        kind: 'release' as const,
        endsId: decision.id,
        reason: 'Supplier confirmed the batch',
        at: releasedAt,
        businessDate: releasedOn,
      },
    ];
  });
}

const DECISIONS: readonly {
  readonly kind: 'quarantine' | 'recall';
  readonly reason: string;
  readonly releasedAfter?: number;
}[] = [
  { kind: 'quarantine', reason: 'Damaged cartons' },
  { kind: 'quarantine', reason: 'Cold chain in doubt' },
  { kind: 'quarantine', reason: 'Complaint about the leaflet' },
  { kind: 'quarantine', reason: 'Cold chain in doubt', releasedAfter: 3 },
  { kind: 'quarantine', reason: 'Delivery note did not match', releasedAfter: 2 },
  { kind: 'recall', reason: 'Recall by the maker: labelling' },
  { kind: 'recall', reason: 'Recall by the maker: stability' },
  { kind: 'recall', reason: 'Recall by the agency: impurity' },
];
