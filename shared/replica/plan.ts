import {
  type Chain,
  type ChainEnd,
  type ChainProblem,
  type ChainTools,
  type Link,
  type TransactionLinks,
  verifyChain,
  verifyRelayed,
  wholeTransactions,
} from './chain.ts';
import type { Change, Envelope, Row, Sealed } from './changeset.ts';
import { effectiveHlc, hlcMs } from './hlc.ts';
import type { Verdict } from './wire.ts';

/**
 * Intake as a pure function: what HQ does with a pushed batch, given what it knows. Two interpreters carry out the
 * effects (Postgres, and memory in the simulator); neither decides anything.
 */
export type IntakeState = {
  readonly nowMs: number;
  readonly device: KnownDevice;
  /** The end of the device's chain as HQ has it; null before its first changeset. */
  readonly head: ChainEnd | null;
  /** What HQ answered before, by dseq: those of the batch that are not beyond the head. */
  readonly seen: ReadonlyMap<number, Answered>;
  /** Facts of the batch that HQ already has, by `rowKey`. Empty until one is met. */
  readonly facts: ReadonlyMap<string, Row>;
  /** Register rows that HQ has and the batch writes, by `rowKey`. */
  readonly registers: ReadonlyMap<string, Row>;
  /** Changesets the database refused when they were tried (a condition of a table), by dseq, with its words. */
  readonly unstorable: ReadonlyMap<number, string>;
};

export type Answered = {
  readonly hash: string;
  readonly verdict: 'accepted' | 'flagged' | 'refused';
  readonly reason: string | null;
};

export type KnownDevice = {
  readonly id: string;
  readonly inc: number;
  readonly publicKey: string;
  /** The scopes it may write. */
  readonly scopes: { readonly has: (scope: string) => boolean };
  readonly revoked: boolean;
};

/** The domains' part of the decision, as data and functions: plan.ts knows tables only by name. */
export type IntakeRules = ChainTools & {
  /** Whether the row or edit is well formed for its table; a reason when not. `present` is the row edited, if any. */
  readonly problemOf: (change: Change, present: Row | null) => string | null;
  readonly isFact: (table: string) => boolean;
  /** Whether tills may write this table at all. */
  readonly tillWrites: (table: string) => boolean;
  /** The scope of a row, or the one an edit names; null where it names none. */
  readonly scopeOf: (table: string, row: Row) => string | null;
  readonly canonical: (row: Row) => string;
  /** A right the actor lacked for this type of changeset as of the act; null when all is well. */
  readonly missingRight: (envelope: Envelope) => string | null;
  /** What a person should look at although the change is taken; null when nothing. */
  readonly noteworthy: (change: Change, present: Row | null) => string | null;
};

export type Accepted = {
  readonly sealed: Sealed;
  readonly envelope: Envelope;
  readonly effHlc: string;
  readonly flag: string | null;
};
export type Refused = {
  readonly sealed: Sealed;
  readonly envelope: Envelope | null;
  readonly dseq: number;
  readonly reason: string;
  readonly detail: string;
};

export type IntakeEffects = {
  readonly verdicts: readonly Verdict[];
  readonly accepted: readonly Accepted[];
  readonly refused: readonly Refused[];
  readonly head: ChainEnd | null;
  readonly ackedThrough: number;
};

export type IntakeProblem = ChainProblem;

/** Faults of more than this in a device's clock are looked at by a person. */
const FLAG_SKEW_MS = 5 * 60_000;

/** How facts and registers are keyed here: table and id. */
export const rowKey = (table: string, id: string): string => `${table}/${id}`;

export function planIntake(
  state: IntakeState,
  batch: readonly Sealed[],
  rules: IntakeRules,
): { ok: true; effects: IntakeEffects } | { ok: false; problem: IntakeProblem } {
  const chain: Chain = state;
  const chained = verifyChain(chain, batch, rules);
  if ('problem' in chained) return { ok: false, problem: chained.problem };
  return { ok: true, effects: judgeAll(state, wholeTransactions(chained.links), rules) };
}

