import { storeScope } from '#shared/tables/scope.ts';
import { revoke, type World } from './history.ts';
import { createHq } from './hq.ts';
import { moveAtHq } from './moves.ts';
import { type Backup, createSeat, endSubscription, type Seat, startOn } from './seat.ts';
import { stores, tillStores } from './shop.ts';
import { upgrade } from './upgrades.ts';

const YEAR_MS = 365 * 86_400_000;
const DAY_MS = 86_400_000;
const MOST_SEATS = tillStores.length;

/** Throws the dice for each fault of the weather. */
export function maybeFault(world: World): void {
  const { dice, weather } = world;
  const seat = dice.pick(world.seats);
  if (dice.chance(weather.crash)) crash(world, seat);
  if (dice.chance(weather.partition)) cutOrHeal(world, seat);
  if (dice.chance(weather.clock)) jump(world, seat);
  if (dice.chance(weather.outage)) outage(world);
  if (dice.chance(weather.hqCrash)) crashHq(world);
  if (dice.chance(weather.compact)) compact(world);
  if (dice.chance(weather.revoke)) revokeOne(world, seat);
  if (dice.chance(weather.lateTill)) joinLate(world);
  if (dice.chance(weather.clone)) clone(world, seat);
  if (dice.chance(weather.restore)) backupOrRestore(world, seat);
  if (dice.chance(weather.hqRestore)) backupOrRestoreHq(world);
  if (weather.spite > 0 && dice.chance(weather.spite)) strike(world);
  if (weather.twins > 0 && dice.chance(weather.twins)) setTwinsApart(world, seat);
  if (weather.moves > 0 && dice.chance(weather.moves)) moveAtHq(world, seat);
  if (weather.skew > 0 && dice.chance(weather.skew)) upgrade(world, seat);
}

/** Backs HQ up, and loses it once some till has taken a base since: its others are cut off from then on. */
function strike(world: World): void {
  const { hqBackup, hq, seats } = world;
  const backed = (scope: string) => hqBackup?.log.get(scope)?.length ?? 0;
  const fresh = seats.filter(({ till: { scopes, cursor }, snapshots }) => {
    const base = snapshots.get(scopes[1]);
    return cursor(scopes[1])?.epoch === hq.epoch() && base !== undefined && base.seq > backed(scopes[1]);
  });
  if (hqBackup !== null && fresh.length === 0) return;
  backupOrRestoreHq(world);
  if (hqBackup === null) return;
  const spared = world.dice.pick(fresh);
  for (const seat of seats) seat.cut = seat === spared ? 'none' : 'both';
  world.hqBackup = null;
  world.note(`${spared.name} alone is connected`);
}

/** Copies a disk; or ends the feed of one whose copy has pushed under the numbers it is about to give itself. */
function setTwinsApart(world: World, seat: Seat): void {
  const { hq, seats } = world;
  const behind = seats.find(({ till, refetch, copied }) => {
    const end = hq.heads([till.scopes[1]]).find((h) => h.device === till.device && h.inc === till.inc());
    return copied && till.waiting() === 0 && !refetch.has(till.scopes[1]) && (end?.dseq ?? 0) > till.dseq();
  });
  if (!behind) {
    if (seat.copied) return;
    clone(world, seat);
    seat.unattended = seat.copied;
    return;
  }
  const [, scope] = behind.till.scopes;
  hq.compact(scope, hq.headSeq(scope));
  endSubscription(behind, scope);
  behind.refetch.add(scope);
  behind.unattended = false;
  world.note(`${behind.name} must fetch ${scope} anew; its twin is ahead`);
}

function crash(world: World, seat: Seat): void {
  startOn(seat, seat.till.diskImage());
  world.note(`${seat.name} crashes and starts again`);
}

function cutOrHeal(world: World, seat: Seat): void {
  seat.cut = seat.cut === 'none' ? world.dice.pick(['both', 'answers']) : 'none';
  world.note(`${seat.name} ${seat.cut === 'none' ? 'is connected again' : `is cut off (${seat.cut})`}`);
}

function jump(world: World, seat: Seat): void {
  seat.latestMs = Math.max(seat.latestMs, seat.till.clock.nowMs());
  seat.skewMs = world.dice.pick([0, 20_000, -20_000, YEAR_MS, -YEAR_MS]);
  world.note(`${seat.name}'s clock is ${seat.skewMs / 1000} s off`);
}

function outage(world: World): void {
  const days = 1 + world.dice.below(20);
  for (const seat of world.seats) if (world.dice.chance(0.7)) seat.cut = 'both';
  world.pass(days * DAY_MS);
  world.note(`${days} days pass, most tills cut off`);
}

/** HQ dies between two transactions: what was on its way to or from it is lost. */
function crashHq(world: World): void {
  world.hq = createHq(world.hq.image(), world.now);
  hangUp(world);
  world.note('HQ crashes and starts again');
}

function hangUp(world: World): void {
  world.wire.length = 0;
  for (const seat of world.seats) seat.pushing = null;
}

