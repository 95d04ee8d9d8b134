import type { Sealed } from '#shared/replica/changeset.ts';
import { tableFacts } from '#shared/schema.ts';
import { sha256Hex } from '../../desktop/till/store/crypto.ts';
import type { World } from './history.ts';
import { tillWorks } from './history.ts';
import { isRecent, snapshotOf } from './hq-snapshot.ts';
import { Broken } from './safety.ts';
import { endSubscription, type Message, type Seat, subscriptionOf } from './seat.ts';
import type { PushAnswer } from './till.ts';

/** What the link of a till does next: pushes what waits, takes a snapshot where it must, else follows a scope. */
export async function linkTurns(world: World, seat: Seat): Promise<void> {
  const { till } = seat;
  if (seat.pushing === null && seat.blocked === null && till.waiting() > 0) push(world, seat);
  const scope = world.dice.pick(till.scopes);
  if (seat.refetch.has(scope)) await takeSnapshot(world, seat, scope);
  else pull(world, seat, scope);
}

export function push(world: World, seat: Seat): void {
  const id = world.dice.below(2 ** 31);
  const batch = seat.till.outbox();
  seat.pushing = id;
  const message = { kind: 'push', seat, session: seat.session, id, batch } as const;
  if (!send(world, message)) seat.pushing = null;
  else if (world.dice.chance(world.weather.duplicate)) send(world, message);
}

export function pull(world: World, seat: Seat, scope: string): void {
  const from = seat.till.cursor(scope);
  if (from === null) seat.refetch.add(scope);
  else
    send(world, {
      kind: 'pull',
      seat,
      session: seat.session,
      scope,
      subscription: subscriptionOf(seat, scope),
      from,
    });
}

/** Puts a message on its way; false where it is lost at once, which its sender sees as a time-out. */
function send(world: World, message: Message): boolean {
  if (message.seat.cut === 'both' || world.dice.chance(world.weather.drop)) return false;
  world.wire.push(message);
  return true;
}

/** Delivers one of the messages on their way. */
export async function deliver(world: World): Promise<void> {
  const at = world.weather.reorder ? world.dice.below(world.wire.length) : 0;
  const [message] = world.wire.splice(at, 1);
  if (!message) return;
  if (message.kind === 'push') arrive(world, message);
  else if (message.kind === 'pull') readOut(world, message);
  else if (message.session === message.seat.session) await hear(world, message);
}

function arrive(world: World, message: Extract<Message, { kind: 'push' }>): void {
  const { seat, session, id } = message;
  const { device, inc } = seat.till;
  const garbled = world.dice.chance(world.weather.garble);
  const forged = garbled && message.batch.length > 1 && world.dice.chance(0.5);
  const batch = garbled ? (forged ? forgedIn(message.batch) : garbledIn(message.batch)) : message.batch;
  const answer: PushAnswer = world.hq.takeBatch(device, inc, batch);
  world.arrivals.push({ kind: 'push', device, inc, batch, outcome: outcomeOf(answer), at: world.now() });
  // Who forges keeps the answer.
  const lost = world.dice.chance(world.weather.lostAnswer) || seat.cut !== 'none' || forged;
  world.note(
    `HQ takes ${seat.name}'s ${batch.length}${forged ? ' forged' : garbled ? ' garbled' : ''}: ${outcomeOf(answer)}${lost ? ' (answer lost)' : ''}`,
  );
  if (lost || !send(world, { kind: 'answer', seat, session, id, answer })) {
    if (seat.pushing === id) seat.pushing = null;
  }
}

const garbledIn = (batch: readonly Sealed[]): readonly Sealed[] =>
  batch.map(({ text, ...rest }) => ({ ...rest, text: altered(text) }));

/** The first changeset is altered and hashed anew: neither its own hash nor the last one's signature shows it. */
const forgedIn = ([first, ...rest]: readonly Sealed[]): readonly Sealed[] => {
  if (!first) return [];
  const text = altered(first.text);
  return [{ ...first, text, hash: sha256Hex(text) }, ...rest];
};

const altered = (text: string): string => text.replace('1', '2');

/** A push's answer in one word, the same from any HQ. */
export const outcomeOf = (answer: PushAnswer): string =>
  answer.ok
    ? answer.reply.verdicts
        .map((v) => `${v.dseq}:${v.verdict}${v.reason === undefined ? '' : `(${v.reason})`}`)
        .join(' ')
    : JSON.stringify(answer.problem);

function readOut(
  world: World,
  { seat, session, scope, subscription, from }: Extract<Message, { kind: 'pull' }>,
): void {
  if (world.hq.isRevoked(seat.till.device) || seat.cut !== 'none') return;
  let rows = world.hq.changes(scope, from, 1 + world.dice.below(30));
  if (rows?.length === 0) return;
  if (rows && rows.length > 1 && world.dice.chance(world.weather.tear)) rows = rows.slice(1);
  const message = { kind: 'rows', seat, session, scope, subscription, rows } as const;
  if (send(world, message) && world.dice.chance(world.weather.duplicate)) send(world, message);
}

