import { openEnvelope } from '#shared/replica/changeset.ts';
import { tillWorks, type World, writeAtHq } from './history.ts';
import { factsOf } from './safety.ts';
import { endSubscription, type Seat, startOn } from './seat.ts';
import { stores, tillId } from './shop.ts';

/** HQ moves a till to another store, as sync-server/auth/back-office-stores.ts writes it. */
export function moveAtHq(world: World, { name, index, till: { device } }: Seat): void {
  const { hq } = world;
  const to = stores.find((id) => id !== hq.storeOf(device));
  if (to === undefined || hq.isRevoked(device)) return;
  const cols = { storeId: to };
  const changes = [
    { t: 'till', op: 'set', id: tillId(index), cols },
    { t: 'device', op: 'set', id: device, cols },
  ] as const;
  writeAtHq(world, { actor: 'hq', type: 'till', changes });
  world.note(`${name} is to stand in ${to}`);
}

/** Whether HQ has it elsewhere, and it has not heard so. */
export const isElsewhere = ({ hq }: World, { till, movedTo }: Seat): boolean =>
  movedTo === null && !hq.isRevoked(till.device) && hq.storeOf(till.device) !== till.storeId;

/** What HQ says at a sign-in. */
export function hearStore(world: World, seat: Seat): void {
  if (seat.cut !== 'none' || !isElsewhere(world, seat)) return;
  seat.movedTo = world.hq.storeOf(seat.till.device);
  world.note(`${seat.name} hears that it belongs to ${seat.movedTo}`);
}

/** Nothing of the old store's waits any more: it leaves the till, which comes up anew without a base. */
export function moveIfTold(world: World, seat: Seat): void {
  const { till, movedTo } = seat;
  if (movedTo === null || till.waiting() > 0) return;
  // The link is stopping, and somebody is still at the counter.
  if (world.dice.chance(0.3)) tillWorks(world, seat);
  till.moveTo(movedTo);
  standElsewhere(world, seat);
}

/** A till that takes a base hears from its heartbeat that it is moved: the download is broken off. */
export function isSentAway(world: World, seat: Seat): boolean {
  if (world.weather.moves > 0 && world.dice.chance(0.3)) moveAtHq(world, seat);
  hearStore(world, seat);
  if (seat.movedTo === null || seat.till.waiting() > 0) return false;
  seat.till.moveTo(seat.movedTo);
  world.note(`${seat.name} leaves in the middle of a download`);
  return true;
}

/** Its database is of another store: the process that goes on knows of nothing but that. */
export function standElsewhere(world: World, seat: Seat): void {
  const [, scope] = seat.till.scopes;
  endSubscription(seat, scope);
  seat.snapshots.delete(scope);
  seat.seen.delete(scope);
  seat.unseen.clear();
  for (const { text } of seat.till.journal()) for (const key of factsOf(text)) seat.gone.add(key);
  seat.answered = 0;
  startOn(seat, seat.till.diskImage());
  world.note(`${seat.name} stands in ${seat.till.storeId} now`);
}

/** What HQ refused of a till is there again with a base of the store it was made in: the goods did leave the shelf. */
export function comeBack({ till, gone }: Seat): void {
  if (gone.size === 0) return;
  for (const { state, text } of till.journal()) {
    const opened = openEnvelope(text);
    if (state === 'refused' && opened.ok && opened.value.scope === till.scopes[1])
      for (const key of factsOf(text)) gone.delete(key);
  }
}