/**
 * The same for what another device hands up: a restored HQ gets back what it lost, a till that cannot come itself is
 * heard through another. Each changeset stands alone; the head moves only as far as there is no hole.
 */
export function planRelay(
  state: IntakeState,
  batch: readonly Sealed[],
  rules: IntakeRules,
): { readonly effects: IntakeEffects; readonly passed: number } {
  const { links, passed } = verifyRelayed(state, batch, rules);
  const each = links.map((link) => ({ links: [link], whole: true }));
  return { effects: judgeAll(state, each, rules), passed };
}

/** One changeset that was refused before, judged again with what HQ knows now: what a retry does. */
export function planRetry(
  state: IntakeState,
  { sealed, envelope }: { readonly sealed: Sealed; readonly envelope: Envelope },
  rules: IntakeRules,
): { readonly accepted: Accepted } | { readonly refused: Refused } {
  const met: Met = { facts: new Map(state.facts), registers: new Map(state.registers) };
  const link: Link = { dseq: envelope.dseq, sealed, envelope, why: '' };
  return judge(link, { state, rules, met, whole: true });
}

function judgeAll(
  state: IntakeState,
  transactions: readonly TransactionLinks[],
  rules: IntakeRules,
): IntakeEffects {
  const verdicts: Verdict[] = [];
  const accepted: Accepted[] = [];
  const refused: Refused[] = [];
  const met: Met = { facts: new Map(state.facts), registers: new Map(state.registers) };
  let head = state.head;
  for (const { links, whole } of transactions) {
    for (const link of links) {
      const before = state.seen.get(link.dseq);
      if (link.dseq === (head?.dseq ?? 0) + 1) head = { dseq: link.dseq, hash: link.sealed.hash };
      if (before) {
        verdicts.push(asBefore(link.dseq, before));
        continue;
      }
      const judged = judge(link, { state, rules, met, whole });
      if ('refused' in judged) {
        refused.push(judged.refused);
        const { reason, detail } = judged.refused;
        verdicts.push({ dseq: link.dseq, verdict: 'refused', reason, ...(detail !== '' && { detail }) });
      } else {
        accepted.push(judged.accepted);
        verdicts.push(takenVerdict(link.dseq, judged.accepted.flag));
      }
    }
  }
  return { verdicts, accepted, refused, head, ackedThrough: head?.dseq ?? 0 };
}

/** Rows of HQ and of the batch so far: a batch may bring one fact twice, or edit a row it has just made. */
type Met = { readonly facts: Map<string, Row>; readonly registers: Map<string, Row> };
type Context = {
  readonly state: IntakeState;
  readonly rules: IntakeRules;
  readonly met: Met;
  readonly whole: boolean;
};

const asBefore = (dseq: number, { verdict, reason }: Answered): Verdict => ({
  dseq,
  verdict: 'duplicate',
  first: verdict,
  ...(reason !== null && { reason }),
});

const takenVerdict = (dseq: number, flag: string | null): Verdict =>
  flag ? { dseq, verdict: 'flagged', reason: flag } : { dseq, verdict: 'accepted' };

