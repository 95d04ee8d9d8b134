import { z } from 'zod';
import { type BatchDecision, batchStatus } from '#shared/inventory/batch-state.ts';
import { genesisHash, openEnvelope, type Row } from '#shared/replica/changeset.ts';
import { tableFacts } from '#shared/schema.ts';
import type { TableFacts } from '#shared/tables/define-table.ts';
import { scopeOfRow } from '#shared/tables/scope.ts';
import { hashesAtHq } from './faults.ts';
import { asFolded, type Folded, type FoldedRow, foldedText, foldLog, rowText } from './fold.ts';
import type { World } from './history.ts';
import { hqDevice } from './hq.ts';
import type { Logged } from './hq-image.ts';
import { isRecent } from './hq-snapshot.ts';
import { remembered } from './remembered.ts';
import { Broken, isHere } from './safety.ts';
import type { Seat } from './seat.ts';
import { tillId } from './shop.ts';

/** What must hold when everything has drained: HQ is what its log comes to, and every till is what HQ is. */
export function checkEnd(world: World): void {
  const { hq } = world;
  checkLog(world);
  checkChains(world);
  checkRefusals(world);
  const folded = foldLog(hq.scopes().flatMap((scope) => hq.log(scope)));
  checkHq(world, folded);
  checkNothingLost(world);
  for (const seat of world.seats) {
    checkClaims(world, seat);
    if (!hq.isRevoked(seat.till.device)) checkReplica(world, seat, folded);
  }
}

/** Numbers without a gap, no changeset twice, and each chain whole: what is not in the log is in quarantine. */
function checkLog({ hq, seats }: World): void {
  const keys = new Set<string>();
  const receipts = new Map<string, number[]>();
  const take = (key: string, texts: readonly string[]) => {
    if (keys.has(key)) throw new Broken('duplicated', `HQ has ${key} twice`);
    keys.add(key);
    for (const text of texts)
      for (const [series, n] of receiptsIn(text)) receipts.set(series, [...(receipts.get(series) ?? []), n]);
  };
  for (const scope of hq.scopes())
    for (const [i, { seq, envelope: e, sealed, effHlc, at }] of hq.log(scope).entries()) {
      const ceiling = `${(at + 60_000).toString(16).padStart(12, '0')}ffff`;
      if (effHlc !== (e.hlc < ceiling || e.device === hqDevice ? e.hlc : ceiling))
        throw new Broken('diverged', `HQ orders ${e.device} #${e.dseq} of ${e.hlc} by ${effHlc}`);
      if (seq !== i + 1) throw new Broken('lost', `${scope} has ${seq} at place ${i + 1}`);
      take(`${e.device}/${e.inc}/${e.dseq}`, [sealed.text]);
    }
  for (const { device, inc, dseq, sealed } of hq.quarantine())
    take(`${device}/${inc}/${dseq}`, [sealed.text]);
  for (const [key, { dseq }] of hq.chainEnds())
    for (let n = 1; n <= dseq; n++)
      if (!keys.has(`${key}/${n}`)) throw new Broken('lost', `HQ has a hole at ${key}/${n}`);
  // Two machines with one key have printed the same numbers: both receipts stand.
  const twice = new Set(seats.filter(({ copied }) => copied).map(({ index }) => index));
  for (const [series, numbers] of receipts)
    if (
      ![...twice].some((index) => series.includes(tillId(index))) &&
      numbers.sort((a, b) => a - b).some((n, i) => n !== i + 1)
    )
      throw new Broken('lost', `the receipts of ${series} at HQ are ${numbers.join(',')}`);
}

