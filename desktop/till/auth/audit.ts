import { setImmediate as nextTurn } from 'node:timers/promises';
import { stringify } from 'csv-stringify/sync';
import { z } from 'zod';
import type { AuditCursor, AuditFilter, AuditRow, VerifiedView } from '#shared/auth/calls-audit.ts';
import { spreadsheetText } from '#shared/reports/report-csv.ts';
import { incarnationLetter } from '#shared/sales/receipt-number.ts';
import type { Counter } from '../counter.ts';
import type { Sessions } from '../sessions.ts';
import { type Verified, verifyOwnJournal } from './verify-journal.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  /** This device's public key, base64url. */
  readonly publicKey: string;
};
type Page = AuditFilter & { readonly after?: AuditCursor | undefined; readonly limit: number };

/** Rows of a file written in one go. */
const AT_ONCE = 200;

/** What privileged things were done in this store, for an auditor at the counter. It reads and writes nothing. */
export function createAuditDesk({ counter, sessions, publicKey }: Deps) {
  const { db } = counter;
  const page = db.prepare<[Bound], Stored>(PAGE);
  const people = db.prepare<[], { actorId: string; name: string }>(
    `SELECT DISTINCT a.actor_id AS actorId, coalesce(p.name, a.actor_id) AS name
     FROM audit_entry a LEFT JOIN person p ON p.id = a.actor_id ORDER BY name, actorId`,
  );
  const actions = db.prepare<[], string>(`SELECT DISTINCT action FROM audit_entry ORDER BY action`).pluck();
  const madeAt = db
    .prepare<[number | null, number | null], number>(`SELECT made_at FROM journal WHERE inc = ? AND dseq = ?`)
    .pluck();
  const allowed = (): void => void sessions.require(counter, 'auth.audit.read');

  function read({ after, limit, from, to, actorId, action }: Page) {
    const rows = page
      .all({
        ...{ from: from ?? null, to: to ?? null, actorId: actorId ?? null, action: action ?? null },
        ...{ at: after?.at ?? Number.MAX_SAFE_INTEGER, id: after?.id ?? '', limit: limit + 1 },
      })
      .map(toRow);
    const shown = rows.slice(0, limit);
    const last = shown.at(-1);
    return { rows: shown, next: rows.length > limit && last ? { at: last.at, id: last.id } : null };
  }

  function toView({ first, ...verified }: Verified): VerifiedView {
    if (!first) return { ...verified, first };
    const { inc, dseq, what, detail } = first;
    const chain = `${counter.shop().code}-${counter.till().code}${inc === null ? '' : incarnationLetter(inc)}`;
    const at = madeAt.get(inc, dseq) ?? null;
    return { ...verified, first: { number: `${chain}/${dseq ?? '?'}`, what, detail, at } };
  }

  return {
    list(asked: Page): ReturnType<typeof read> {
      allowed();
      return read(asked);
    },
    choices(): { people: { actorId: string; name: string }[]; actions: string[] } {
      allowed();
      return { people: people.all(), actions: actions.all() };
    },
    /** All that the filter lets through, the latest first. */
    async csv(filter: AuditFilter, signal?: AbortSignal): Promise<{ fileName: string; text: string }> {
      allowed();
      const parts = [stringify([heads], { bom: true, ...form })];
      for (let after: AuditCursor | null | undefined; after !== null; ) {
        const { rows, next } = read({ ...filter, after, limit: AT_ONCE });
        parts.push(stringify(rows.map(fileRow), form));
        after = next;
        await nextTurn();
        signal?.throwIfAborted();
      }
      const { code } = counter.shop();
      return {
        fileName: `audit-${code}-${counter.till().code}-${counter.today().date}.csv`,
        text: parts.join(''),
      };
    },
    async *verify(signal: AbortSignal | undefined): AsyncGenerator<VerifiedView> {
      allowed();
      for await (const verified of verifyOwnJournal(counter, publicKey, signal)) yield toView(verified);
    },
  };
}

type Bound = Readonly<Record<'from' | 'to' | 'actorId' | 'action' | 'id', string | null>> & {
  readonly at: number;
  readonly limit: number;
};
type Stored = Omit<AuditRow, 'details' | 'authorisedBy'> & {
  readonly details: string | null;
  readonly lender: string | null;
};

const PAGE = `
  SELECT a.id, a.at, a.business_date AS businessDate, a.actor_id AS actorId, coalesce(p.name, a.actor_id) AS actor,
         coalesce(t.name, '') AS tillName, a.action, a.reason, a.details, coalesce(l.name, a.details ->> '$.authorisedBy') AS lender,
         coalesce((SELECT receipt_no FROM sale WHERE id = a.subject_id), (SELECT return_no FROM sale_return WHERE id = a.subject_id),
                  (SELECT z_no FROM shift_close WHERE id = a.subject_id)) AS subject
  FROM audit_entry a LEFT JOIN person p ON p.id = a.actor_id LEFT JOIN till t ON t.id = a.till_id
    LEFT JOIN person l ON l.id = a.details ->> '$.authorisedBy'
  WHERE (a.at < :at OR (a.at = :at AND a.id < :id)) AND (:from IS NULL OR a.business_date >= :from)
    AND (:to IS NULL OR a.business_date <= :to) AND (:actorId IS NULL OR a.actor_id = :actorId)
    AND (:action IS NULL OR a.action = :action)
  ORDER BY a.at DESC, a.id DESC LIMIT :limit`;

const details = z.record(z.string(), z.union([z.string(), z.number()]));

function toRow({ details: text, lender, ...row }: Stored): AuditRow {
  const told = Object.entries(text === null ? {} : details.parse(JSON.parse(text)));
  return {
    ...row,
    authorisedBy: lender,
    details: told.filter(([name]) => name !== 'authorisedBy').map(([name, value]) => ({ name, value })),
  };
}

const form = { record_delimiter: 'windows' } as const;
const heads = [
  ...[
    'time (UTC)',
    'business date',
    'till',
    'person',
    'authorised by',
    'action',
    'subject',
    'reason',
    'details',
    'id',
  ],
];

function fileRow(row: AuditRow): string[] {
  const told = row.details.map(({ name, value }) => `${name}=${value}`).join(' ');
  return [
    ...[new Date(row.at).toISOString(), row.businessDate, row.tillName, row.actor, row.authorisedBy ?? ''],
    ...[row.action, row.subject ?? '', row.reason ?? '', told, row.id],
  ].map(spreadsheetText);
}
