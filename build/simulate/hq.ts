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
import { countedBefore } from '#shared/replica/counted-before.ts';
import { later, tick, zeroHlc } from '#shared/replica/hlc.ts';
import { addToDigest, emptyDigest, type LogDigest } from '#shared/replica/log-digest.ts';
import { mergeBase, type RegisterRow, stampOf } from '#shared/replica/merge.ts';
import {
  type Answered,
  type IntakeEffects,
  type IntakeProblem,
  type IntakeState,
  planIntake,
  planRelay,
  rowKey,
} from '#shared/replica/plan.ts';
import type { ChainPlace, FeedRow, HeadsReply, PushReply } from '#shared/replica/wire.ts';
import { tableFacts } from '#shared/schema.ts';
import { groupsOf, scopeOfRow, storeScope } from '#shared/tables/scope.ts';
import { authorityOf } from '../../sync-server/auth/authority.ts';
import { flaggedWith } from '../../sync-server/intake/flag-facts.ts';
import { numbersIn, receiptsTwice } from '../../sync-server/intake/receipts-twice.ts';
import { intakeRules } from '../../sync-server/intake/rules.ts';
import { sha256Hex } from '../../sync-server/store/signing.ts';
import type { HqImage, Logged, OnHand, Quarantined } from './hq-image.ts';
import { keysOf, verifyOnce } from './keys.ts';

export type HqAct = { readonly actor: string; readonly type: string; readonly changes: readonly Change[] };

export const hqDevice = 'hq';