/** What HQ has of a chain, accepted or refused, hangs together from hash to hash. */
function checkChains({ hq, seats }: World): void {
  const copied = new Set(seats.filter((seat) => seat.copied).map(({ till }) => till.device));
  const logged = hq.scopes().flatMap((scope) => hq.log(scope).map(({ sealed }) => sealed));
  const chains = new Map<string, { dseq: number; prevHash: string; hash: string }[]>();
  for (const { text, hash } of [...logged, ...hq.quarantine().map(({ sealed }) => sealed)]) {
    const opened = openEnvelope(text);
    if (!opened.ok) throw new Broken('lost', `HQ keeps what nobody can read: ${text.slice(0, 60)}`);
    const { device, inc, dseq, prevHash } = opened.value;
    const chain = `${device}/${inc}`;
    chains.set(chain, [...(chains.get(chain) ?? []), { dseq, prevHash, hash }]);
  }
  for (const [chain, links] of chains) {
    // Of two machines with one key others may have handed up a number behind a hole that the other machine then filled.
    if (copied.has(chain.slice(0, chain.indexOf('/')))) continue;
    links.sort((a, b) => a.dseq - b.dseq);
    // Where others hand up what a restored HQ has lost there may be holes.
    for (const [i, { dseq, prevHash }] of links.entries())
      if (dseq === (links[i - 1]?.dseq ?? 0) + 1 && prevHash !== (links[i - 1]?.hash ?? genesisHash))
        throw new Broken('diverged', `${chain}/${dseq} at HQ does not follow from what is before it`);
  }
}

/**
 * HQ refuses what was made to be refused, and nothing else: least of all goods that were handed over. An edit of a row
 * HQ has not got, because its maker's changeset was handed on early or is lost, is refused as one of no whole row; and a
 * restored HQ may have forgotten that a till has moved, and refuse what it made there.
 */
function checkRefusals({ hq, made, hqRestores, handsOver, movesTills }: World): void {
  const mayBe = (reason: string) =>
    (reason === 'BAD_ROW' && (handsOver || hqRestores > 0)) ||
    (reason === 'FOREIGN_SCOPE' && movesTills && hqRestores > 0);
  for (const { device, dseq, reason, sealed } of hq.quarantine())
    if (made.get(sealed.hash)?.sound === true && !mayBe(reason))
      throw new Broken('lost', `HQ refuses ${device} #${dseq}, which is sound: ${reason}`);
}

function receiptsIn(text: string): [string, number][] {
  const opened = openEnvelope(text);
  return (opened.ok ? opened.value.body.changes : []).flatMap((c): [string, number][] =>
    c.op === 'insert' && c.t === 'sale' ? [[String(c.row.receiptSeries), Number(c.row.receiptN)]] : [],
  );
}

function checkHq({ hq }: World, { facts, registers, onHand }: Folded): void {
  const wanted = new Map([...facts].map(([key, row]) => [key, rowText(tableOf(key), row)]));
  compare('HQ', wanted, new Map([...hq.facts()].map(([key, row]) => [key, rowText(tableOf(key), row)])));
  compare(
    'HQ',
    new Map([...registers].map(([key, row]) => [key, foldedText(tableOf(key), row)])),
    new Map(
      [...hq.registers()].map(([key, row]) => [key, foldedText(tableOf(key), asFolded(tableOf(key), row))]),
    ),
  );
  compare(
    'HQ on hand',
    new Map([...onHand].map(([k, n]) => [k, String(n)])),
    new Map([...hq.onHand()].map(([k, { qtyBase }]) => [k, String(qtyBase)])),
  );
}

/** Every changeset that was committed at a till is at HQ, or on the disk of a till that has stopped and says so. */
function checkNothingLost(world: World): void {
  const there = hashesAtHq(world);
  const held = new Set(
    world.seats
      .filter((s) => s.blocked !== null)
      .flatMap((s) => s.till.journal())
      .map(({ hash }) => hash),
  );
  for (const { hash, deed } of world.made.values())
    if (!there.has(hash) && !held.has(hash)) throw new Broken('lost', `${deed} is nowhere`);
  checkGivenBack(world, there);
}

/**
 * What a till holds of others' is at HQ: HQ's own writing too, which nobody else can bring back to a restored HQ. Of a
 * copied disk's chain HQ may have another under that number.
 */
