/** A customer's account with a store: the most they may owe, and what they owe; minor units. */
export type Credit = { readonly limitMinor: number; readonly balanceMinor: number };

/** What may still be charged; never below 0, since counters that were apart may have charged more than the limit. */
export const creditRoom = ({ limitMinor, balanceMinor }: Credit): number =>
  Math.max(0, limitMinor - balanceMinor);

/** Why a voucher does not pay as much as it was offered for. */
export type VoucherFault =
  | { readonly code: 'VOUCHER_BALANCE'; readonly balanceMinor: number }
  | { readonly code: 'VOUCHER_UNKNOWN'; readonly leftOfQuotaMinor: number };

/**
 * Whether a voucher pays `amountMinor` at a till that may be offline. One whose issue has come here pays what is left of
 * it, as this replica knows it. One that is not known here (issued where the line is down) pays out of the till's quota
 * of the day for such vouchers: what two tills pay of one voucher while apart is bounded by their quotas, and HQ shows it
 * as a negative balance.
 */
export function voucherFault({
  known,
  balanceMinor,
  amountMinor,
  quotaMinor,
  usedOfQuotaMinor,
}: {
  readonly known: boolean;
  readonly balanceMinor: number;
  readonly amountMinor: number;
  readonly quotaMinor: number;
  readonly usedOfQuotaMinor: number;
}): VoucherFault | null {
  if (known) return amountMinor <= balanceMinor ? null : { code: 'VOUCHER_BALANCE', balanceMinor };
  const leftOfQuotaMinor = Math.max(0, quotaMinor - usedOfQuotaMinor);
  return amountMinor <= leftOfQuotaMinor ? null : { code: 'VOUCHER_UNKNOWN', leftOfQuotaMinor };
}

/** A voucher's code as it is compared: no spaces, capitals. */
export const voucherCode = (text: string): string => text.replaceAll(/\s/g, '').toUpperCase();