export type Hq = ReturnType<typeof createHq>;
export type ReadPlace = {
  readonly scope: string;
  readonly seq: number;
  readonly epoch: string;
  readonly digest: string;
};
type Taking = { readonly batch: readonly Sealed[]; readonly checked: readonly Sealed[] };

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
  /** Sales by their receipt's number. */
  const receipts = new Map<string, readonly Row[]>();
  const heads = new Map(image.heads);
  const seen = new Map([...image.seen].map(([key, answers]) => [key, new Map(answers)]));
  const quarantine = [...image.quarantine];
  const stood = new Map(image.stood);
  let { periods } = image;
  const chainKey = (device: string, of: number) => `${device}/${of}`;
  const headSeq = (scope: string) => log.get(scope)?.length ?? 0;
  /** The store a device belongs to. */
  const storeOf = (device: string): string | null => {
    const storeId = registers.get(rowKey('device', device))?.values.storeId;
    return typeof storeId === 'string' ? storeId : null;
  };

  function apply(envelope: Envelope, stamp: string): void {
    for (const change of envelope.body.changes) {
      if (change.op === 'insert') addFact(change.t, change.row);
      else {
        const key = rowKey(change.t, change.id);
        registers.set(
          key,
          mergeBase(registers.get(key) ?? null, change, { stamp, groups: groups(change.t) }),
        );
        if (change.t === 'staff' || change.t === 'role') keepPeriod(change.t, registers.get(key));
        if (change.t === 'device') keepStore(change.id);
      }
    }
  }

  /** As the trigger of migrations/postgres/0009 does. */
  function keepStore(device: string): void {
    const storeId = storeOf(device);
    const before = stood.get(device);
    if (storeId !== null && !before?.has(storeId)) stood.set(device, new Set([...(before ?? []), storeId]));
  }

  /** As the triggers of migrations/postgres/0008 do. */
  function keepPeriod(table: 'staff' | 'role', row: RegisterRow | undefined): void {
    const { id, storeId, personId, roleId, active, permissions } = row?.values ?? {};
    const since = nowMs();
    if (table === 'role')
      periods = { ...periods, roles: [...periods.roles, { roleId: id, permissions, since }] };
    else {
      const period = {
        staffId: id,
        storeId,
        personId,
        roleId,
        active: active === true && !row?.deleted,
        since,
      };
      periods = { ...periods, staff: [...periods.staff, period] };
    }
  }

  function keepNumber(row: Row): void {
    const number = `${row.receiptSeries} ${row.receiptN}`;
    receipts.set(number, [...(receipts.get(number) ?? []), row]);
  }
  for (const [key, row] of facts) if (key.startsWith('sale/')) keepNumber(row);

  function addFact(table: string, row: Row): void {
    const key = rowKey(table, String(row.id));
    if (facts.has(key)) return;
    facts.set(key, row);
    if (table === 'sale') keepNumber(row);
    if (table !== 'stock_movement') return;
    const [storeId, batchId, packId] = [String(row.storeId), String(row.batchId), String(row.packId)];
    const sum = `${storeId}/${batchId}`;
    const qtyBase = (onHand.get(sum)?.qtyBase ?? 0) + Number(row.qtyBase);
    onHand.set(sum, { storeId, batchId, packId, qtyBase });
  }

  function number(accepted: readonly Pick<Logged, 'sealed' | 'envelope' | 'effHlc' | 'counted'>[]): void {
    for (const one of accepted) {
      const { scope } = one.envelope;
      const rows = log.get(scope) ?? [];
      const seq = rows.length + 1;
      const place = { seq, hash: one.sealed.hash };
      const digest = addToDigest(rows.at(-1)?.digest ?? emptyDigest, place, sha256Hex);
      rows.push({ ...one, scope, seq, epoch, digest, at: nowMs() });
      log.set(scope, rows);
    }
  }

  function answer(device: string, of: number, effects: IntakeEffects): void {
    const key = chainKey(device, of);
    const answers = seen.get(key) ?? new Map<number, Answered>();
    for (const { envelope, sealed, flag } of effects.accepted)
      answers.set(envelope.dseq, { hash: sealed.hash, verdict: flag ? 'flagged' : 'accepted', reason: flag });
    for (const { dseq, sealed, reason, envelope } of effects.refused) {
      answers.set(dseq, { hash: sealed.hash, verdict: 'refused', reason });
      quarantine.push({ device, inc: of, dseq, scope: envelope?.scope ?? '', reason, sealed });
    }
    seen.set(key, answers);
    // A chain of which others handed up a part behind a hole has a head at 0.
    if (effects.head || answers.size > 0)
      heads.set(key, effects.head ?? heads.get(key) ?? { dseq: 0, hash: genesisHash });
  }

  /** All that the plan of a batch needs, as sync-server/intake/state.ts reads it. `checked`: whose signatures are. */
  function known(device: string, of: number, { batch, checked }: Taking) {
    const byHq = device === hqDevice;
    const me = registers.get(rowKey('device', device))?.values;
    if (!me && !byHq) throw new Error(`HQ does not know ${device}`);
    const publicKey = byHq ? keysOf(hqDevice).publicKey : String(me?.publicKey);
    const opened = new Map(batch.map(({ text }) => [text, openEnvelope(text)]));
    const good = checked.filter(({ hash, sig }) => verifyOnce(publicKey, hash, sig));
    const scopes = byHq
      ? { has: () => true }
      : new Set(['party', ...[...(stood.get(device) ?? [])].map(storeScope)]);
    const state: IntakeState = {
      nowMs: nowMs(),
      device: { id: device, inc: of, publicKey, scopes, revoked: me?.revoked === true },
      head: heads.get(chainKey(device, of)) ?? null,
      seen: seen.get(chainKey(device, of)) ?? new Map(),
      ...present([...opened.values()].flatMap((o) => (o.ok ? o.value.body.changes : []))),
      unstorable: new Map(),
    };
    const authority = authorityOf(periods);
    const signed = new Set(good.map(({ sig }) => sig));
    return { state, rules: intakeRules({ authority, nowMs: nowMs(), signed, byHq, opened }) };
  }

  function carryOut(device: string, of: number, planned: IntakeEffects): PushReply {
    const counted = countedBefore(planned.accepted, facts);
    for (const { envelope, effHlc } of planned.accepted) apply(envelope, stampOf(effHlc, envelope));
    const effects = flaggedWith(planned, [receiptsTwice(planned.accepted, numberedTwice(planned.accepted))]);
    answer(device, of, effects);
    number(effects.accepted.map((one, i) => ({ ...one, counted: counted[i] ?? [] })));
    const { verdicts, ackedThrough } = effects;
    const me = registers.get(rowKey('device', device))?.values;
    const said = { storeId: me ? String(me.storeId) : null, revoked: me?.revoked === true };
    return { verdicts: [...verdicts], ackedThrough, hqNow: nowMs(), diverged: [], epoch, ...said };
  }

  /** The receipts among these whose number another one bears (sync-server/intake/receipts-twice.ts). */
  const numberedTwice = (accepted: IntakeEffects['accepted']): ReadonlyMap<string, string> =>
    new Map(
      accepted.flatMap(numbersIn).flatMap(({ id, series, n }) => {
        const other = receipts.get(`${series} ${n}`)?.find((row) => row.id !== id);
        return other ? [[id, String(other.receiptNo)] as const] : [];
      }),
    );

  /** Where the chains stand that write in these scopes, as sync-server/intake/heads.ts reads them. */
  function headsFor(scopes: readonly string[]): ChainPlace[] {
    return [...heads].flatMap(([key, { dseq, hash }]) => {
      const [device = '', inc] = key.split('/');
      const me = registers.get(rowKey('device', device))?.values;
      const stores = [...(stood.get(device) ?? [])];
      const writes = !me || scopes.includes('org') || stores.some((id) => scopes.includes(storeScope(id)));
      return writes ? [{ device, inc: Number(inc), dseq, hash }] : [];
    });
  }

  function beyondOf(of: readonly ChainPlace[]): ChainPlace[] {
    return of.flatMap(({ device, inc: n, dseq: head }) =>
      [...(seen.get(chainKey(device, n)) ?? [])].flatMap(([dseq, { hash }]) =>
        dseq > head ? [{ device, inc: n, dseq, hash }] : [],
      ),
    );
  }

  const digestAt = (scope: string, seq: number): LogDigest | null =>
    seq === 0 ? emptyDigest : (log.get(scope)?.[seq - 1]?.digest ?? null);

  /** What of the batch HQ has already: facts by id, and the rows its edits are of. */
  function present(changes: readonly Change[]) {
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
    /** One transaction: everything of a batch, or nothing. `read`: how far the till has read, and its digests. */
    takeBatch(
      device: string,
      of: number,
      batch: readonly Sealed[],
      read: readonly ReadPlace[] = [],
    ): { ok: true; reply: PushReply } | { ok: false; problem: IntakeProblem } {
      const { state, rules } = known(device, of, { batch, checked: batch.slice(-1) });
      const plan = planIntake(state, batch, rules);
      if (!plan.ok) return plan;
      const diverged = read
        .filter((r) => r.epoch === epoch && (digestAt(r.scope, r.seq) ?? r.digest) !== r.digest)
        .map(({ scope }) => scope);
      return { ok: true, reply: { ...carryOut(device, of, plan.effects), diverged } };
    },

    /** What another than its author hands up. */
    takeRelayed(device: string, of: number, batch: readonly Sealed[]): PushReply {
      const { state, rules } = known(device, of, { batch, checked: batch });
      return carryOut(device, of, planRelay(state, batch, rules).effects);
    },

    /** An incarnation of a device that nobody has used. */
    newIncarnation(device: string): number {
      const used = [...heads.keys()].flatMap((key) => {
        const [of, n] = key.split('/');
        return of === device ? [Number(n)] : [];
      });
      const next = Math.max(Number(registers.get(rowKey('device', device))?.values.inc), ...used) + 1;
      return next;
    },

    heads: headsFor,
    headsReply: (scopes: readonly string[]): HeadsReply => {
      const of = headsFor(scopes);
      return { epoch, heads: of, beyond: beyondOf(of) };
    },
    beyond: beyondOf,
    digestAt,
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
          skew: null,
          ...{ device: hqDevice, inc, dseq, tx, parts: parts.length, prevHash: hash, hlc, type, v: 1, scope },
          ...{ actor, at: nowMs(), body: { changes: mine } },
        };
        const sealed = seal(envelope, keysOf(hqDevice).sealer);
        hash = sealed.hash;
        apply(envelope, stampOf(hlc, envelope));
        number([{ sealed, envelope, effHlc: hlc, counted: [] }]);
        const answers = seen.get(chainKey(hqDevice, inc)) ?? new Map<number, Answered>();
        seen.set(chainKey(hqDevice, inc), answers.set(dseq, { hash, verdict: 'accepted', reason: null }));
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
      ...{ onHand: new Map(onHand), heads: new Map(heads), quarantine: [...quarantine], periods },
      stood: new Map(stood),
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
    chainEnds: (): ReadonlyMap<string, ChainEnd> => heads,
    quarantine: (): readonly Quarantined[] => quarantine,
    /** Whether others have handed up what stands behind a hole of the chain. */
    hasBeyond: (device: string, of: number): boolean =>
      [...(seen.get(chainKey(device, of))?.keys() ?? [])].some(
        (dseq) => dseq > (heads.get(chainKey(device, of))?.dseq ?? 0),
      ),
    storeOf,
    /** Whether a device is given this scope to read. */
    reads: (device: string, scope: string): boolean =>
      scope === 'org' || scope === storeScope(storeOf(device) ?? ''),
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

function toFeedRow({ scope, seq, epoch, effHlc, sealed, envelope, counted }: Logged): FeedRow {
  const { device, inc, dseq, type, v } = envelope;
  return {
    ...{ scope, seq: String(seq), epoch, device, inc: String(inc), dseq: String(dseq), type, v: String(v) },
    ...{ eff_hlc: effHlc, hash: sealed.hash, sig: sealed.sig, envelope: sealed.text },
    counted: counted.length > 0 ? JSON.stringify(counted) : '',
  };
}