function checkGivenBack({ hq, seats }: World, there: ReadonlySet<string>): void {
  const copied = new Set(seats.filter((seat) => seat.copied).map(({ till }) => till.device));
  for (const { name, till } of seats) {
    if (hq.isRevoked(till.device)) continue;
    for (const { device, hash } of till.held())
      if (!copied.has(device) && !there.has(hash))
        throw new Broken('lost', `${name} holds what HQ has not got back of ${device}`);
  }
}

/** What a till says of its changesets is so: `at-hq` is in the log, `refused` in quarantine, `waiting` only where it has stopped. */
function checkClaims({ hq }: World, { name, till, blocked }: Seat): void {
  const logged = new Set(hq.scopes().flatMap((scope) => hq.log(scope).map(({ sealed }) => sealed.hash)));
  const quarantined = new Set(hq.quarantine().map(({ sealed }) => sealed.hash));
  const sales = new Map<string, number[]>();
  for (const { state, hash, dseq, text } of till.journal()) {
    if (state === 'superseded') continue;
    const so =
      state === 'at-hq' ? logged.has(hash) : state === 'refused' ? quarantined.has(hash) : blocked !== null;
    if (!so) throw new Broken('lost', `${name} says of #${dseq}: ${state}`);
    for (const [series, n] of receiptsIn(text)) sales.set(series, [...(sales.get(series) ?? []), n]);
  }
  for (const [series, numbers] of sales)
    if (numbers.toSorted((a, b) => a - b).some((n, i) => n !== i + 1))
      throw new Broken('lost', `the receipts of ${series} at ${name} are ${numbers.join(',')}`);
}

function checkReplica(world: World, seat: Seat, folded: Folded): void {
  const own = unaccepted(seat);
  const scope = seat.till.scopes[1];
  const numbers = seat.snapshots.has(scope) ? seqsOf(world.hq.log(scope)) : null;
  for (const facts of tableFacts.values()) {
    if (facts.policy === 'append') checkFacts(world, seat, { facts, folded, own, numbers });
    else checkRegisters(seat, facts, folded);
  }
  checkOnHand(seat, { folded, own });
  checkDigests(world, seat);
  checkStates(seat);
}

/** Facts of a till's own that HQ has not taken: refused ones, and those of a till that has stopped. They stay where they are. */
function unaccepted({ till, gone }: Seat): Map<string, Row> {
  const facts = new Map<string, Row>();
  for (const { state, text } of till.journal()) {
    if (state === 'superseded') continue;
    const opened = openEnvelope(text);
    // Of another store HQ takes only what a till made that has stood there: what was meant to be refused stays its.
    if (state === 'at-hq' && (!opened.ok || isHere(till, opened.value.scope))) continue;
    for (const c of opened.ok ? opened.value.body.changes : [])
      if (c.op === 'insert' && !gone.has(`${c.t}/${String(c.row.id)}`))
        facts.set(`${c.t}/${String(c.row.id)}`, c.row);
  }
  return facts;
}

type Expected = {
  readonly facts: TableFacts;
  readonly folded: Folded;
  readonly own: ReadonlyMap<string, Row>;
  /** Where each fact of the till's store first came; null where it has had no snapshot. */
  readonly numbers: ReadonlyMap<string, number> | null;
};

