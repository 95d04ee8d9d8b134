import { openEnvelope, type Sealed } from '#shared/replica/changeset.ts';
import { unreadColumns } from '#shared/replica/upcast.ts';
import { tableFacts } from '#shared/schema.ts';
import { sha256Hex } from '../../desktop/till/store/crypto.ts';
import type { World } from './history.ts';
import { reincarnate, tillWorks } from './history.ts';
import type { ReadPlace } from './hq.ts';
import { isRecent, snapshotOf } from './hq-snapshot.ts';
import { comeBack, hearStore, isElsewhere, isSentAway, moveIfTold, standElsewhere } from './moves.ts';
import { Broken, factsOf } from './safety.ts';
import { endSubscription, type Message, type Seat, subscriptionOf, type Unseen } from './seat.ts';
import type { PushAnswer, Relay } from './till.ts';
import { replayDeferred } from './upgrades.ts';

/** What the link of a till does next: pushes what waits, takes a snapshot where it must, else follows a scope. */
export async function linkTurns(world: World, seat: Seat): Promise<void> {
  if (seat.replays && world.dice.chance(0.6)) await replayDeferred(world, seat);
  moveIfTold(world, seat);
  if (seat.pushing === null && seat.blocked === null && hasToSay(world, seat)) await push(world, seat);
  const { till } = seat;
  const scope = world.dice.pick(till.scopes);
  if (seat.refetch.has(scope)) await takeSnapshot(world, seat, scope);
  else pull(world, seat, scope);
}

/**
 * What a heartbeat is for where nothing of the till's own waits: what came early goes up, and a revoked till, which
 * follows no feed, hears of a restored HQ, and a moved one of its store.
 */
export function hasToSay(world: World, seat: Seat): boolean {
  const { till, epoch } = seat;
  const toHear = isLimited(world.hq, seat) ? epoch !== world.hq.epoch() : isElsewhere(world, seat);
  return till.waiting() > 0 || till.hasEarly() || toHear;
}

/** Whether HQ takes what it has made and gives it nothing to read. */
export const isLimited = (hq: World['hq'], { till, version }: Seat): boolean =>
  hq.isRevoked(till.device) || version.tooOld;

