import type { Database } from 'better-sqlite3';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import {
  bodyVersion,
  type Change,
  type Envelope,
  genesisHash,
  type Row,
  type Sealed,
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
import { changesIn, movementsIn, openedTx } from './changes-in.ts';
import type { IdentityStore } from './identity.ts';
import { createMakingAgain } from './make-again.ts';
import { createOthersStore, type PendingChange } from './others.ts';
import { createOverlayStore } from './overlay-store.ts';
import type { RowStore } from './rows.ts';
import { createSnapshotSettling } from './settle-snapshot.ts';
import { createSums } from './sums.ts';

/** A local fold kept up to date in the transaction of the rows it folds: on hand, batch states, the search index. */
export type Projection = {
  readonly table: string;
  /** A fact was added, or a register row changed (`null` = it is gone from sight). */
  readonly apply: (id: string, row: Row | null) => void;
};

/** A numbered changeset as HQ's feed gives it. */
export type Numbered = {
  readonly seq: number;
  readonly effHlc: string;
  readonly sealed: Sealed;
  readonly envelope: Envelope;
  /** When it came, in till time. */
  readonly at: number;
  /**
   * Stock movements of it that HQ had numbered before: they are in our sums, though their rows may not be here. All others
   * are in no sum but as pending ones. Left out where HQ does not say, or where this has been taken in before, in part.
   */
  readonly counted?: ReadonlySet<string>;
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
  /** The device's own clock, and how far it is believed to be ahead of HQ's: what a changeset says of its time. */
  readonly wall?: () => { readonly at: number; readonly skew: number | null };
};

/**
 * The till's side of replication: records what it does as signed changesets in the transaction that does it, and
 * takes in what HQ has numbered. Every function must be called inside a transaction of the one writer.
 */
export function createReplica({ db, rows, identity, sealer, clock, ids, projections, wall }: Deps) {
  const overlays = createOverlayStore(db);
  const others = createOthersStore(db);
  const sums = createSums(db);
  const journal = db.prepare(
    `INSERT INTO journal (inc, dseq, scope, type, hlc, text, hash, sig, state, subject_id, made_at) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 'waiting', ?, ?)`,
  );
  const mine = db.prepare<[number, number], { hash: string; state: string }>(
    `SELECT hash, state FROM journal WHERE inc = ? AND dseq = ?`,
  );
  const markAtHq = db.prepare(
    `UPDATE journal SET state = 'at-hq' WHERE inc = ? AND dseq = ? AND state IN ('waiting', 'refused')`,
  );
  const dismiss = db.prepare<[number, number], { text: string }>(
    `UPDATE journal SET state = 'dismissed' WHERE inc = ? AND dseq = ? AND state = 'refused' RETURNING text`,
  );
  const decisions = db.prepare<[], Row>(
    `SELECT d.device, d.inc, d.dseq, d.decision FROM quarantine_decision d
       JOIN journal j ON j.inc = d.inc AND j.dseq = d.dseq AND j.state = 'refused'`,
  );
  const madeAt = db.prepare<[string, string], { text: string }>(
    `SELECT text FROM journal WHERE hlc = ? AND scope = ? AND state NOT IN ('superseded', 'dismissed')`,
  );
  const hasBase = db.prepare(`SELECT 1 FROM cursor WHERE scope = ?`).pluck();
  const now = wall ?? (() => ({ at: clock.nowMs(), skew: null }));
  const makeAgain = createMakingAgain(db, { identity, sealer, write: journal, dropPending, layPending });

  return {
    /** Carries out the changes of one business transaction and journals them, one changeset for each scope. */
    record({ type, actor, subjectId, changes }: Business): void {
      const me = identity.read();
      const nowMs = clock.nowMs();
      const scopes = [...groupByScope(changes)];
      const tx = ids.next();
      let { dseq, headHash, hlc } = me;
      for (const [scope, part] of scopes) {
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
            ...now(),
            body: { changes: part },
          },
          sealer,
        );
        journal.run(me.inc, dseq, scope, type, hlc, sealed.text, sealed.hash, sealed.sig, subjectId, nowMs);
        headHash = sealed.hash;
        for (const change of part) applyOwn(change, origin, hlc);
      }
      identity.advance(dseq, headHash, hlc);
    },

    /**
     * Takes in one numbered changeset; what was pending of it, our own or another's, moves from overlay to base. Where a
     * key was used twice (a cloned disk), ours of the same number stays pending: HQ has not got it.
     */
    applyNumbered({ seq, effHlc, sealed, envelope, at, counted }: Numbered): void {
      const { inc, dseq } = envelope;
      const own = isOwn(envelope);
      const early = own ? undefined : (others.pending(envelope) ?? madeAgain(envelope));
      const before = own ? mine.get(inc, dseq) : early;
      const echo = before?.hash === sealed.hash || (early !== undefined && early.inc !== inc);
      for (const change of envelope.body.changes) {
        if (change.op === 'insert')
          addNumbered(change.t, change.row, echo ? 'pending' : summed(change.row, counted), envelope);
        else applyBase(change, stampOf(effHlc, envelope), before && !echo && own ? null : envelope);
      }
      if (own && echo) markAtHq.run(inc, dseq);
      if (!own) {
        if (early) {
          others.drop(early);
          if (!echo || early.inc !== inc) dropPending(early);
        }
        if (early && !echo) for (const change of changesIn(early.text)) uncount(change);
        others.hold({ seq, sealed, envelope }, at);
      }
      others.reach(envelope);
      identity.hear(effHlc);
    },

    /**
     * Takes in another till's changeset before HQ has numbered it: its facts count, its edits lie over the base like
     * our own. False where it is known already, or HQ has numbered or refused it by now.
     */
    applyPending(sealed: Sealed, envelope: Envelope): boolean {
      // Without a base there is nothing to lie over, and its snapshot will say what HQ has by then.
      if (identity.isOwn(envelope) || !hasBase.get(envelope.scope)) return false;
      if (others.pending(envelope) || others.reached(envelope) >= envelope.dseq) return false;
      others.keep(sealed, envelope);
      for (const change of envelope.body.changes) {
        if (change.op === 'insert') addNumbered(change.t, change.row, 'if here', envelope);
        else layPending(change, envelope, envelope.hlc);
      }
      return true;
    },

    /** HQ refused one of our changesets: its register edits leave the overlay. Facts stay; people were told. */
    dropPending,

    /** What HQ decided about our refused changesets, from a snapshot, whose facts are not told one by one. */
    hearDecisions(): void {
      for (const decision of decisions.all()) hearDecision(decision);
    },

    /**
     * Goes on under an incarnation nobody has used, because HQ knows our numbers with other contents (a cloned disk) or
     * we have forgotten some (a restored backup). What was not sent is made again in the new chain.
     */
    reincarnate(inc: number): void {
      const { inc: ended } = identity.read();
      identity.reincarnate(inc, { dseq: 0, headHash: genesisHash });
      makeAgain(ended);
    },

    /** What waits of an ended chain whose numbers HQ has with other contents. */
    makeAgain,

    /** HQ was handed an early changeset, and refused it or has another under its number. */
    refusePending(origin: Origin): void {
      const refused = others.pending(origin);
      if (!refused) return;
      others.drop(refused);
      dropPending(refused);
      for (const change of changesIn(refused.text)) uncount(change);
    },

    /** What a snapshot of a scope changes about what was pending, and about sums. */
    bySnapshot: createSnapshotSettling({
      ...{ identity, overlays, others, sums, dropPending },
      entry: (inc, dseq) => mine.get(inc, dseq),
      restore: rows.writeWhole,
    }),

    /** A register row HQ has not (any more): only what is pending stands. */
    removeBase(table: string, id: string): void {
      show(table, id, null);
    },

    /** Lets go of others' envelopes that HQ's own backups cover by now. */
    pruneHeld: others.prune,
    /** A chain has come this far with a snapshot. */
    reach: others.reach,
    /** A movement that was left out is in HQ's sums again. */
    countAgain: sums.countAgain,

    /** A register row straight from a snapshot: replaces the base, keeps what is pending over it. */
    replaceBase(table: string, row: RegisterRow): void {
      show(table, String(row.values.id), row);
    },
    addFact,
  };

  /** Of a former device only what is in our journal: what it made after this database was copied is as another's. */
  function isOwn({ device, inc, dseq }: Origin): boolean {
    return (
      device === identity.device() || (identity.isOwn({ device, inc }) && mine.get(inc, dseq) !== undefined)
    );
  }

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

  /** What came early of a changeset that its author has made again under another incarnation. */
  function madeAgain({ device, scope, tx, inc }: Envelope): PendingChange | undefined {
    return others
      .allPending(scope)
      .find((one) => one.device === device && one.inc !== inc && openedTx(one.text) === tx);
  }

  /** A fact of a changeset from elsewhere. `inSums`: whether our sums have it, where it is a movement. */
  function addNumbered(table: string, row: Row, inSums: InSums, of: Envelope): void {
    const id = String(row.id);
    const added = rows.insertFact(table, row);
    if (table !== 'stock_movement') {
      if (added) project(table, id, row);
      if (added && table === 'quarantine_decision') hearDecision(row);
    } else if (inSums === 'yes') sums.countAgain(id);
    else {
      const leftOut = inSums !== 'pending' && sums.countAgain(id);
      // One that is here, not of our making and in no sum is of a numbering that a restored HQ has lost.
      if (added || leftOut || (inSums === 'no' && !isMadeHere(id, of))) project(table, id, row);
    }
  }

  /**
   * Whether our own journal has a movement of a changeset under another number: a disk that was restored after it had begun
   * a new incarnation makes its deeds again, and HQ has them of that one, too. They count here since they were made.
   */
  function isMadeHere(id: string, { scope, hlc }: Envelope): boolean {
    return madeAt.all(hlc, scope).some(({ text }) => movementsIn(text).some(({ row }) => row.id === id));
  }

  /** Takes a movement out of the sums: nobody at HQ has it. It counts when it comes again. */
  function uncount(change: Change): void {
    if (change.op !== 'insert' || change.t !== 'stock_movement') return;
    if (sums.leaveOut(String(change.row.id)))
      project(change.t, String(change.row.id), { ...change.row, qtyBase: -Number(change.row.qtyBase) });
  }

  /** HQ gave up one of our refused changesets: what it moved counts nowhere any more. Or it took it after all. */
  function hearDecision({ device, inc, dseq, decision }: Row): void {
    if (!identity.isOwn({ device: String(device), inc: Number(inc) })) return;
    if (decision === 'retried') markAtHq.run(inc, dseq);
    const given = decision === 'dismissed' ? dismiss.get(Number(inc), Number(dseq)) : undefined;
    if (given) for (const change of changesIn(given.text)) uncount(change);
  }

  function dropPending(origin: Origin): void {
    for (const { table, rowId } of overlays.rowsOf(origin)) {
      overlays.dropPending(table, rowId, origin);
      show(table, rowId, overlays.baseOf(table, rowId));
    }
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

/** `pending`: with what was pending. `if here`: as its row is, unless it was left out. */
type InSums = 'pending' | 'yes' | 'no' | 'if here';

const summed = (row: Row, counted: ReadonlySet<string> | undefined): InSums =>
  counted === undefined ? 'if here' : counted.has(String(row.id)) ? 'yes' : 'no';

const groupsByTable = new Map([...tableFacts].map(([name, facts]) => [name, groupsOf(facts)]));
const groups = (table: string) => groupsByTable.get(table) ?? new Map<string, string>();

function factsOf(table: string): TableFacts {
  const facts = tableFacts.get(table);
  if (!facts) throw new Error(`no table ${table}`);
  return facts;
}
