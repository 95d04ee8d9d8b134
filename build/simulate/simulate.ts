import type { Base } from './base.ts';
import { maybeFault } from './faults.ts';
import { type Arrival, createWorld, hqWorks, tillWorks, type World } from './history.ts';
import { moveIfTold } from './moves.ts';
import { deliver, hasToSay, isLimited, linkTurns, pull, push, takeSnapshot } from './network.ts';
import { checkEnd } from './oracle.ts';
import { Broken, checkSeat, type Harm } from './safety.ts';
import { replayDeferred, upgrade } from './upgrades.ts';
import { today } from './versions.ts';
import type { Weather } from './weather.ts';

export type SimulateOptions = {
  readonly seed: number;
  readonly base: Base;
  /** Of the phase with faults; drawn from the seed where not given. */
  readonly steps?: number | undefined;
  readonly tills?: number | undefined;
  readonly weather?: Partial<Weather> | undefined;
};

export type History = {
  readonly seed: number;
  readonly steps: number;
  /** Null: nothing lost, nothing twice, nothing apart. */
  readonly broken: { readonly harm: Harm | 'crashed'; readonly what: string; readonly step: number } | null;
  readonly changesets: number;
  readonly trace: readonly string[];
  readonly arrivals: readonly Arrival[];
  readonly world: World;
};

/** Rounds in which everything must have drained once the faults have stopped. */
const ROUNDS = 60;

/** One history out of a seed: faults and safety first, then calm, in which everything must come together. */
export async function simulate({ seed, base, steps, tills, weather }: SimulateOptions): Promise<History> {
  const world = createWorld({ seed, base, tills, weather });
  const drawn = 40 + world.dice.below(80);
  const length = steps ?? drawn;
  let broken: History['broken'] = null;
  const wallClock = performance.now;
  // Taking in is cut into slices by the wall clock; here no time passes but the seed's.
  performance.now = () => 0;
  try {
    for (; world.step < length; world.step++) await storm(world);
    await calm(world);
    checkEnd(world);
  } catch (problem) {
    const harm = problem instanceof Broken ? problem.harm : 'crashed';
    const what =
      problem instanceof Broken
        ? problem.message
        : problem instanceof Error
          ? (problem.stack ?? '')
          : String(problem);
    broken = { harm, what, step: world.step };
  }
  performance.now = wallClock;
  for (const { till } of world.seats) till.close();
  const { trace, arrivals, made } = world;
  return { seed, steps: length, broken, changesets: made.size, trace, arrivals, world };
}

async function storm(world: World): Promise<void> {
  const { dice } = world;
  world.pass(dice.below(120_000));
  const seat = dice.pick(world.seats);
  const throwOf = dice.next();
  if (throwOf < 0.4) {
    if (!seat.unattended) tillWorks(world, seat);
  } else if (throwOf < 0.46) hqWorks(world);
  else if (throwOf < 0.75 && world.wire.length < 12) await linkTurns(world, seat);
  else await deliver(world);
  maybeFault(world);
  for (const one of world.seats) checkSeat(world, one);
}

/** The faults stop. Whatever waits goes up, whatever is numbered comes down, in a bounded number of rounds. */
async function calm(world: World): Promise<void> {
  world.note('— the faults stop —');
  Object.assign(world.weather, {
    drop: 0,
    duplicate: 0,
    lostAnswer: 0,
    garble: 0,
    tear: 0,
    poison: 0,
    crash: 0,
    early: 0,
    moves: 0,
  });
  for (const seat of world.seats) {
    seat.cut = 'none';
  }
  for (let round = 0; round < ROUNDS; round++) {
    world.step += 1;
    while (world.wire.length > 0) await deliver(world);
    if (isDrained(world)) {
      // What older versions could not read has all come by now.
      const old = world.seats.filter(({ version }) => version !== today);
      if (old.length === 0) return;
      for (const seat of old) upgrade(world, seat);
    }
    for (const seat of world.seats) {
      if (seat.replays) await replayDeferred(world, seat);
      moveIfTold(world, seat);
      if (seat.pushing === null && seat.blocked === null && hasToSay(world, seat)) await push(world, seat);
      for (const scope of seat.till.scopes) {
        // It has left for another store meanwhile.
        if (!seat.till.scopes.includes(scope)) break;
        if (seat.refetch.has(scope)) await takeSnapshot(world, seat, scope);
        else pull(world, seat, scope);
      }
    }
    for (const one of world.seats) checkSeat(world, one);
  }
  throw new Broken('stuck', world.seats.map(stateOf).join('; '));
}

const isDrained = ({ seats, hq }: World): boolean =>
  seats.every((seat) => {
    const { till, blocked, refetch, epoch, replays } = seat;
    const sent = blocked !== null || till.waiting() === 0;
    if (isLimited(hq, seat)) return sent && (blocked !== null || epoch === hq.epoch());
    return (
      sent &&
      !till.hasEarly() &&
      !replays &&
      till.storeId === hq.storeOf(till.device) &&
      refetch.size === 0 &&
      till.scopes.every(
        (scope) => till.cursor(scope)?.seq === hq.headSeq(scope) && till.cursor(scope)?.epoch === hq.epoch(),
      )
    );
  });

const stateOf = ({ name, till, blocked, refetch }: World['seats'][number]): string =>
  `${name}: ${till.waiting()} waiting, ${blocked ?? 'pushing'}, to fetch ${[...refetch].join(' ') || 'nothing'}, at ${till.scopes.map((s) => till.cursor(s)?.seq).join(' ')}`;
