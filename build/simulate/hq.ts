import type { ChainEnd } from '#shared/replica/chain.ts';
import {
  type Change,
  type Envelope,
  genesisHash,
  openEnvelope,
  type Row,
  type Sealed,
  seal,
} from '#shared/replica/changeset.ts';
import { later, tick, zeroHlc } from '#shared/replica/hlc.ts';
import { mergeBase, type RegisterRow, stampOf } from '#shared/replica/merge.ts';
import {
  type Answered,
  type IntakeEffects,
  type IntakeProblem,
  planIntake,
  rowKey,
} from '#shared/replica/plan.ts';
import type { FeedRow, PushReply } from '#shared/replica/wire.ts';
import { tableFacts } from '#shared/schema.ts';
import { groupsOf, scopeOfRow, storeScope } from '#shared/tables/scope.ts';
import { intakeRules, type RightsByPerson } from '../../sync-server/intake/rules.ts';
import { keysOf, verifyOnce } from './keys.ts';

/** A changeset as HQ has numbered it. */
export type Logged = {
  readonly scope: string;
  readonly seq: number;
  readonly epoch: string;
  readonly effHlc: string;
  /** HQ's time when it numbered this; 0 where nobody wrote it down. */
  readonly at: number;
  readonly sealed: Sealed;
  readonly envelope: Envelope;
};
export type Quarantined = {
  readonly device: string;
  readonly inc: number;
  readonly dseq: number;
  readonly reason: string;
  readonly sealed: Sealed;
};

/** All HQ knows: what a backup holds. Values are never changed in place, so a copy of the maps is a copy. */
export type HqImage = {
  readonly epoch: string;
  /** HQ's own incarnation and clock. */
  readonly inc: number;
  readonly hlc: string;
  readonly log: ReadonlyMap<string, readonly Logged[]>;
  readonly floors: ReadonlyMap<string, number>;
  readonly registers: ReadonlyMap<string, RegisterRow>;
  readonly facts: ReadonlyMap<string, Row>;
  readonly onHand: ReadonlyMap<string, OnHand>;
  readonly heads: ReadonlyMap<string, ChainEnd>;
  readonly seen: ReadonlyMap<string, ReadonlyMap<number, Answered>>;
  readonly quarantine: readonly Quarantined[];
};
export type OnHand = {
  readonly storeId: string;
  readonly batchId: string;
  readonly packId: string;
  readonly qtyBase: number;
};
export type HqAct = { readonly actor: string; readonly type: string; readonly changes: readonly Change[] };

export const hqDevice = 'hq';
export const emptyImage: HqImage = {
  ...{ epoch: 'epoch-1', inc: 1, hlc: zeroHlc, log: new Map(), floors: new Map(), registers: new Map() },
  ...{ facts: new Map(), onHand: new Map(), heads: new Map(), seen: new Map(), quarantine: [] },
};

export type Hq = ReturnType<typeof createHq>;

/**
 * HQ in memory: the second interpreter of shared/replica/plan.ts, beside sync-server/intake/push.ts. It decides nothing
 * either: rules and plan are the production ones, and `simulate.pg.test.ts` holds its log against that of Postgres.
 */
