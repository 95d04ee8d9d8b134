import canonicalize from 'canonicalize';
import { rightFor } from '#shared/auth/act-rights.ts';
import { instantOfAct } from '#shared/auth/authority.ts';
import { ok } from '#shared/kernel/result.ts';
import { type Change, type Envelope, openEnvelope, type Row } from '#shared/replica/changeset.ts';
import type { IntakeRules } from '#shared/replica/plan.ts';
import { tableFacts } from '#shared/schema.ts';
import type { TableFacts } from '#shared/tables/define-table.ts';
import { checkEdit, checkRow } from '#shared/tables/row.ts';
import { scopeOfRow } from '#shared/tables/scope.ts';
import type { Authority } from '../auth/authority.ts';
import { sha256Hex } from '../store/signing.ts';

type Given = {
  readonly authority: Authority;
  /** HQ's clock: nobody holds a right of tomorrow. */
  readonly nowMs: number;
  /** The signatures that are good, of those that were checked beforehand. */
  readonly signed: ReadonlySet<string>;
  /** Whether the chain is HQ's own. */
  readonly byHq: boolean;
  /** Envelopes opened already, by text. */
  readonly opened: ReadonlyMap<string, ReturnType<typeof openEnvelope>>;
};

/** The domains' rules as the intake plan wants them, from the tables' own definitions. */
export function intakeRules({ authority, nowMs, signed, byHq, opened }: Given): IntakeRules {
  return {
    sha256Hex,
    verify: (_key, _hash, sig) => signed.has(sig),
    open: (text) => opened.get(text) ?? openEnvelope(text),
    isFact: (table) => tableFacts.get(table)?.policy === 'append',
    tillWrites: (table) => tableFacts.get(table)?.writers.includes(byHq ? 'hq' : 'till') ?? false,
    scopeOf: (table, row) => {
      const facts = tableFacts.get(table);
      return facts ? scopeOfRow(facts, row) : null;
    },
    canonical: (row) => canonicalize(dropNulls(row)) ?? '',
    problemOf: (change, present) => problemOf(change, present, byHq),
    noteworthy,
    missingRight: (envelope) => (byHq ? null : missingRight(envelope, authority, nowMs)),
  };
}

function problemOf(change: Change, present: Row | null, byHq: boolean): string | null {
  if (!byHq && change.op === 'insert' && change.t === 'batch_decision' && change.row.kind === 'lift')
    return 'batch_decision.kind: only HQ lifts a recall';
  const facts = tableFacts.get(change.t);
  if (!facts) return `no table ${change.t}`;
  const checked = checkedAgainst(facts, change, present);
  if (checked === null) return `${change.t} ${change.op}: no such row`;
  return checked.ok ? null : `${checked.error.table}.${checked.error.column}: ${checked.error.why}`;
}

function checkedAgainst(facts: TableFacts, change: Change, present: Row | null) {
  if (change.op === 'insert') return checkRow(facts, change.row);
  if (change.op === 'set')
    return present === null
      ? checkRow(facts, { ...change.cols, id: change.id })
      : checkEdit(facts, change.cols);
  return present && ok(present);
}

/** A batch is named by store, pack and code: two expiry dates for one of them are for a person to settle. */
function noteworthy(change: Change, present: Row | null): string | null {
  if (change.op !== 'set') return null;
  const { t, cols } = change;
  if (t !== 'batch' || present === null) return null;
  const { expiresOn } = cols;
  return expiresOn !== undefined && expiresOn !== present.expiresOn ? 'BATCH_EXPIRY_DIFFERS' : null;
}

function missingRight(envelope: Envelope, authority: Authority, nowMs: number): string | null {
  const { type, actor, at, scope } = envelope;
  const right = rightFor(
    type,
    envelope.body.changes.map((change) => change.t),
  );
  if (right === null) return null;
  const asOf = instantOfAct({ at, skewMs: envelope.skew ?? 0 }, nowMs);
  return authority(actor, asOf, scope).has(right) ? null : right;
}

/** A column left out and a column that is null are one content. */
const dropNulls = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
