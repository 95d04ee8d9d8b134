import type { Permission } from '#shared/auth/permissions.ts';
import type { Change } from '#shared/replica/changeset.ts';
import type { PricedLine } from '#shared/sales/cart-pricing.ts';
import { creditRoom, voucherCode, voucherFault } from '#shared/sales/ledger-rules.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter } from '../counter.ts';
import { refuse } from '../refuse.ts';
import type { TenderGiven } from './complete-sale.ts';
import { sameCustomer } from './same-customer.ts';

export type Account = { readonly limitMinor: number; readonly balanceMinor: number };

/** What a customer may owe this store and owes it; null where they have no account. */
export function accountOf(counter: Counter, customerId: string): Account | null {
  const limitMinor = counter.db
    .prepare<[string, string], number>(
      `SELECT limit_minor FROM account WHERE store_id = ? AND customer_id = ? AND active AND NOT deleted`,
    )
    .pluck()
    .get(counter.storeId, customerId);
  return limitMinor === undefined ? null : { limitMinor, balanceMinor: owedBy(counter, customerId) };
}

/** What a customer owes this store, with what those owe who were merged into them. */
export const owedBy = (counter: Counter, customerId: string): number =>
  counter.db
    .prepare<[string, string], number>(
      `SELECT coalesce(sum(amount_minor), 0) FROM account_entry
       WHERE store_id = ? AND customer_id IN (SELECT value FROM json_each(?))`,
    )
    .pluck()
    .get(counter.storeId, sameCustomer(counter, customerId)) ?? 0;

/** What is left of a voucher as this replica knows it; it is known once its issue has come. */
export function voucherOf(counter: Counter, code: string): { known: boolean; balanceMinor: number } {
  const row = counter.db
    .prepare<[string, string], { balanceMinor: number; issues: number }>(
      `SELECT coalesce(sum(amount_minor), 0) AS balanceMinor, coalesce(sum(kind = 'issue'), 0) AS issues
       FROM voucher_entry WHERE store_id = ? AND code = ?`,
    )
    .get(counter.storeId, code);
  return { known: (row?.issues ?? 0) > 0, balanceMinor: row?.balanceMinor ?? 0 };
}

/** What this till has paid today of vouchers that were not known here. */
const usedOfQuota = (counter: Counter, businessDate: string): number =>
  counter.db
    .prepare<[string, string], number>(
      `SELECT coalesce(-sum(amount_minor), 0) FROM voucher_entry v WHERE till_id = ? AND business_date = ? AND kind = 'redeem'
         AND NOT EXISTS (SELECT 1 FROM voucher_entry i WHERE i.code = v.code AND i.store_id = v.store_id AND i.kind = 'issue')`,
    )
    .pluck()
    .get(counter.tillId, businessDate) ?? 0;

/**
 * The ledger entries of a sale's tenders, in the sale's own changeset: what an account is charged with, and what a
 * voucher pays. Refuses what neither covers; `rights` are those of the cashier and of whoever agreed in place.
 */
export function ledgerChanges(
  counter: Counter,
  sale: RowOf<'sale'>,
  { tenders, rights }: { tenders: readonly TenderGiven[]; rights: ReadonlySet<Permission> },
): Change[] {
  const { storeId, tillId, at, businessDate, cashierId: actorId, id: documentId, shiftId = null } = sale;
  const entry = { storeId, tillId, at, businessDate, actorId, documentId };
  const charged = sumOf(tenders, 'account');
  const changes: Change[] = [];
  if (charged > 0) {
    const customerId = chargeable(counter, sale, { charged, rights });
    const row: RowOf<'account_entry'> = {
      ...{ ...entry, id: counter.ids.next(), customerId, kind: 'charge', amountMinor: charged },
      ...{ tenderKind: null, shiftId, reason: null },
    };
    changes.push({ t: 'account_entry', op: 'insert', row });
  }
  for (const [code, amountMinor] of redeemedOf(tenders)) {
    refuseVoucher(counter, { code, amountMinor, businessDate, rights });
    const row: RowOf<'voucher_entry'> = {
      ...{
        ...entry,
        id: counter.ids.next(),
        code,
        kind: 'redeem',
        amountMinor: -amountMinor,
        expiresOn: null,
      },
    };
    changes.push({ t: 'voucher_entry', op: 'insert', row });
  }
  return changes;
}

/**
 * The vouchers that a line of a sale makes: one for each pack, worth its price whatever was taken off it. The code is the
 * receipt's number, the line's, and four characters that nobody can tell from a receipt.
 */
export function issuedVouchers(
  counter: Counter,
  sale: RowOf<'sale'>,
  { line: { pack, qtyBase }, lineNo }: { line: PricedLine; lineNo: number },
): Change[] {
  if (pack.soldAs !== 'voucher') return [];
  const { storeId, tillId, at, businessDate, cashierId: actorId, id: documentId } = sale;
  return Array.from({ length: Math.ceil(qtyBase / pack.packSize) }, () => {
    const id = counter.ids.next();
    const code = voucherCode(`${sale.receiptNo}-${lineNo}-${id.slice(-8)}`);
    const row: RowOf<'voucher_entry'> = {
      ...{ id, storeId, tillId, at, businessDate, actorId, documentId, code },
      ...{ kind: 'issue', amountMinor: pack.priceMinor, expiresOn: null },
    };
    return { t: 'voucher_entry', op: 'insert', row } as const;
  });
}

const sumOf = (tenders: readonly TenderGiven[], kind: TenderGiven['kind']): number =>
  tenders.reduce((sum, tender) => (tender.kind === kind ? sum + tender.amountMinor : sum), 0);

/** Whom to charge: the customer of the sale, within the limit or with the right to go beyond it. */
function chargeable(
  counter: Counter,
  { customerId }: RowOf<'sale'>,
  { charged, rights }: { charged: number; rights: ReadonlySet<Permission> },
): string {
  if (!customerId) return refuse({ code: 'ACCOUNT_NEEDS_CUSTOMER' });
  const account = accountOf(counter, customerId) ?? {
    limitMinor: 0,
    balanceMinor: owedBy(counter, customerId),
  };
  if (charged > creditRoom(account) && !rights.has('sales.account.over-limit'))
    refuse({ code: 'ACCOUNT_LIMIT', ...account });
  return customerId;
}

/** One voucher shown twice in one sale pays once from one balance. */
function redeemedOf(tenders: readonly TenderGiven[]): ReadonlyMap<string, number> {
  const byCode = new Map<string, number>();
  for (const { kind, amountMinor, reference } of tenders) {
    if (kind !== 'voucher' || amountMinor === 0) continue;
    const code = voucherCode(reference ?? '');
    if (code === '') refuse({ code: 'VOUCHER_NEEDS_CODE' });
    byCode.set(code, (byCode.get(code) ?? 0) + amountMinor);
  }
  return byCode;
}

function refuseVoucher(
  counter: Counter,
  {
    code,
    amountMinor,
    businessDate,
    rights,
  }: { code: string; amountMinor: number; businessDate: string; rights: ReadonlySet<Permission> },
): void {
  const fault = voucherFault({
    ...voucherOf(counter, code),
    amountMinor,
    quotaMinor: counter.setting('sales.voucher-quota'),
    usedOfQuotaMinor: usedOfQuota(counter, businessDate),
  });
  if (!fault || (fault.code === 'VOUCHER_UNKNOWN' && rights.has('sales.voucher.over-quota'))) return;
  const { code: refusal, ...rest } = fault;
  refuse({ code: refusal, data: { code, ...rest } });
}
