import type { World } from './history.ts';
import { endSubscription, type Seat, startOn } from './seat.ts';

/** A till is stopped, and comes up on the same disk under the next version. */
export function upgrade(world: World, seat: Seat): void {
  const { versions } = world;
  const next = versions[versions.indexOf(seat.version) + 1];
  if (!next) return;
  // What a restored HQ has lost of others' it could not be told.
  if (seat.version.tooOld && world.hqRestores > 0) seat.epoch = '';
  seat.version = next;
  startOn(seat, seat.till.diskImage());
  for (const scope of seat.refetch) endSubscription(seat, scope);
  world.note(`${seat.name} is upgraded${seat.replays ? '; it had to keep what it could not read' : ''}`);
}

/** Some time after its start a till looks again at what an earlier version could not read. */
export async function replayDeferred(world: World, seat: Seat): Promise<void> {
  const taken = await seat.till.takeIn.replayDeferred();
  seat.replays = false;
  if (taken > 0) world.note(`${seat.name} reads ${taken} that it had kept`);
}