export function createHq(image: HqImage, nowMs: () => number) {
  let { epoch, inc, hlc } = image;
  const log = new Map([...image.log].map(([scope, rows]) => [scope, [...rows]]));
  const floors = new Map(image.floors);
  const registers = new Map(image.registers);
  const facts = new Map(image.facts);
  const onHand = new Map(image.onHand);
  const heads = new Map(image.heads);
  const seen = new Map([...image.seen].map(([key, answers]) => [key, new Map(answers)]));
  const quarantine = [...image.quarantine];
  const chainKey = (device: string, of: number) => `${device}/${of}`;
  const headSeq = (scope: string) => log.get(scope)?.length ?? 0;

  function apply(envelope: Envelope, stamp: string): void {
    for (const change of envelope.body.changes) {
      if (change.op === 'insert') addFact(change.t, change.row);
      else {
        const key = rowKey(change.t, change.id);
        registers.set(
          key,
          mergeBase(registers.get(key) ?? null, change, { stamp, groups: groups(change.t) }),
        );
      }
    }
  }

  function addFact(table: string, row: Row): void {
    const key = rowKey(table, String(row.id));
    if (facts.has(key)) return;
    facts.set(key, row);
    if (table !== 'stock_movement') return;
    const [storeId, batchId, packId] = [String(row.storeId), String(row.batchId), String(row.packId)];
    const sum = `${storeId}/${batchId}`;
    const qtyBase = (onHand.get(sum)?.qtyBase ?? 0) + Number(row.qtyBase);
    onHand.set(sum, { storeId, batchId, packId, qtyBase });
  }

  function number(accepted: readonly { sealed: Sealed; envelope: Envelope; effHlc: string }[]): void {
    for (const one of accepted) {
      const { scope } = one.envelope;
      const rows = log.get(scope) ?? [];
      rows.push({ ...one, scope, seq: rows.length + 1, epoch, at: nowMs() });
      log.set(scope, rows);
    }
  }

  function answer(device: string, of: number, effects: IntakeEffects): void {
    const key = chainKey(device, of);
    const answers = seen.get(key) ?? new Map<number, Answered>();
    for (const { envelope, sealed, flag } of effects.accepted)
      answers.set(envelope.dseq, { hash: sealed.hash, verdict: flag ? 'flagged' : 'accepted', reason: flag });
    for (const { dseq, sealed, reason } of effects.refused) {
      answers.set(dseq, { hash: sealed.hash, verdict: 'refused', reason });
      quarantine.push({ device, inc: of, dseq, reason, sealed });
    }
    seen.set(key, answers);
    if (effects.head) heads.set(key, effects.head);
  }

  function rightsAt(storeId: unknown): RightsByPerson {
    const rights = new Map<string, Set<string>>();
    for (const [key, { values, deleted }] of registers) {
      if (!key.startsWith('staff/') || values.storeId !== storeId || deleted || values.active !== true)
        continue;
      const granted = registers.get(rowKey('role', String(values.roleId)))?.values.permissions;
      if (Array.isArray(granted)) rights.set(String(values.personId), new Set(granted.map(String)));
    }
    return rights;
  }

  /** What of the batch HQ has already: facts by id, and the rows its edits are of. */
  function known(changes: readonly Change[]) {
    const rows = { facts: new Map<string, Row>(), registers: new Map<string, Row>() };
    for (const change of changes) {
      const key = rowKey(change.t, change.op === 'insert' ? String(change.row.id) : change.id);
      const fact = change.op === 'insert' ? facts.get(key) : undefined;
      const register = change.op === 'insert' ? undefined : registers.get(key);
      if (fact) rows.facts.set(key, fact);
      if (register) rows.registers.set(key, register.values);
    }
    return rows;
  }

  return {
    /** One transaction: everything of a batch, or nothing. */
    takeBatch(
      device: string,
      of: number,
      batch: readonly Sealed[],
    ): { ok: true; reply: PushReply } | { ok: false; problem: IntakeProblem } {
      const me = registers.get(rowKey('device', device))?.values;
      if (!me) throw new Error(`HQ does not know ${device}`);
      const opened = new Map(batch.map(({ text }) => [text, openEnvelope(text)]));
      const changes = [...opened.values()].flatMap((o) => (o.ok ? o.value.body.changes : []));
      const last = batch.at(-1);
      const publicKey = String(me.publicKey);
      const signed = last === undefined || verifyOnce(publicKey, last.hash, last.sig);
      const plan = planIntake(
        {
          nowMs: nowMs(),
          device: {
            id: device,
            inc: of,
            publicKey,
            scopes: new Set([storeScope(String(me.storeId))]),
            revoked: me.revoked === true || me.inc !== of,
          },
          head: heads.get(chainKey(device, of)) ?? null,
          seen: seen.get(chainKey(device, of)) ?? new Map(),
          ...known(changes),
          unstorable: new Map(),
        },
        batch,
        intakeRules({ rights: rightsAt(me.storeId), signed, opened }),
      );
      if (!plan.ok) return plan;
      const { effects } = plan;
      for (const { envelope, effHlc } of effects.accepted) apply(envelope, stampOf(effHlc, envelope));
      answer(device, of, effects);
      number(effects.accepted);
      return {
        ok: true,
        reply: { verdicts: [...effects.verdicts], ackedThrough: effects.ackedThrough, hqNow: nowMs() },
      };
    },

    /** HQ's own writing, as sync-server/store/writer.ts does it: its clock goes past what it edits. */
    write({ actor, type, changes }: HqAct): void {
      const parts = [...byScope(changes, (t, id) => registers.get(rowKey(t, id))?.values ?? {})];
      const tx = `hq-${inc}-${heads.get(chainKey(hqDevice, inc))?.dseq ?? 0}`;
      let { dseq, hash } = heads.get(chainKey(hqDevice, inc)) ?? { dseq: 0, hash: genesisHash };
      for (const change of changes) hlc = later(hlc, latestOf(registers.get(rowKey(change.t, idOf(change)))));
      for (const [scope, mine] of parts) {
        dseq += 1;
        hlc = tick(hlc, nowMs());
        const envelope: Envelope = {
          ...{ device: hqDevice, inc, dseq, tx, parts: parts.length, prevHash: hash, hlc, type, v: 1, scope },
          ...{ actor, at: nowMs(), body: { changes: mine } },
        };
        const sealed = seal(envelope, keysOf(hqDevice).sealer);
        hash = sealed.hash;
        apply(envelope, stampOf(hlc, envelope));
        number([{ sealed, envelope, effHlc: hlc }]);
      }
      heads.set(chainKey(hqDevice, inc), { dseq, hash });
    },

    /** A piece of a scope's log; null where the till must take a snapshot instead. */
    changes(scope: string, from: { seq: number; epoch: string }, limit: number): readonly FeedRow[] | null {
      if (from.epoch !== epoch || from.seq > headSeq(scope) || from.seq < (floors.get(scope) ?? 0))
        return null;
      return (log.get(scope) ?? []).slice(from.seq, from.seq + limit).map(toFeedRow);
    },
    compact(scope: string, floor: number): void {
      floors.set(scope, Math.min(floor, headSeq(scope)));
    },
    /** HQ on another machine, from an image: what it gave since is gone, and its numbering has a new name. */
    restoredFrom: (backup: HqImage, name: string): HqImage => ({ ...backup, epoch: name, inc: inc + 1 }),
    image: (): HqImage => ({
      ...{ epoch, inc, hlc, floors: new Map(floors), registers: new Map(registers), facts: new Map(facts) },
      ...{ onHand: new Map(onHand), heads: new Map(heads), quarantine: [...quarantine] },
      log: new Map([...log].map(([scope, rows]) => [scope, [...rows]])),
      seen: new Map([...seen].map(([key, answers]) => [key, new Map(answers)])),
    }),
    headSeq,
    epoch: () => epoch,
    log: (scope: string): readonly Logged[] => log.get(scope) ?? [],
    scopes: () => [...log.keys()],
    register: (table: string, id: string): RegisterRow | null => registers.get(rowKey(table, id)) ?? null,
    registers: (): ReadonlyMap<string, RegisterRow> => registers,
    facts: (): ReadonlyMap<string, Row> => facts,
    onHand: (): ReadonlyMap<string, OnHand> => onHand,
    heads: (): ReadonlyMap<string, ChainEnd> => heads,
    quarantine: (): readonly Quarantined[] => quarantine,
    isRevoked: (device: string): boolean => registers.get(rowKey('device', device))?.values.revoked === true,
  };
}