export async function push(world: World, seat: Seat): Promise<void> {
  // It asks first, and sends nothing before it has heard.
  if (!seat.introduced && seat.cut !== 'none') return;
  if (!seat.introduced) await introduce(world, seat);
  const id = world.dice.below(2 ** 31);
  if (!isLimited(world.hq, seat)) await handUp(world, seat);
  else if (seat.cut === 'none' && seat.epoch !== world.hq.epoch()) await giveBack(world, seat);
  const batch = seat.till.outbox();
  if (batch.length === 0) {
    await sendEnded(world, seat);
    return hearStore(world, seat);
  }
  seat.pushing = id;
  const message = {
    ...({ kind: 'push', seat, session: seat.session, id, batch } as const),
    ...{ inc: seat.till.inc(), read: seat.till.read() },
  };
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
  const { seat, session, id, inc, read } = message;
  const { device } = seat.till;
  const garbled = world.dice.chance(world.weather.garble);
  const forged = garbled && message.batch.length > 1 && world.dice.chance(0.5);
  const batch = garbled ? (forged ? forgedIn(message.batch) : garbledIn(message.batch)) : message.batch;
  const answer = takenByHq(world, { device, inc }, { batch, read });
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

/** HQ takes a batch, or says why not: a gap it can have only where others have handed up what stands behind a hole. */
function takenByHq(
  { hq, behindHoles }: World,
  { device, inc }: { readonly device: string; readonly inc: number },
  {
    batch,
    read = [],
  }: Pick<Extract<Message, { kind: 'push' }>, 'batch'> & { readonly read?: readonly ReadPlace[] },
): PushAnswer {
  const answer = hq.takeBatch(device, inc, batch, read);
  if (!answer.ok && answer.problem.code === 'GAP' && hq.hasBeyond(device, inc))
    behindHoles.add(`${device}/${inc}`);
  return answer;
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
  if (isLimited(world.hq, seat) || seat.cut !== 'none' || !world.hq.reads(seat.till.device, scope)) return;
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
    await settle(world, seat, message.answer);
    moveIfTold(world, seat);
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
  const upTo = seat.till.cursor(scope)?.seq ?? 0;
  for (const { seq, envelope } of rows) if (Number(seq) <= upTo) nowSeen(seat, envelope);
  world.note(
    `${seat.name} ${taken ? 'takes in' : 'refuses, for a hole,'} ${scope} ${rows[0]?.seq}–${rows.at(-1)?.seq}`,
  );
}

/** Movements that were in the sums of a snapshot alone, or here alone, may have come after all. */
function nowSeen({ unseen, till }: Seat, text: string): void {
  if (unseen.size === 0) return;
  for (const key of factsOf(text)) {
    const id = key.slice(key.indexOf('/') + 1);
    if (unseen.has(id) && till.one(`SELECT 1 FROM stock_movement WHERE id = ?`, id) !== undefined)
      unseen.delete(id);
  }
}

async function settle(world: World, seat: Seat, answer: PushAnswer): Promise<void> {
  if (answer.ok) {
    seat.till.answered(answer.reply);
    for (const scope of answer.reply.diverged) {
      world.note(`${seat.name} has ${scope} otherwise than HQ`);
      throw new Broken('diverged', `${seat.name}'s digest of ${scope}`);
    }
    if (!isLimited(world.hq, seat) && isElsewhere(world, seat)) {
      await sendEnded(world, seat);
      return hearStore(world, seat);
    }
    if (answer.reply.epoch !== seat.epoch) await giveBack(world, seat);
    return;
  }
  const { problem } = answer;
  if (problem.code === 'GAP') {
    if (world.hqRestores === 0 && !world.behindHoles.has(`${seat.till.device}/${seat.till.inc()}`))
      throw new Broken('stuck', `${seat.name} leaves a gap after ${problem.after}`);
    world.reopened = true;
    seat.till.reopenBehind({ dseq: problem.after, hash: problem.hash });
    world.note(`${seat.name} sends again what HQ has lost after #${problem.after}`);
  }
  if (problem.code !== 'FORK') return;
  if (!seat.copied) throw new Broken('stuck', `${seat.name} sees a fork that is none`);
  world.note(`${seat.name} sees that HQ has another #${problem.dseq}`);
  if (isLimited(world.hq, seat)) seat.blocked = 'FORK';
  else {
    await seat.till.settleShared(problem.dseq, relayFrom(world, seat));
    reincarnate(world, seat);
  }
}

/** A process's first contact: where HQ has more of its chain than it has itself, its database was brought back. */
async function introduce(world: World, seat: Seat): Promise<void> {
  const { device } = seat.till;
  const { inc, dseq } = seat.till.store.identity.read();
  const end = world.hq.heads(seat.till.scopes).find((head) => head.device === device && head.inc === inc);
  seat.introduced = true;
  if (!end || end.dseq <= dseq || isLimited(world.hq, seat)) return;
  if (!seat.copied) throw new Broken('stuck', `HQ has more of ${seat.name}'s chain than it has itself`);
  world.note(`${seat.name} sees that HQ has #${end.dseq} of its chain, and itself only #${dseq}`);
  await seat.till.settleShared(end.dseq, relayFrom(world, seat));
  reincarnate(world, seat);
}

/** HQ was restored from a backup: what it has lost goes up, the till's own and others', before any snapshot. */
async function giveBack(world: World, seat: Seat): Promise<void> {
  seat.epoch = world.hq.epoch();
  if (isLimited(world.hq, seat)) {
    seat.till.reopenAll();
    // What HQ had refused of it waits with the rest, and lies over nothing.
    world.reopened = true;
    return sendEnded(world, seat);
  }
  const waited = seat.till.waiting();
  await seat.till.giveBack(world.hq.headsReply(seat.till.scopes), relayFrom(world, seat));
  // A restored till whose number HQ has from its former life tries all of its chain again.
  if (seat.till.waiting() > waited) world.reopened = true;
  await sendEnded(world, seat);
}

/** What came early goes up before anything of the till's own. */
const handUp = (world: World, seat: Seat): Promise<void> => seat.till.handUp(relayFrom(world, seat));

/** What HQ has otherwise of an ended chain is made again: the same deed under another number. */
async function sendEnded(world: World, seat: Seat): Promise<void> {
  const waiting = () => seat.till.journal().filter(({ state }) => state === 'waiting');
  const before = waiting().filter((row) => row.inc !== seat.till.inc());
  if (before.length === 0) return;
  const known = new Set(waiting().map(({ hash }) => hash));
  const unsound = new Set(before.filter(({ hash }) => world.made.get(hash)?.sound === false).map(txOf));
  await seat.till.sendEnded(relayFrom(world, seat));
  const again = new Set(seat.till.journal().flatMap((row) => (row.state === 'superseded' ? [row.hash] : [])));
  for (const { hash } of before) if (again.has(hash)) world.made.delete(hash);
  for (const row of waiting().filter(({ hash }) => !known.has(hash)))
    world.made.set(row.hash, {
      ...{ seat, hash: row.hash, deed: `${seat.name} again`, sound: !unsound.has(txOf(row)) },
    });
}

/** The deed a changeset is of: made again, it is the same. */
const txOf = ({ text }: { readonly text: string }): string => {
  const opened = openEnvelope(text);
  return opened.ok ? opened.value.tx : '';
};

const relayFrom =
  (world: World, seat: Seat): Relay =>
  (device, inc, all) => {
    const own = device === seat.till.device;
    const batch = own ? all : all.filter((one) => mayHandUp(world, seat, one));
    const reply = world.hq.takeRelayed(device, inc, batch);
    const outcome = outcomeOf({ ok: true, reply });
    world.arrivals.push({ kind: 'relay', device, inc, batch, outcome, at: world.now() });
    world.note(`HQ takes ${batch.length} of ${device}/${inc} from ${seat.name}: ${outcome}`);
    return reply;
  };

/** HQ takes of a till what others made in the scopes it reads. */
function mayHandUp({ hq, movesTills }: World, { till }: Seat, { text }: Sealed): boolean {
  if (!movesTills) return true;
  const opened = openEnvelope(text);
  return opened.ok && hq.reads(till.device, opened.value.scope);
}

/** Pushes and hears the answer without anything in between. */
async function pushThrough(world: World, seat: Seat): Promise<void> {
  const { device } = seat.till;
  const inc = seat.till.inc();
  const batch = seat.till.outbox();
  if (batch.length === 0 || seat.blocked !== null) return;
  const answer = takenByHq(world, { device, inc }, { batch });
  world.arrivals.push({ kind: 'push', device, inc, batch, outcome: outcomeOf(answer), at: world.now() });
  world.note(`HQ takes ${seat.name}'s ${batch.length} during a download: ${outcomeOf(answer)}`);
  await settle(world, seat, answer);
}

/** The outbox first, then the base anew; the counter goes on selling, and may push, while it comes in. */
export async function takeSnapshot(world: World, seat: Seat, scope: string): Promise<void> {
  const { till } = seat;
  if (seat.cut !== 'none' || isLimited(world.hq, seat) || !till.scopes.some((one) => one === scope)) return;
  if (!world.hq.reads(till.device, scope)) return hearStore(world, seat);
  if (seat.epoch !== world.hq.epoch()) await giveBack(world, seat);
  await handUp(world, seat);
  if (seat.blocked === null && till.waiting() > 0) return;
  const snapshot = snapshotOf(world.hq, scope, world.now());
  const old = tooOldFor(world, seat, snapshot.since);
  const atHq = new Set(world.hq.facts().keys());
  const breaksAt = world.dice.chance(world.weather.drop) ? world.dice.below(snapshot.lines.length) : null;
  const busy = world.weather.twins > 0;
  let quiet = world.dice.chance(0.5) && !busy;
  let away = false;
  const meanwhile = () => {
    if (quiet || away || !world.dice.chance(busy ? 0.5 : 0.1)) return;
    tillWorks(world, seat);
    if (world.dice.chance(0.5)) void pushThrough(world, seat);
    away = world.movesTills && isSentAway(world, seat);
    quiet = world.dice.chance(0.3);
  };
  const whole = await till.base(snapshot, {
    ...{ breaksAt, meanwhile },
  });
  world.note(
    `${seat.name} ${whole ? 'has taken' : 'loses the connection to'} a snapshot of ${scope} at ${snapshot.seq}`,
  );
  endSubscription(seat, scope);
  if (away) return standElsewhere(world, seat);
  if (!whole) return;
  seat.refetch.delete(scope);
  seat.snapshots.set(scope, { seq: snapshot.seq, since: snapshot.since });
  if (scope === 'org') return;
  const head = snapshot.heads.find((end) => end.device === till.device && end.inc === till.inc());
  const ours = till.journalStates().find(({ inc, dseq }) => inc === head?.inc && dseq === head?.dseq);
  seat.answered = head && ours?.hash === head.hash ? head.dseq : 0;
  seat.unseen.clear();
  const counts = (id: string) =>
    till.one(
      `SELECT 1 FROM stock_movement WHERE id = ? AND id NOT IN (SELECT movement_id FROM uncounted)`,
      id,
    ) !== undefined;
  for (const [id, moved] of old) if (!counts(id)) seat.unseen.set(id, moved);
  for (const [id, moved] of lostBy(till, atHq)) seat.unseen.set(id, moved);
  comeBack(seat);
}

/** Movements that are here and no longer at HQ, nor of this till's making: the sums of its snapshot have not counted them. */
function lostBy(till: Seat['till'], atHq: ReadonlySet<string>): Unseen {
  const early = till.all<{ text: string }>(`SELECT text FROM pending_change`);
  const kept = new Set([...till.journal(), ...early].flatMap(({ text }) => factsOf(text)));
  const here = till.all<{ id: string; batch: string; qtyBase: number }>(
    `SELECT id, batch_id AS batch, qty_base AS qtyBase FROM stock_movement WHERE id NOT IN (SELECT movement_id FROM uncounted)`,
  );
  return new Map(
    here.flatMap(({ id, batch, qtyBase }) => {
      const key = `stock_movement/${id}`;
      return atHq.has(key) || kept.has(key) ? [] : [[id, { batch, qtyBase: -qtyBase }] as const];
    }),
  );
}

/** Movements that the sums of a snapshot count and that are too old to be in it: the till may not have got them. */
function tooOldFor({ hq }: World, { till }: Seat, since: number): Unseen {
  const old: Unseen = new Map();
  const facts = tableFacts.get('stock_movement');
  for (const [key, row] of hq.facts()) {
    if (!facts || !key.startsWith('stock_movement/') || row.storeId !== till.storeId) continue;
    const reads = unreadColumns(till.takeIn.tables.get(facts.name) ?? facts, row).length === 0;
    if (reads && isRecent(hq, facts, { row, since })) continue;
    old.set(String(row.id), { batch: String(row.batchId), qtyBase: Number(row.qtyBase) });
  }
  return old;
}