function checkFacts(
  { hq, handed, lostAtHq }: World,
  { name, till, snapshots }: Seat,
  { facts, folded, own, numbers }: Expected,
): void {
  const here = new Map(
    rowsOf(till, facts).map((row) => [`${facts.name}/${String(row.id)}`, rowText(facts.name, row)]),
  );
  const wanted = new Map<string, string>();
  const optional = new Map<string, string>();
  const bySnapshot = snapshots.get(till.scopes[1]);
  for (const [key, row] of byTable(folded.facts).get(facts.name) ?? []) {
    if (scopeOfRow(facts, row) !== till.scopes[1]) continue;
    const old =
      bySnapshot &&
      (numbers?.get(key) ?? 0) <= bySnapshot.seq &&
      !isRecent(hq, facts, { row, since: bySnapshot.since });
    (old ? optional : wanted).set(key, factText(facts.name, row));
  }
  for (const [key, row] of own) if (tableOf(key) === facts.name) wanted.set(key, rowText(facts.name, row));
  // What another till handed on early and HQ refused, or never got, stays as rows; its movements count nowhere. So does
  // what came with a snapshot of an HQ that lost it: rows are never deleted, and no envelope is left to hand up.
  for (const key of [...handed, ...lostAtHq])
    if (!wanted.has(key) && !folded.facts.has(key)) here.delete(key);
  for (const [key, text] of optional) if (here.get(key) === text) wanted.set(key, text);
  compare(name, wanted, here);
}

/** A fact's text, worked out once for all tills. */
function factText(table: string, row: Row): string {
  const known = factTexts.get(row) ?? rowText(table, row);
  factTexts.set(row, known);
  return known;
}
const factTexts = new WeakMap<Row, string>();

/** Rows by their table, worked out once for all tills. */
function byTable<T>(rows: ReadonlyMap<string, T>): ReadonlyMap<string, readonly (readonly [string, T])[]> {
  const known = tables.get(rows) ?? Map.groupBy(rows, ([key]) => tableOf(key));
  tables.set(rows, known);
  return known as ReadonlyMap<string, readonly (readonly [string, T])[]>;
}
const tables = new WeakMap<object, ReadonlyMap<string, readonly (readonly [string, unknown])[]>>();

/** The number at which each fact first came. */
function seqsOf(log: readonly Logged[]): Map<string, number> {
  const seqs = new Map<string, number>();
  for (const { seq, envelope } of log)
    for (const change of envelope.body.changes) {
      const key = change.op === 'insert' ? `${change.t}/${String(change.row.id)}` : null;
      if (key !== null && !seqs.has(key)) seqs.set(key, seq);
    }
  return seqs;
}

function checkRegisters({ name, till, blocked }: Seat, facts: TableFacts, folded: Folded): void {
  const wanted = new Map<string, string>();
  for (const [key, row] of byTable(folded.registers).get(facts.name) ?? []) {
    const scope = scopeOfRow(facts, row.values);
    if (scope !== null && till.scopes.some((s) => s === scope)) wanted.set(key, textOf(facts.name, row));
  }
  const here = basesOf(till, facts);
  compare(name, wanted, here);
  const pending = Number(till.one(`SELECT count(*) FROM pending_write`));
  if (pending > 0 && blocked === null)
    throw new Broken('stuck', `${name} has ${pending} edits pending for ever`);
}

/** The bases of a table's rows, as texts: what lies under the overlay, or the row itself. */
function basesOf(till: Seat['till'], facts: TableFacts): Map<string, string> {
  const bases = new Map<string, string>();
  for (const found of till.all<Record<string, unknown>>(`SELECT * FROM ${facts.name}`))
    bases.set(`${facts.name}/${String(found.id)}`, shownText(JSON.stringify([facts.name, found])));
  for (const { id, base } of till.all<{ id: string; base: string }>(
    `SELECT row_id AS id, base FROM overlay_base WHERE tbl = ?`,
    facts.name,
  )) {
    const under = registerRow.nullable().parse(JSON.parse(base));
    const key = `${facts.name}/${id}`;
    if (under === null) bases.delete(key);
    else bases.set(key, foldedText(facts.name, asFolded(facts.name, under)));
  }
  return bases;
}
const registerRow = z.object({
  values: z.record(z.string(), z.unknown()),
  deleted: z.boolean(),
  stamps: z.record(z.string(), z.string()),
});

