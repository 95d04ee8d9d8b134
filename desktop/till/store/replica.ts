import type { Database } from 'better-sqlite3';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import {
  bodyVersion,
  type Change,
  type Envelope,
  type Row,
  type Sealer,
  seal,
} from '#shared/replica/changeset.ts';
import { tick } from '#shared/replica/hlc.ts';
import {
  mergeBase,
  type Origin,
  overlay,
  type RegisterChange,
  type RegisterRow,
  stampOf,
} from '#shared/replica/merge.ts';
import { tableFacts } from '#shared/schema.ts';
import type { TableFacts } from '#shared/tables/define-table.ts';
import { groupsOf, scopeOfRow } from '#shared/tables/scope.ts';
import type { IdentityStore } from './identity.ts';
import { createOverlayStore } from './overlay-store.ts';
import type { RowStore } from './rows.ts';

/** A local fold kept up to date in the transaction of the rows it folds: on hand, batch states, the search index. */
export type Projection = {
  readonly table: string;
  /** A fact was added, or a register row changed (`null` = it is gone from sight). */
  readonly apply: (id: string, row: Row | null) => void;
};

/** A numbered changeset as HQ's feed gives it; `hash` is that of its signed text. */
export type Numbered = {
  readonly seq: number;
  readonly effHlc: string;
  readonly hash: string;
  readonly envelope: Envelope;
};

/** One business transaction: its kind, who did it, the document it is about, what it changes. */
export type Business = {
  readonly type: string;
  readonly actor: string;
  readonly subjectId: string | null;
  readonly changes: readonly Change[];
};

type Deps = {
  readonly db: Database;
  readonly rows: RowStore;
  readonly identity: IdentityStore;
  readonly sealer: Sealer;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly projections: readonly Projection[];
};

/**
 * The till's side of replication: records what it does as signed changesets in the transaction that does it, and
 * takes in what HQ has numbered. Every function must be called inside a transaction of the one writer.
 */
