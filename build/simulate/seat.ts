import type { Sealed } from '#shared/replica/changeset.ts';
import type { FeedRow } from '#shared/replica/wire.ts';
import type { Base } from './base.ts';
import type { Dice } from './dice.ts';
import type { ReadPlace } from './hq.ts';
import { createTill, type PushAnswer, type Till } from './till.ts';
import { today, type Version } from './versions.ts';

/** A place in the chain with a till on it: the process comes and goes, the disk and what the link remembers stay apart. */
export type Seat = {
  readonly name: string;
  readonly index: number;
  readonly dice: Dice;
  till: Till;
  /** What its software can read; another after an upgrade. */
  version: Version;
  /** What an earlier version could not read is still to be looked at again. */
  replays: boolean;
  /** The store HQ says it belongs to now, where this process has heard of another. */
  movedTo: string | null;
  /** How far its clock is from the true time. */
  skewMs: number;
  /** `answers`: what it sends arrives, what HQ says does not. */
  cut: 'none' | 'both' | 'answers';
  /** The process; what is meant for an earlier one is lost. */
  session: number;
  /** Whether this process has asked HQ how far it has its chain. */
  introduced: boolean;
  /** The push that is under way. */
  pushing: number | null;
  /** Why the link has stopped pushing and says so: its key was used twice, and it gets no other. */
  blocked: 'FORK' | null;
  /** The epoch it has last handed up to what HQ may have lost. */
  epoch: string;
  /** Scopes whose numbering is no longer HQ's. */
  readonly refetch: Set<string>;
  /** Subscriptions by scope: rows of an earlier one are passed over, as an aborted stream's are. */
  readonly subscriptions: Map<string, number>;
  /** The disk was copied, or brought back from a copy: its key may be used twice. */
  copied: boolean;
  /** Nobody stands at it for now; its link goes on. */
  unattended: boolean;
  backup: Backup | null;
  /** Scope to what its last snapshot held: at or below `seq`, facts from `since` on. */
  readonly snapshots: Map<string, { readonly seq: number; readonly since: number }>;
  /** How far of its own chain HQ had answered when it made the till's last snapshot. */
  answered: number;
  /** The latest its own clock has ever shown. */
  latestMs: number;
  /** The cursors last seen, to catch one that goes back. */
  readonly seen: Map<string, { readonly seq: number; readonly epoch: string }>;
  /** What was written when its safety was last looked at. */
  checked: { session: number; writes: number };
  /** By id: movements in the sums of the last snapshot and not in it; with the sign turned, those here and in neither. */
  readonly unseen: Unseen;
  /** Facts of its own that left it when it was moved, by table and id: its journal still has them. */
  readonly gone: Set<string>;
};

export type Unseen = Map<string, { readonly batch: string; readonly qtyBase: number }>;

/** A till's disk at some time, and what the checks knew of it then. */
export type Backup = Pick<Seat, 'answered' | 'snapshots' | 'unseen' | 'gone'> & { readonly image: Buffer };

export type Message = { readonly seat: Seat; readonly session: number } & (
  | {
      readonly kind: 'push';
      readonly id: number;
      readonly inc: number;
      readonly batch: readonly Sealed[];
      readonly read: readonly ReadPlace[];
    }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: PushAnswer }
  | {
      readonly kind: 'pull';
      readonly scope: string;
      readonly subscription: number;
      readonly from: { seq: number; epoch: string };
    }
  | {
      readonly kind: 'rows';
      readonly scope: string;
      readonly subscription: number;
      readonly rows: readonly FeedRow[] | null;
    }
);

export function createSeat(
  {
    name,
    index,
    image,
    trueMs,
    version = today,
  }: {
    readonly name: string;
    readonly index: number;
    readonly image: Buffer;
    readonly trueMs: () => number;
    readonly version?: Version;
  },
  dice: Dice,
): Seat {
  const seat: Omit<Seat, 'till'> = {
    ...{
      name,
      index,
      dice,
      skewMs: 0,
      cut: 'none',
      session: 0,
      pushing: null,
      blocked: null,
      introduced: false,
      epoch: '',
      refetch: new Set(),
    },
    ...{
      subscriptions: new Map(),
      copied: false,
      unattended: false,
      backup: null,
      snapshots: new Map(),
      unseen: new Map(),
      seen: new Map(),
    },
    ...{ answered: 0, latestMs: 0, version, replays: false, movedTo: null, gone: new Set() },
    checked: { session: 0, writes: -1 },
  };
  const whole: Seat = Object.assign(seat, {
    till: createTill({ index, image, nowMs: () => trueMs() + seat.skewMs, dice, tables: version.tables }),
  });
  return whole;
}

/** The process starts anew on a disk: what it had in memory is gone. */
export function startOn(seat: Seat, image: Buffer): void {
  const { index, dice, till } = seat;
  const { nowMs } = till.clock;
  till.close();
  seat.till = createTill({ index, image, nowMs, dice, tables: seat.version.tables });
  seat.session += 1;
  seat.pushing = null;
  seat.blocked = null;
  seat.introduced = false;
  seat.refetch.clear();
  seat.movedTo = null;
  const { scopes, cursor, takeIn } = seat.till;
  seat.replays = takeIn.defers();
  for (const scope of scopes) if (cursor(scope) === null || takeIn.wantsBase(scope)) seat.refetch.add(scope);
}

export const subscriptionOf = (seat: Seat, scope: string): number => seat.subscriptions.get(scope) ?? 0;
export const endSubscription = (seat: Seat, scope: string): void => {
  seat.subscriptions.set(scope, subscriptionOf(seat, scope) + 1);
};

export const diskOf = (base: Base, index: number): Buffer => {
  const disk = base.tills[index];
  if (!disk) throw new RangeError(`no till ${index}`);
  return disk;
};