function judge(
  { dseq, sealed, envelope, why }: Link,
  context: Context,
): { accepted: Accepted } | { refused: Refused } {
  const { state, rules, met, whole } = context;
  const refuse = (reason: string, detail = '') => ({ refused: { sealed, envelope, dseq, reason, detail } });
  if (!envelope) return refuse('UNREADABLE', why);
  if (!whole) return refuse('INCOMPLETE_TRANSACTION', envelope.tx);
  if (!state.device.scopes.has(envelope.scope)) return refuse('FOREIGN_SCOPE', envelope.scope);
  const own: Met = { facts: new Map(), registers: new Map() };
  let note: string | null = null;
  for (const change of envelope.body.changes) {
    const present = presentOf(change, [own, met]);
    const problem = problemOf(change, present, { scope: envelope.scope, rules });
    if (problem) return refuse(problem.reason, problem.detail);
    note ??= rules.noteworthy(change, present);
    remember(own, change, present);
  }
  const unstorable = state.unstorable.get(dseq);
  if (unstorable !== undefined) return refuse('BAD_ROW', unstorable);
  const right = rules.missingRight(envelope);
  if (right && own.facts.size === 0) return refuse('MISSING_RIGHT', right);
  for (const [key, row] of own.facts) met.facts.set(key, row);
  for (const [key, row] of own.registers) met.registers.set(key, row);
  const effHlc = effectiveHlc(envelope.hlc, state.nowMs);
  return { accepted: { sealed, envelope, effHlc, flag: flagOf(state, envelope, right) ?? note } };
}

function presentOf(change: Change, known: readonly Met[]): Row | null {
  const fact = change.op === 'insert';
  const key = rowKey(change.t, fact ? String(change.row.id) : change.id);
  for (const { facts, registers } of known) {
    const row = (fact ? facts : registers).get(key);
    if (row) return row;
  }
  return null;
}

function remember(own: Met, change: Change, present: Row | null): void {
  if (change.op === 'insert') own.facts.set(rowKey(change.t, String(change.row.id)), change.row);
  else if (change.op === 'set')
    own.registers.set(rowKey(change.t, change.id), { ...present, ...change.cols, id: change.id });
}

function problemOf(
  change: Change,
  present: Row | null,
  { scope, rules }: { readonly scope: string; readonly rules: IntakeRules },
): { reason: string; detail: string } | null {
  if (!rules.tillWrites(change.t)) return { reason: 'NOT_YOURS_TO_WRITE', detail: change.t };
  if (rules.isFact(change.t) !== (change.op === 'insert'))
    return { reason: 'WRONG_OPERATION', detail: `${change.op} ${change.t}` };
  const malformed = rules.problemOf(change, present);
  if (malformed) return { reason: 'BAD_ROW', detail: malformed };
  const foreign = foreignScope(change, present, { scope, rules });
  if (foreign !== null) return { reason: 'FOREIGN_SCOPE', detail: foreign };
  if (change.op !== 'insert' || present === null) return null;
  return rules.canonical(present) === rules.canonical(change.row)
    ? null
    : { reason: 'FACT_DIFFERS', detail: `${change.t} ${String(change.row.id)}` };
}

/**
 * The scope a change reaches outside its changeset's own: named by it, or by the register row it edits (an edit that
 * keeps silent about its store must not reach another store's row).
 */
function foreignScope(
  change: Change,
  present: Row | null,
  { scope, rules }: { readonly scope: string; readonly rules: IntakeRules },
): string | null {
  const said = rules.scopeOf(
    change.t,
    change.op === 'insert' ? change.row : change.op === 'set' ? change.cols : {},
  );
  if (said !== null && said !== scope) return said;
  if (change.op === 'insert') return said === null ? 'none' : null;
  const held = present && rules.scopeOf(change.t, present);
  if (held !== null && held !== scope) return held;
  return said === null && held === null ? 'none' : null;
}

/** The physical world is never refused for want of authority: it is accepted, and a person looks at it. */
function flagOf(state: IntakeState, envelope: Envelope, right: string | null): string | null {
  if (state.device.revoked) return 'DEVICE_REVOKED';
  if (right) return `MISSING_RIGHT ${right}`;
  const ahead = Math.max(envelope.at, hlcMs(envelope.hlc)) - state.nowMs;
  if (ahead > FLAG_SKEW_MS) return 'CLOCK_AHEAD';
  return Math.abs(envelope.skew ?? 0) > FLAG_SKEW_MS ? 'CLOCK_OFF' : null;
}
