import type { Database } from 'better-sqlite3';
import type { RefusedChange } from '#shared/auth/calls.ts';
import { receiptSeries } from '#shared/sales/receipt-number.ts';
import { type OwnBody, readOwnBody } from './own-body.ts';

type Row = {
  readonly inc: number;
  readonly dseq: number;
  readonly type: string;
  readonly subjectId: string | null;
  readonly at: number;
  readonly hash: string;
  readonly reason: string;
  readonly detail: string;
  readonly text: string;
};
type Change = OwnBody['changes'][number];
type Who = { readonly device: string; readonly storeCode: string; readonly tillCode: string };

/** What HQ refused of this till's changesets, as a person can understand it and read it out. */
export function createRefusedReader(db: Database, who: () => Who) {
  const rows = db.prepare<[string, number], Row>(
    `SELECT inc, dseq, type, subject_id AS subjectId, made_at AS at, hash, coalesce(reason, '') AS reason,
            coalesce(detail, '') AS detail, text
     FROM journal WHERE state = ? ORDER BY inc DESC, dseq DESC LIMIT ?`,
  );
  const count = db.prepare<[], number>(`SELECT count(*) FROM journal WHERE state = 'refused'`).pluck();
  const personName = db.prepare<[string], string>(`SELECT name FROM person WHERE id = ?`).pluck();
  const receiptNo = db.prepare<[string], string>(`SELECT receipt_no FROM sale WHERE id = ?`).pluck();
  const batchCode = db.prepare<[string], string>(`SELECT code FROM batch WHERE id = ?`).pluck();

  const subjectOf = (subjectId: string | null, changes: readonly Change[]): string | null => {
    for (const id of [subjectId, ...changes.map(idSpokenOf)]) {
      const found = id === null ? undefined : (receiptNo.get(id) ?? batchCode.get(id));
      if (found !== undefined) return found;
    }
    return settingKey(changes);
  };

  const toView = ({ subjectId, text, reason, detail, ...row }: Row): RefusedChange => {
    const { device, ...codes } = who();
    const body = readOwnBody(text);
    const changes = body?.changes ?? [];
    const [code = '', ...rest] = reason.split(' ');
    return {
      ...row,
      device,
      number: `${receiptSeries({ ...codes, inc: row.inc })}/${row.dseq}`,
      subject: subjectOf(subjectId, changes),
      by: body ? (personName.get(body.actor) ?? null) : null,
      stands: changes.some(({ op }) => op === 'insert'),
      reason: code,
      detail: detail || rest.join(' '),
    };
  };

  return {
    list: (state: 'refused' | 'dismissed', limit: number): RefusedChange[] =>
      rows.all(state, limit).map(toView),
    count: (): number => count.get() ?? 0,
  };
}

/** The document that a change speaks of: a sale itself, the sale of an audit entry, the batch of a movement. */
function idSpokenOf({ id, row }: Change): string | null {
  return [id, row?.subjectId, row?.batchId, row?.id].find((said) => typeof said === 'string') ?? null;
}

function settingKey(changes: readonly Change[]): string | null {
  const key = changes.find(({ t }) => t === 'setting')?.cols?.key;
  return typeof key === 'string' ? key : null;
}
