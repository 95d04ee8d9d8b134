import {
  allocateFefo,
  type BatchStatus,
  type FefoAllocation,
  type FefoBatch,
} from '#shared/inventory/fefo.ts';
import { plainDate } from '#shared/kernel/calendar.ts';
import { localDate } from '#shared/kernel/zone.ts';
import type { DemoStock } from './stock.ts';

/** The shelves of a store while its history goes on. Time only moves forward. */
export type Shelves = {
  /** What FEFO would give now, without taking it. */
  available(packId: string, at: number): number;
  /** Takes by FEFO; a bug when the shelves cannot give it all. */
  take(packId: string, want: { readonly at: number; readonly wantBase: number }): readonly FefoAllocation[];
  /** The expiry of the batch FEFO would take first; null when there is none. */
  firstExpiry(packId: string, at: number): string | null;
};

export function createShelves(stock: DemoStock): Shelves {
  const { zone, minShelfLifeDays } = stock.store.row;
  const byPack = piles(stock);
  const fefo = (packId: string, at: number, wantBase: number) =>
    allocateFefo({
      batches: presentAt(byPack.get(packId) ?? [], at),
      wantBase,
      on: localDate(at, zone),
      minShelfLifeDays,
    });
  return {
    available: (packId, at) => MANY - fefo(packId, at, MANY).shortBase,
    firstExpiry: (packId, at) => {
      const [first] = fefo(packId, at, 1).allocations;
      return byPack.get(packId)?.find((pile) => pile.batchId === first?.batchId)?.expiresOn ?? null;
    },
    take(packId, { at, wantBase }) {
      const { allocations, shortBase } = fefo(packId, at, wantBase);
      if (shortBase > 0) throw new Error(`${packId}: ${shortBase} short`);
      for (const { batchId, qtyBase } of allocations) {
        const pile = byPack.get(packId)?.find((one) => one.batchId === batchId);
        if (pile !== undefined) pile.onHandBase -= qtyBase;
      }
      return allocations;
    },
  };
}

const MANY = 1_000_000;

type Pile = Omit<FefoBatch, 'status' | 'onHandBase'> & {
  onHandBase: number;
  readonly stops: readonly Stop[];
};
/** A decision with the moment it ended at, if it did. */
type Stop = { readonly status: BatchStatus; readonly from: number; readonly to: number };

function piles({ batches, movements, decisions }: DemoStock): Map<string, Pile[]> {
  const received = new Map(movements.map(({ batchId, qtyBase }) => [batchId, qtyBase]));
  const byPack = new Map<string, Pile[]>();
  for (const { id, packId, code, expiresOn, receivedAt } of batches) {
    const stops = decisions.length === 0 ? [] : stopsOf(id, decisions);
    const pile = {
      batchId: id,
      code,
      expiresOn: plainDate(expiresOn),
      receivedAt,
      onHandBase: received.get(id) ?? 0,
      stops,
    };
    const known = byPack.get(packId);
    if (known === undefined) byPack.set(packId, [pile]);
    else known.push(pile);
  }
  return byPack;
}

const stopsOf = (batchId: string, decisions: DemoStock['decisions']): Stop[] =>
  decisions
    .filter((decision) => decision.batchId === batchId && decision.endsId === null)
    .map(({ id, kind, at }) => ({
      status: kind === 'recall' ? 'recalled' : 'quarantined',
      from: at,
      to: decisions.find(({ endsId }) => endsId === id)?.at ?? Number.POSITIVE_INFINITY,
    }));

function presentAt(pack: readonly Pile[], at: number): FefoBatch[] {
  return pack
    .filter(({ receivedAt }) => receivedAt <= at)
    .map(({ stops, ...batch }) => ({
      ...batch,
      status: stops.find(({ from, to }) => from <= at && at < to)?.status ?? 'sellable',
    }));
}
