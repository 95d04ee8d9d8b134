import type { Change, Envelope, Row, Sealed, Verifier } from './changeset.ts';
import { genesisHash, openEnvelope } from './changeset.ts';
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
  readonly head: { readonly dseq: number; readonly hash: string } | null;
  /** What HQ answered before, by dseq: those of the batch that are not beyond the head. */
  readonly seen: ReadonlyMap<
    number,
    {
      readonly hash: string;
      readonly verdict: 'accepted' | 'flagged' | 'refused';
      readonly reason: string | null;
    }
  >;
  /** Facts of the batch that HQ already has, as `table/id` → their content, canonical. Empty until one is met. */
  readonly facts: ReadonlyMap<string, string>;
};

export type KnownDevice = {
  readonly id: string;
  readonly inc: number;
  readonly publicKey: string;
  readonly storeId: string;
  readonly scopes: ReadonlySet<string>;
  readonly revoked: boolean;
};

/** The domains' part of the decision, as data and functions: plan.ts knows tables only by name. */
export type IntakeRules = Verifier & {
  /** Whether the row or edit is well formed for its table; a reason when not. */
  readonly problemOf: (change: Change) => string | null;
  readonly isFact: (table: string) => boolean;
  /** Whether tills may write this table at all. */
  readonly tillWrites: (table: string) => boolean;
  /** The scope a row belongs to; null where an edit does not name what its scope depends on. */
  readonly scopeOf: (change: Change) => string | null;
  readonly canonical: (row: Row) => string;
  /** A right the actor lacked for this type of changeset as of the act; null when all is well. */
  readonly missingRight: (envelope: Envelope) => string | null;
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
  readonly head: { readonly dseq: number; readonly hash: string } | null;
  readonly ackedThrough: number;
};

export type IntakeProblem =
  /** Not signed by this device, or the text is not what was hashed. Nothing is kept, no key is occupied. */
  | { readonly code: 'FORGED' }
  /** The same key with another hash, or a chain that does not continue: a cloned disk or a restored backup. */
  | { readonly code: 'FORK'; readonly dseq: number }
  /** The batch begins past the head: send from `after` on. */
  | { readonly code: 'GAP'; readonly after: number };

/** Faults of more than this in a device's clock are looked at by a person. */
const FLAG_SKEW_MS = 5 * 60_000;

export function planIntake(
  state: IntakeState,
  batch: readonly Sealed[],
  rules: IntakeRules,
): { ok: true; effects: IntakeEffects } | { ok: false; problem: IntakeProblem } {
  const chained = verifyChain(state, batch, rules);
  if ('problem' in chained) return { ok: false, problem: chained.problem };
  const verdicts: Verdict[] = [];
  const accepted: Accepted[] = [];
  const refused: Refused[] = [];
  let head = state.head;
  for (const link of wholeTransactions(chained.links)) {
    const before = state.seen.get(link.dseq);
    if (before) {
      verdicts.push({
        dseq: link.dseq,
        verdict: 'duplicate',
        first: before.verdict,
        ...(before.reason !== null && { reason: before.reason }),
      });
      continue;
    }
    head = { dseq: link.dseq, hash: link.sealed.hash };
    const judged = judge(state, link, rules);
    if ('refused' in judged) {
      refused.push(judged.refused);
      verdicts.push({ dseq: link.dseq, verdict: 'refused', reason: judged.refused.reason });
    } else {
      accepted.push(judged.accepted);
      const { flag } = judged.accepted;
      verdicts.push({
        dseq: link.dseq,
        verdict: flag ? 'flagged' : 'accepted',
        ...(flag && { reason: flag }),
      });
    }
  }
  return { ok: true, effects: { verdicts, accepted, refused, head, ackedThrough: head?.dseq ?? 0 } };
}

type Link = {
  readonly dseq: number;
  readonly sealed: Sealed;
  readonly envelope: Envelope | null;
  readonly why: string;
};

