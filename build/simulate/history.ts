import { openEnvelope, type Sealed } from '#shared/replica/changeset.ts';
import { storeScope } from '#shared/tables/scope.ts';
import type { Base } from './base.ts';
import { type Deed, doBusiness, PowerCut } from './business.ts';
import { createDice } from './dice.ts';
import { createHq, type Hq, type HqAct } from './hq.ts';
import { hqBusiness } from './hq-business.ts';
import { createSeat, diskOf, type Message, type Seat } from './seat.ts';
import { deviceId, people, tillStores } from './shop.ts';
import { drawVersions, today } from './versions.ts';
import { drawWeather, type Weather } from './weather.ts';

/** What reached HQ, in the order and at the time it did: enough to play the same to another HQ. */
export type Arrival =
  | {
      /** `relay`: another than its author handed it up. */
      readonly kind: 'push' | 'relay';
      readonly device: string;
      readonly inc: number;
      readonly batch: readonly Sealed[];
      readonly outcome: string;
      readonly at: number;
    }
  | { readonly kind: 'write'; readonly act: HqAct; readonly at: number };

export type World = ReturnType<typeof createWorld>;
export type WorldOptions = {
  readonly seed: number;
  readonly base: Base;
  readonly tills?: number | undefined;
  readonly weather?: Partial<Weather> | undefined;
};

/** A changeset that was committed at a till: from then on nobody may lose it. */
export type Made = {
  readonly seat: Seat;
  readonly hash: string;
  readonly deed: string;
  /** HQ has no reason to refuse it. */
  readonly sound: boolean;
};

/** Everything there is in one history, and nothing outside it: clock, chance and network included. */
export function createWorld({ seed, base, tills, weather }: WorldOptions) {
  const dice = createDice(seed);
  const apart = createDice(~seed);
  const drawn = { ...drawWeather(dice, apart), ...weather };
  const versions = drawn.skew > 0 ? drawVersions(apart) : [today];
  let trueMs = base.startMs + 3_600_000;
  const now = () => trueMs;
  // Three to eight, fewer more often: what meets in few places meets more often.
  const count = tills ?? 3 + Math.min(dice.below(6), dice.below(6));
  const seats = Array.from({ length: Math.min(count, tillStores.length) }, (_, index) =>
    createSeat(
      {
        ...{ name: `till-${index}`, index, image: diskOf(base, index), trueMs: now },
        version: versions.length > 1 ? apart.pick(versions) : today,
      },
      dice.fork(),
    ),
  );
  for (const seat of seats) seat.epoch = base.hq.epoch;
  const world = {
    seed,
    base,
    dice,
    weather: drawn,
    /** Of the tills' software, oldest first. */
    versions,
    seats,
    hq: createHq(base.hq, now),
    hqBackup: null as ReturnType<Hq['image']> | null,
    hqRestores: 0,
    /** Whether a till has had to send again what HQ has: it waits, and lies in the base. */
    reopened: false,
    /** Chains that HQ has told of a gap while others had handed up what stands behind it. */
    behindHoles: new Set<string>(),
    /** Facts that some till had early: HQ may never get them. */
    handed: new Set<string>(),
    /** Whether tills of this history hand each other changesets early. */
    handsOver: drawn.early > 0,
    /** Whether tills of this history move from store to store. */
    movesTills: drawn.moves > 0,
    /** Facts that a restored HQ had lost: a till may know them from a snapshot alone, which nobody can hand up. */
    lostAtHq: new Set<string>(),
    wire: [] as Message[],
    arrivals: [] as Arrival[],
    made: new Map<string, Made>(),
    trace: [] as string[],
    step: 0,
    now,
    pass: (ms: number): void => {
      trueMs += ms;
    },
    note: (what: string): void => {
      world.trace.push(
        `${String(world.step).padStart(4)}  ${new Date(trueMs).toISOString().slice(5, 19)}  ${what}`,
      );
    },
  };
  return world;
}