function compact(world: World): void {
  const scope = world.dice.pick(['org', ...stores.map(storeScope)]);
  const floor = world.dice.below(world.hq.headSeq(scope) + 1);
  world.hq.compact(scope, floor);
  world.note(`HQ serves ${scope} from ${floor} on`);
}

function revokeOne(world: World, seat: Seat): void {
  if (world.hq.isRevoked(seat.till.device)) return;
  revoke(world, seat);
  world.note(`${seat.name} is revoked`);
}

function joinLate(world: World): void {
  const index = tillStores.findIndex((_, i) => !world.seats.some((s) => s.index === i));
  const image = world.base.enrolled[index];
  if (!image || world.seats.length >= MOST_SEATS) return;
  const seat = createSeat(
    { name: `till-${index} (new)`, index, image, trueMs: world.now },
    world.dice.fork(),
  );
  for (const scope of seat.till.scopes) seat.refetch.add(scope);
  world.seats.push(seat);
  world.note(`${seat.name} joins`);
}

/** A second machine starts on a copy of a till's disk. */
function clone(world: World, seat: Seat): void {
  const already = world.weather.twins > 0 ? seat.copied : world.seats.some((s) => s.copied);
  if (world.seats.length >= MOST_SEATS || already) return;
  const image = seat.till.diskImage();
  const copy = createSeat(
    {
      ...{ name: `${seat.name} (clone)`, index: seat.index, image, trueMs: world.now },
      version: seat.version,
    },
    world.dice.fork(),
  );
  for (const scope of copy.till.scopes) if (copy.till.cursor(scope) === null) copy.refetch.add(scope);
  for (const [scope, snapshot] of seat.snapshots) copy.snapshots.set(scope, snapshot);
  for (const [id, moved] of seat.unseen) copy.unseen.set(id, moved);
  for (const key of seat.gone) copy.gone.add(key);
  copy.epoch = seat.epoch;
  copy.answered = seat.answered;
  copy.latestMs = Math.max(seat.latestMs, seat.till.clock.nowMs());
  copy.copied = true;
  seat.copied = true;
  world.seats.push(copy);
  world.note(`${seat.name}'s disk is cloned`);
}

function backupOrRestore(world: World, seat: Seat): void {
  if (seat.backup === null) {
    const [snapshots, unseen, gone] = [new Map(seat.snapshots), new Map(seat.unseen), new Set(seat.gone)];
    seat.backup = { image: seat.till.diskImage(), answered: seat.answered, snapshots, unseen, gone };
    world.note(`${seat.name} is backed up`);
    return;
  }
  seat.copied = true;
  startOn(seat, seat.backup.image);
  recall(seat, seat.backup);
  seat.seen.clear();
  seat.epoch = '';
  for (const scope of seat.till.scopes) endSubscription(seat, scope);
  const dead = forgetUnheld(world);
  world.note(`${seat.name} is restored from its backup; ${dead} unsent changesets die with the old disk`);
}

/** What the checks know of a disk is what they knew when it was copied. */
function recall(seat: Seat, { answered, snapshots, unseen, gone }: Backup): void {
  seat.answered = answered;
  seat.snapshots.clear();
  for (const [scope, held] of snapshots) seat.snapshots.set(scope, held);
  seat.unseen.clear();
  for (const [id, moved] of unseen) seat.unseen.set(id, moved);
  seat.gone.clear();
  for (const key of gone) seat.gone.add(key);
}

/**
 * What only dead disks had is no longer anywhere: no sync can bring it back. (After both a till and HQ were restored
 * other tills may still hold it; handing those up is not implemented yet: docs/proofs-sync.md.)
 */
function forgetUnheld(world: World): number {
  const kept = new Set(
    world.seats.flatMap(({ till }) => [
      ...till.journal().map(({ hash }) => hash),
      ...till.held().map(({ hash }) => hash),
    ]),
  );
  const there = hashesAtHq(world);
  const dead = [...world.made.keys()].filter((hash) => !kept.has(hash) && !there.has(hash));
  for (const hash of dead) world.made.delete(hash);
  return dead.length;
}

/** Every changeset HQ has, in its log or in quarantine. */
export function hashesAtHq({ hq }: World): Set<string> {
  const logged = hq.scopes().flatMap((scope) => hq.log(scope).map(({ sealed }) => sealed.hash));
  return new Set([...logged, ...hq.quarantine().map(({ sealed }) => sealed.hash)]);
}

function backupOrRestoreHq(world: World): void {
  if (world.hqBackup === null) {
    world.hqBackup = world.hq.image();
    world.note('HQ is backed up');
    return;
  }
  world.hqRestores += 1;
  for (const key of world.hq.facts().keys()) if (!world.hqBackup.facts.has(key)) world.lostAtHq.add(key);
  const image = world.hq.restoredFrom(world.hqBackup, `epoch-${world.hqRestores + 1}`);
  world.hq = createHq(image, world.now);
  hangUp(world);
  const dead = forgetUnheld(world);
  world.note(
    `HQ is restored from its backup; ${dead} changesets die with it whose own till's disk is dead too`,
  );
}