export function createReplica({ db, rows, identity, sealer, clock, ids, projections }: Deps) {
  const overlays = createOverlayStore(db);
  const journal = db.prepare(
    `INSERT INTO journal (inc, dseq, scope, type, hlc, text, hash, sig, state, subject_id, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?)`,
  );
  const markAtHq = db.prepare(
    `UPDATE journal SET state = 'at-hq' WHERE inc = ? AND dseq = ? AND hash = ? AND state = 'waiting'`,
  );
  const otherHash = db
    .prepare<[number, number, string]>(`SELECT 1 FROM journal WHERE inc = ? AND dseq = ? AND hash <> ?`)
    .pluck();

  return {
    /** Carries out the changes of one business transaction and journals them, one changeset for each scope. */
    record({ type, actor, subjectId, changes }: Business): void {
      const me = identity.read();
      const nowMs = clock.nowMs();
      const scopes = [...groupByScope(changes)];
      const tx = ids.next();
      let { dseq, headHash, hlc } = me;
      for (const [scope, mine] of scopes) {
        dseq += 1;
        hlc = tick(hlc, nowMs);
        const origin = { device: me.device, inc: me.inc, dseq };
        const sealed = seal(
          {
            ...origin,
            tx,
            parts: scopes.length,
            prevHash: headHash,
            hlc,
            type,
            v: bodyVersion,
            scope,
            actor,
            at: nowMs,
            body: { changes: mine },
          },
          sealer,
        );
        journal.run(me.inc, dseq, scope, type, hlc, sealed.text, sealed.hash, sealed.sig, subjectId, nowMs);
        headHash = sealed.hash;
        for (const change of mine) applyOwn(change, origin, hlc);
      }
      identity.advance(dseq, headHash, hlc);
    },

    /**
     * Takes in one numbered changeset; its author's own echo moves from overlay to base. Where this till's key was
     * used by another (a cloned disk), ours of the same number stays pending: HQ has not got it.
     */
    applyNumbered({ effHlc, hash, envelope }: Numbered): void {
      const { device, inc, dseq } = envelope;
      const own = device === identity.read().device;
      const forked = own && otherHash.get(inc, dseq, hash) !== undefined;
      for (const change of envelope.body.changes) {
        if (change.op === 'insert') addFact(change.t, change.row);
        else applyBase(change, stampOf(effHlc, envelope), forked ? null : envelope);
      }
      if (own) markAtHq.run(inc, dseq, hash);
      identity.hear(effHlc);
    },

    /**
     * Takes in another till's changeset before HQ has numbered it: its facts count, its edits lie over the base like
     * our own. Only one that has not come numbered yet: a number does not come twice to clear it.
     */
    applyPending(envelope: Envelope): void {
      for (const change of envelope.body.changes) {
        if (change.op === 'insert') addFact(change.t, change.row);
        else layPending(change, envelope, envelope.hlc);
      }
    },

    /** HQ refused one of our changesets: its register edits leave the overlay. Facts stay; people were told. */
    dropPending(origin: Origin): void {
      for (const { table, rowId } of overlays.rowsOf(origin)) {
        overlays.dropPending(table, rowId, origin);
        show(table, rowId, overlays.baseOf(table, rowId));
      }
    },

    /** A register row straight from a snapshot: replaces the base, keeps what is pending over it. */
    replaceBase(table: string, row: RegisterRow): void {
      show(table, String(row.values.id), row);
    },
    addFact,
  };

  function scopeOf(change: Change): string {
    const facts = factsOf(change.t);
    const said = scopeOfRow(
      facts,
      change.op === 'insert' ? change.row : change.op === 'set' ? change.cols : {},
    );
    const scope =
      said ??
      scopeOfRow(facts, change.op === 'insert' ? {} : (rows.readRegister(change.t, change.id)?.values ?? {}));
    if (scope === null) throw new Error(`${change.op} of ${change.t} names no scope`);
    return scope;
  }

  function groupByScope(changes: readonly Change[]): Map<string, Change[]> {
    const groups = new Map<string, Change[]>();
    for (const change of changes) {
      const scope = scopeOf(change);
      const group = groups.get(scope);
      if (group) group.push(change);
      else groups.set(scope, [change]);
    }
    return groups;
  }

  function addFact(table: string, row: Row): boolean {
    const added = rows.insertFact(table, row);
    if (added) project(table, String(row.id), row);
    return added;
  }

  function applyOwn(change: Change, origin: Origin, hlc: string): void {
    if (change.op === 'insert') {
      if (!addFact(change.t, change.row))
        throw new Error(`fact ${change.t} ${String(change.row.id)} is there already`);
      return;
    }
    layPending(change, origin, hlc);
  }

  function layPending(change: RegisterChange, { device, inc, dseq }: Origin, hlc: string): void {
    const base = baseUnder(change);
    overlays.addPending(change, { device, inc, dseq, hlc }, base);
    show(change.t, change.id, base);
  }

  /** `echoOf`: the origin whose pending write this is, numbered. */
  function applyBase(change: RegisterChange, stamp: string, echoOf: Origin | null): void {
    const merged = mergeBase(baseUnder(change), change, { stamp, groups: groups(change.t) });
    if (echoOf) overlays.dropPending(change.t, change.id, echoOf);
    show(change.t, change.id, merged);
  }

  function baseUnder({ t, id }: RegisterChange): RegisterRow | null {
    return overlays.hasPending(t, id) ? overlays.baseOf(t, id) : rows.readRegister(t, id);
  }

  /** Puts a row's base, with what is pending over it, before people's eyes. */
  function show(table: string, id: string, base: RegisterRow | null): void {
    const pending = overlays.pendingOf(table, id);
    if (pending.length > 0) overlays.keepBase(table, id, base);
    else overlays.forgetBase(table, id);
    const row = pending.length > 0 ? overlay(base, pending) : base;
    const stands = row !== null && rows.isComplete(table, row.values);
    if (stands) rows.writeRegister(table, row);
    else rows.removeRegister(table, id);
    project(table, id, stands && !row.deleted ? row.values : null);
  }

  function project(table: string, id: string, row: Row | null): void {
    for (const projection of projections) if (projection.table === table) projection.apply(id, row);
  }
}

const groupsByTable = new Map([...tableFacts].map(([name, facts]) => [name, groupsOf(facts)]));
const groups = (table: string) => groupsByTable.get(table) ?? new Map<string, string>();

function factsOf(table: string): TableFacts {
  const facts = tableFacts.get(table);
  if (!facts) throw new Error(`no table ${table}`);
  return facts;
}