/** A till does something; what it committed is remembered. */
export function tillWorks(world: World, seat: Seat): void {
  const { dice } = seat;
  if (!seat.till.isOpen()) return;
  const poison = dice.chance(world.weather.poison);
  const powerFails = world.weather.crash > 0 && dice.chance(0.01);
  const before = seat.till.dseq();
  let deed: Deed | null;
  try {
    deed = doBusiness(seat.till, { poison, powerFails });
  } catch (problem) {
    if (!(problem instanceof PowerCut)) throw problem;
    world.note(`${seat.name} loses power in the middle of a transaction`);
    return;
  }
  if (!deed) return;
  const fresh = seat.till.madeSince(before);
  const numbers = fresh.map(({ dseq }) => dseq).join('+');
  world.note(
    `${seat.name} ${deed.type} #${numbers}${deed.poisoned ? ' (HQ will refuse)' : ''}: ${said(deed)}`,
  );
  for (const { hash } of fresh)
    world.made.set(hash, {
      ...{ seat, hash, deed: `${seat.name} ${deed.type} #${numbers}` },
      sound: deed.poisoned !== true && deed.actor !== people.stranger,
    });
  if (dice.chance(world.weather.early)) handOver(world, seat, fresh);
}

/** HQ's office does something. */
export function hqWorks(world: World): void {
  const act = hqBusiness(world.hq, world.dice, world.now());
  if (act) writeAtHq(world, act);
}

export function writeAtHq(world: World, act: HqAct): void {
  world.hq.write(act);
  world.arrivals.push({ kind: 'write', act, at: world.now() });
  world.note(`HQ writes ${act.type}: ${said(act)}`);
}

export const revoke = (world: World, seat: Seat): void =>
  writeAtHq(world, {
    actor: 'hq',
    type: 'revoke',
    changes: [{ t: 'device', op: 'set', id: deviceId(seat.index), cols: { revoked: true } }],
  });

/** Hands changesets to another till of the store, there and then, as a network of the store's own would. */
function handOver(world: World, from: Seat, made: readonly Sealed[]): void {
  const others = world.seats.filter((s) => s !== from && s.till.storeId === from.till.storeId);
  if (others.length === 0) return;
  const to = world.dice.pick(others);
  const handed = made.flatMap((sealed) => {
    const opened = openEnvelope(sealed.text);
    if (!opened.ok || opened.value.scope !== storeScope(from.till.storeId)) return [];
    if (!to.till.early(sealed, opened.value)) return [];
    for (const c of opened.value.body.changes)
      if (c.op === 'insert') world.handed.add(`${c.t}/${String(c.row.id)}`);
    return [opened.value.dseq];
  });
  if (handed.length > 0) world.note(`${from.name} hands #${handed.join('+')} to ${to.name}`);
}

/** HQ has other changesets under its numbers: the till goes on under an incarnation nobody has used. */
export function reincarnate(world: World, seat: Seat): void {
  const { till } = seat;
  const inc = world.hq.newIncarnation(till.device);
  const changes = [{ t: 'device', op: 'set', id: till.device, cols: { inc } }] as const;
  writeAtHq(world, { actor: 'hq', type: 'incarnation', changes });
  const waited = till.journal().filter((row) => row.inc === till.inc() && row.state === 'waiting');
  till.reincarnate(inc);
  // One push at a time: no answer to what the ended incarnation sent is still on its way.
  seat.pushing = null;
  seat.answered = 0;
  const again = till.journal().filter((row) => row.inc === inc);
  // What was made is the same as before, under another number.
  for (const [i, { hash }] of waited.entries()) {
    const made = world.made.get(hash);
    const now = again[i]?.hash;
    if (made && now !== undefined) world.made.set(now, { ...made, seat, hash: now });
    const stillIs = (row: { hash: string; state: string }) => row.hash === hash && row.state !== 'superseded';
    if (!world.seats.some((s) => s !== seat && s.till.journal().some(stillIs))) world.made.delete(hash);
  }
  world.note(`${seat.name} goes on as incarnation ${inc}; ${waited.length} changesets are made again`);
}

const said = ({ changes }: { readonly changes: Deed['changes'] }): string =>
  changes
    .map((c) => {
      if (c.op !== 'insert')
        return `${c.op} ${c.t} ${c.id.slice(-12)}${c.op === 'set' ? ` ${JSON.stringify(c.cols).slice(0, 60)}` : ''}`;
      return c.t === 'stock_movement'
        ? `${String(c.row.kind)} ${String(c.row.qtyBase)} of ${String(c.row.batchId).slice(-6)}`
        : c.t;
    })
    .join(', ');
