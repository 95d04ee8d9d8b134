import canonicalize from 'canonicalize';
import { rightFor } from '#shared/auth/act-rights.ts';
import { ok } from '#shared/kernel/result.ts';
import { type Change, type Envelope, openEnvelope, type Row } from '#shared/replica/changeset.ts';
import type { IntakeRules } from '#shared/replica/plan.ts';
import { tableFacts } from '#shared/schema.ts';
import type { TableFacts } from '#shared/tables/define-table.ts';
import { checkEdit, checkRow } from '#shared/tables/row.ts';
import { scopeOfRow } from '#shared/tables/scope.ts';
import { sha256Hex } from '../store/signing.ts';

/** What the batch's people may do at the store, by person: as HQ knows it when the batch arrives. */
export type RightsByPerson = ReadonlyMap<string, ReadonlySet<string>>;

type Given = {
  readonly rights: RightsByPerson;
  /** Whether the batch's last signature is good: checked beforehand. */
  readonly signed: boolean;
  /** Envelopes opened already, by text. */
  readonly opened: ReadonlyMap<string, ReturnType<typeof openEnvelope>>;
};

/** The domains' rules as the intake plan wants them, from the tables' own definitions. */
export function intakeRules({ rights, signed, opened }: Given): IntakeRules {
  return {
    sha256Hex,
    verify: () => signed,
    open: (text) => opened.get(text) ?? openEnvelope(text),
    isFact: (table) => tableFacts.get(table)?.policy === 'append',
    tillWrites: (table) => tableFacts.get(table)?.writers.includes('till') ?? false,
    scopeOf: (table, row) => {
      const facts = tableFacts.get(table);
      return facts ? scopeOfRow(facts, row) : null;
    },
    canonical: (row) => canonicalize(dropNulls(row)) ?? '',
    problemOf,
    noteworthy,
    missingRight: (envelope) => missingRight(envelope, rights),
  };
}

function problemOf(change: Change, present: Row | null): string | null {
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

function missingRight({ type, actor }: Envelope, rights: RightsByPerson): string | null {
  const right = rightFor(type);
  return right === null || rights.get(actor)?.has(right) ? null : right;
}

/** A column left out and a column that is null are one content. */
const dropNulls = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null));
