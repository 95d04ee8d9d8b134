import { idOfName } from '#shared/kernel/ids.ts';
import type { SecondRefundView } from '#shared/sales/calls-second-refunds.ts';
import {
  type SecondRefund,
  secondRefundSettled,
  secondRefunds,
  settlingName,
} from '#shared/sales/second-refund.ts';
import { auditChange } from '../audit-change.ts';
import type { Counter } from '../counter.ts';
import { nothing } from '../once.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import { sha256 } from '../store/crypto.ts';

type Settling = {
  readonly commandId: string;
  readonly saleId: string;
  readonly overBase: number;
  readonly note: string;
};
type SoldRow = Omit<Parameters<typeof secondRefunds>[0][number], 'breakable'> & { readonly breakable: 0 | 1 };
type ReturnRow = SecondRefundView['returns'][number];

/** Goods of this store that came back at two counters while they were apart, and their settling by a person's note. */
export function createSecondRefunds(counter: Counter, sessions: Sessions) {
  const { db, storeId } = counter;
  // Nearly every line comes back once or never: those are told by the index alone.
  const lines = db.prepare<[], SoldRow>(
    `SELECT l.sale_id AS saleId, l.id AS saleLineId, l.name, l.pack_size AS packSize, l.base_unit AS baseUnit,
            coalesce(p.breakable, 0) AS breakable, l.qty_base AS qtyBase
     FROM (SELECT sale_line_id AS id FROM sale_return_line WHERE sale_line_id IS NOT NULL
           GROUP BY sale_line_id HAVING count(*) > 1) AS twice
     JOIN sale_line l ON l.id = twice.id LEFT JOIN pack p ON p.id = l.pack_id ORDER BY l.sale_id, l.line_no`,
  );
  const returned = db.prepare<[string], { saleLineId: string; qtyBase: number }>(
    `SELECT sale_line_id AS saleLineId, qty_base AS qtyBase FROM sale_return_line WHERE sale_line_id = ?`,
  );
  const sale = db.prepare<[string], { receiptNo: string; soldAt: number }>(
    `SELECT receipt_no AS receiptNo, at AS soldAt FROM sale WHERE id = ?`,
  );
  const returns = db.prepare<[string], ReturnRow>(
    `SELECT r.id AS returnId, r.return_no AS returnNo, r.at, r.total_minor AS totalMinor, coalesce(t.name, '') AS tillName,
            coalesce(p.name, '') AS cashierName
     FROM sale_return r LEFT JOIN till t ON t.id = r.till_id LEFT JOIN person p ON p.id = r.cashier_id
     WHERE r.sale_id = ? ORDER BY r.at, r.id`,
  );
  const tills = db.prepare<[string], string>(`SELECT id FROM till WHERE store_id = ?`).pluck();
  const entry = db.prepare<[string], number>(`SELECT 1 FROM audit_entry WHERE id = ?`).pluck();

  const isSettled = (saleId: string, overBase: number): boolean =>
    [...tills.all(storeId), 'hq'].some(
      (where) => entry.get(idOfName(sha256, settlingName(saleId, overBase, where))) !== undefined,
    );
  function open(): readonly SecondRefund[] {
    const sold = lines.all().map((line) => ({ ...line, breakable: line.breakable === 1 }));
    const back = sold.flatMap(({ saleLineId }) => returned.all(saleLineId));
    return secondRefunds(sold, back, isSettled);
  }

  return {
    list: (): SecondRefundView[] =>
      open().flatMap(({ saleId, overBase, lines: over }) => {
        const sold = sale.get(saleId);
        return sold ? [{ saleId, overBase, ...sold, lines: [...over], returns: returns.all(saleId) }] : [];
      }),

    /** Once for each command, in one changeset that every counter of the store and HQ gets. */
    settle({ commandId, saleId, overBase, note }: Settling): void {
      const { personId: actorId } = sessions.require(counter, 'sales.void');
      counter.once.run({ what: 'second refund', commandId, answer: nothing }, () => {
        const task = open().find((one) => one.saleId === saleId) ?? refuse({ code: 'NOT_FOUND' });
        if (task.overBase !== overBase) refuse({ code: 'CHANGED', overBase: task.overBase });
        const receiptNo = sale.get(saleId)?.receiptNo ?? '';
        const id = idOfName(sha256, settlingName(saleId, overBase, counter.tillId));
        const settled = auditChange({ ...counter, ids: { next: () => id } }, counter.today(), {
          ...{ actorId, action: secondRefundSettled, subjectId: saleId, reason: note },
          details: { receiptNo, overBase },
        });
        counter.replica.record({ type: 'sale-return', actor: actorId, subjectId: null, changes: [settled] });
        return {};
      });
      counter.live.changed('sync');
    },
  };
}