/** A register row as the database has it, in the fold's words; most rows are the same at every till. */
const shownText = remembered((found) => {
  const [table, row] = foundRow.parse(JSON.parse(found));
  const facts = tableFacts.get(table);
  if (!facts) throw new Error(`no table ${table}`);
  const stamps: unknown = JSON.parse(String(row.stamps));
  const base = registerRow.parse({ values: toRow(row, facts), deleted: row.deleted === 1, stamps });
  return foldedText(table, asFolded(table, base));
});
const foundRow = z.tuple([z.string(), z.record(z.string(), z.unknown())]);

/** A folded row's text, worked out once for all tills. */
function textOf(table: string, row: FoldedRow): string {
  const known = texts.get(row) ?? foldedText(table, row);
  texts.set(row, known);
  return known;
}
const texts = new WeakMap<FoldedRow, string>();

function checkOnHand(seat: Seat, { folded, own }: Pick<Expected, 'folded' | 'own'>): void {
  const { name, till } = seat;
  const wanted = new Map<string, number>();
  const add = (batch: string, qty: number) => wanted.set(batch, (wanted.get(batch) ?? 0) + qty);
  for (const [key, qty] of folded.onHand) {
    const slash = key.indexOf('/');
    if (key.slice(0, slash) === till.storeId) add(key.slice(slash + 1), qty);
  }
  for (const [key, row] of own)
    if (tableOf(key) === 'stock_movement' && !folded.facts.has(key))
      add(String(row.batchId), Number(row.qtyBase));
  const here = till.all<{ batch: string; qty: number }>(
    `SELECT batch_id AS batch, qty_base AS qty FROM on_hand`,
  );
  const texts = (entries: readonly (readonly [string, number])[]) =>
    new Map(entries.filter(([, n]) => n !== 0).map(([batch, n]) => [batch, String(n)]));
  compare(`${name} on hand`, texts([...wanted]), texts(here.map(({ batch, qty }) => [batch, qty])));
}

/** What a till has read of a scope's log is that log, changeset by changeset. */
function checkDigests({ hq }: World, { name, till }: Seat): void {
  for (const scope of till.scopes) {
    const at = till.cursor(scope);
    if (at && at.digest !== hq.digestAt(scope, at.seq))
      throw new Broken('diverged', `${name}'s digest of ${scope} at ${at.seq}`);
  }
}

function checkStates({ name, till }: Seat): void {
  const decisions = till.all<BatchDecision & { batch: string }>(
    `SELECT id, kind, ends_id AS endsId, batch_id AS batch FROM batch_decision`,
  );
  const wanted = new Map(
    [...Map.groupBy(decisions, (d) => d.batch)].map(([batch, of]) => [batch, batchStatus(of)]),
  );
  const here = till.all<{ batch: string; state: string }>(`SELECT batch_id AS batch, state FROM batch_state`);
  compare(`${name} batch states`, wanted, new Map(here.map(({ batch, state }) => [batch, state])));
}

const rowsOf = (till: Seat['till'], facts: TableFacts): Row[] =>
  till.all<Record<string, unknown>>(`SELECT * FROM ${facts.name}`).map((found) => toRow(found, facts));

const toRow = (found: Readonly<Record<string, unknown>>, facts: TableFacts): Row =>
  Object.fromEntries(facts.columns.map((c) => [c.property, fromSql(found[c.column], c.kind)]));

function fromSql(value: unknown, kind: string): unknown {
  if (value === null || value === undefined) return null;
  if (kind === 'bool') return value === 1;
  return kind === 'json' ? JSON.parse(String(value)) : value;
}

const tableOf = (key: string): string => key.slice(0, key.indexOf('/'));

function compare(who: string, wanted: ReadonlyMap<string, string>, here: ReadonlyMap<string, string>): void {
  for (const [key, text] of wanted) {
    const found = here.get(key);
    if (found === undefined) throw new Broken('lost', `${who} has no ${key}`);
    if (found !== text)
      throw new Broken('diverged', `${who} has ${key} as\n  ${found}\nand not as\n  ${text}`);
  }
  for (const key of here.keys())
    if (!wanted.has(key)) throw new Broken('duplicated', `${who} has ${key}, which nobody numbered`);
}