const groupsByTable = new Map([...tableFacts].map(([name, facts]) => [name, groupsOf(facts)]));
const groups = (table: string) => groupsByTable.get(table) ?? new Map<string, string>();
const idOf = (change: Change): string => (change.op === 'insert' ? String(change.row.id) : change.id);

const latestOf = (row: RegisterRow | undefined): string =>
  Object.values(row?.stamps ?? {}).reduce(
    (latest, stamp) => later(latest, stamp.slice(0, zeroHlc.length)),
    zeroHlc,
  );

function byScope(
  changes: readonly Change[],
  held: (table: string, id: string) => Row,
): Map<string, Change[]> {
  const scopes = new Map<string, Change[]>();
  for (const change of changes) {
    const facts = tableFacts.get(change.t);
    if (!facts) throw new Error(`no table ${change.t}`);
    const said = change.op === 'insert' ? change.row : change.op === 'set' ? change.cols : {};
    const scope = scopeOfRow(facts, said) ?? scopeOfRow(facts, held(change.t, idOf(change)));
    if (scope === null) throw new Error(`${change.op} of ${change.t} names no scope`);
    scopes.set(scope, [...(scopes.get(scope) ?? []), change]);
  }
  return scopes;
}

function toFeedRow({ scope, seq, epoch, effHlc, sealed, envelope }: Logged): FeedRow {
  const { device, inc, dseq, type, v } = envelope;
  return {
    ...{ scope, seq: String(seq), epoch, device, inc: String(inc), dseq: String(dseq), type, v: String(v) },
    ...{ eff_hlc: effHlc, hash: sealed.hash, sig: sealed.sig, envelope: sealed.text },
  };
}