/** Hashes, signatures and the chain, before anything is looked up by a key that came from outside. */
function verifyChain(
  state: IntakeState,
  batch: readonly Sealed[],
  rules: IntakeRules,
): { links: Link[] } | { problem: IntakeProblem } {
  const last = batch.at(-1);
  if (last && !rules.verify(state.device.publicKey, last.hash, last.sig))
    return { problem: { code: 'FORGED' } };
  const links: Link[] = [];
  let tail = state.head ?? { dseq: 0, hash: genesisHash };
  for (const sealed of batch) {
    if (rules.sha256Hex(sealed.text) !== sealed.hash) return { problem: { code: 'FORGED' } };
    const opened = openEnvelope(sealed.text);
    const key = opened.ok ? opened.value : keyOf(sealed.text);
    if (!key || key.device !== state.device.id || key.inc !== state.device.inc)
      return { problem: { code: 'FORGED' } };
    const before = state.seen.get(key.dseq);
    if (before && before.hash !== sealed.hash) return { problem: { code: 'FORK', dseq: key.dseq } };
    if (!before) {
      if (key.dseq > tail.dseq + 1) return { problem: { code: 'GAP', after: tail.dseq } };
      if (key.dseq <= tail.dseq || key.prevHash !== tail.hash)
        return { problem: { code: 'FORK', dseq: key.dseq } };
      tail = { dseq: key.dseq, hash: sealed.hash };
    }
    links.push({
      dseq: key.dseq,
      sealed,
      envelope: opened.ok ? opened.value : null,
      why: opened.ok ? '' : opened.error.code,
    });
  }
  return { links };
}

/** The chain's own members of a text that is otherwise no envelope: enough to refuse it and to go on behind it. */
function keyOf(text: string): { device: unknown; inc: unknown; dseq: number; prevHash: unknown } | null {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null) return null;
    const { device, inc, dseq, prevHash } = json as Partial<
      Record<'device' | 'inc' | 'dseq' | 'prevHash', unknown>
    >;
    return typeof dseq === 'number' && Number.isSafeInteger(dseq) && dseq > 0
      ? { device, inc, dseq, prevHash }
      : null;
  } catch {
    return null;
  }
}

/** Drops a business transaction whose parts are not all here: the till sends it whole with the next batch. */
function wholeTransactions(links: readonly Link[]): readonly Link[] {
  const last = links.at(-1)?.envelope;
  if (!last || last.parts === 1) return links;
  const present = links.filter((l) => l.envelope?.tx === last.tx).length;
  return present === last.parts ? links : links.filter((l) => l.envelope?.tx !== last.tx);
}

function judge(
  state: IntakeState,
  { dseq, sealed, envelope, why }: Link,
  rules: IntakeRules,
): { accepted: Accepted } | { refused: Refused } {
  const refuse = (reason: string, detail = '') => ({ refused: { sealed, envelope, dseq, reason, detail } });
  if (!envelope) return refuse('UNREADABLE', why);
  if (!state.device.scopes.has(envelope.scope)) return refuse('FOREIGN_SCOPE', envelope.scope);
  for (const change of envelope.body.changes) {
    const problem = problemOf(change, envelope.scope, { state, rules });
    if (problem) return refuse(problem.reason, problem.detail);
  }
  return {
    accepted: {
      sealed,
      envelope,
      effHlc: effectiveHlc(envelope.hlc, state.nowMs),
      flag: flagOf(state, envelope, rules),
    },
  };
}

function problemOf(
  change: Change,
  scope: string,
  { state, rules }: { state: IntakeState; rules: IntakeRules },
): { reason: string; detail: string } | null {
  if (!rules.tillWrites(change.t)) return { reason: 'NOT_YOURS_TO_WRITE', detail: change.t };
  if (rules.isFact(change.t) !== (change.op === 'insert'))
    return { reason: 'WRONG_OPERATION', detail: `${change.op} ${change.t}` };
  const malformed = rules.problemOf(change);
  if (malformed) return { reason: 'BAD_ROW', detail: malformed };
  const own = rules.scopeOf(change);
  if (own !== null && own !== scope) return { reason: 'FOREIGN_SCOPE', detail: own };
  if (change.op !== 'insert') return null;
  const known = state.facts.get(`${change.t}/${String(change.row.id)}`);
  return known !== undefined && known !== rules.canonical(change.row)
    ? { reason: 'FACT_DIFFERS', detail: `${change.t} ${String(change.row.id)}` }
    : null;
}

/** The physical world is never refused for want of authority: it is accepted, and a person looks at it. */
function flagOf(state: IntakeState, envelope: Envelope, rules: IntakeRules): string | null {
  if (state.device.revoked) return 'DEVICE_REVOKED';
  const right = rules.missingRight(envelope);
  if (right) return `MISSING_RIGHT ${right}`;
  const ahead = Math.max(envelope.at, hlcMs(envelope.hlc)) - state.nowMs;
  return ahead > FLAG_SKEW_MS ? 'CLOCK_AHEAD' : null;
}