async function hear(world: World, message: Extract<Message, { kind: 'answer' | 'rows' }>): Promise<void> {
  const { seat } = message;
  if (message.kind === 'answer') {
    if (seat.pushing !== message.id) return;
    seat.pushing = null;
    settle(world, seat, message.answer);
    return;
  }
  const { scope, rows, subscription } = message;
  if (subscription !== subscriptionOf(seat, scope)) return;
  if (rows === null) {
    world.note(`${seat.name} must fetch ${scope} anew`);
    endSubscription(seat, scope);
    seat.refetch.add(scope);
    return;
  }
  const taken = await seat.till.take(scope, rows);
  world.note(
    `${seat.name} ${taken ? 'takes in' : 'refuses, for a hole,'} ${scope} ${rows[0]?.seq}–${rows.at(-1)?.seq}`,
  );
}

function settle(world: World, seat: Seat, answer: PushAnswer): void {
  if (answer.ok) {
    seat.till.answered(answer.reply);
    return;
  }
  const { problem } = answer;
  if (problem.code === 'GAP') {
    if (world.hqRestores === 0) throw new Broken('stuck', `${seat.name} leaves a gap after ${problem.after}`);
    seat.till.reopenAfter(problem.after);
    world.note(`${seat.name} sends again what HQ has lost after #${problem.after}`);
  }
  if (problem.code !== 'FORK') return;
  seat.blocked = 'FORK';
  seat.forkedAt = problem.dseq;
  world.note(`${seat.name} stops pushing: HQ has another #${problem.dseq}`);
}

/** Pushes and hears the answer without anything in between. */
function pushThrough(world: World, seat: Seat): void {
  const { device, inc } = seat.till;
  const batch = seat.till.outbox();
  if (batch.length === 0 || seat.blocked !== null) return;
  const answer = world.hq.takeBatch(device, inc, batch);
  world.arrivals.push({ kind: 'push', device, inc, batch, outcome: outcomeOf(answer), at: world.now() });
  world.note(`HQ takes ${seat.name}'s ${batch.length} during a download: ${outcomeOf(answer)}`);
  settle(world, seat, answer);
}

/** The outbox first, then the base anew; the counter goes on selling, and may push, while it comes in. */
export async function takeSnapshot(world: World, seat: Seat, scope: string): Promise<void> {
  const { till } = seat;
  if (seat.cut !== 'none' || world.hq.isRevoked(till.device)) return;
  if (seat.blocked === null && till.waiting() > 0) return;
  const snapshot = snapshotOf(world.hq, scope, world.now());
  const unseen = unseenBy(world, seat, snapshot.since);
  const breaksAt = world.dice.chance(world.weather.drop) ? world.dice.below(snapshot.lines.length) : null;
  let quiet = world.dice.chance(0.5);
  const meanwhile = () => {
    if (quiet || !world.dice.chance(0.1)) return;
    tillWorks(world, seat);
    if (world.dice.chance(0.5)) pushThrough(world, seat);
    quiet = world.dice.chance(0.3);
  };
  const whole = await till.base(snapshot, {
    ...{ breaksAt, meanwhile, forkedAt: () => seat.forkedAt },
  });
  world.note(
    `${seat.name} ${whole ? 'has taken' : 'loses the connection to'} a snapshot of ${scope} at ${snapshot.seq}`,
  );
  endSubscription(seat, scope);
  if (!whole) return;
  seat.refetch.delete(scope);
  seat.snapshots.set(scope, { seq: snapshot.seq, since: snapshot.since });
  if (scope === 'org') return;
  const head = snapshot.heads[till.device];
  seat.answered = Math.min(head?.inc === till.inc ? head.dseq : 0, (seat.forkedAt ?? Infinity) - 1);
  seat.unseen.clear();
  for (const [batch, sum] of unseen) seat.unseen.set(batch, sum);
}

/** What the sums of a snapshot count of movements that are too old to be in it and that the till has not got. */
function unseenBy({ hq }: World, { till }: Seat, since: number): Map<string, number> {
  const unseen = new Map<string, number>();
  const facts = tableFacts.get('stock_movement');
  const has = (id: unknown) => till.one(`SELECT 1 FROM stock_movement WHERE id = ?`, id) !== undefined;
  for (const [key, row] of hq.facts()) {
    if (!facts || !key.startsWith('stock_movement/') || row.storeId !== till.storeId) continue;
    if (isRecent(hq, facts, { row, since }) || has(row.id)) continue;
    const batch = String(row.batchId);
    unseen.set(batch, (unseen.get(batch) ?? 0) + Number(row.qtyBase));
  }
  return unseen;
}
