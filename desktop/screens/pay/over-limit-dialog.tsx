import { useLingui } from '@lingui/react/macro';
import { useState } from 'react';
import type { InPlace, PersonTile } from '#shared/auth/calls.ts';
import { type PayRequest, setPayment, useDesk } from '../desk.ts';
import { AuthorityDialog } from '../sign-in/authority-dialog.tsx';
import { authorityProblem, isAboutPin } from '../sign-in/authority-problem.ts';
import type { PaymentDesk } from './use-payment.ts';

const rightOver = {
  ACCOUNT_LIMIT: 'sales.account.over-limit',
  VOUCHER_UNKNOWN: 'sales.voucher.over-quota',
  MISSING_RIGHT: 'sales.discount.over-limit',
} as const;

/** Which of them it is; a discount that was small for more goods is too much for fewer. */
function overOf(refusal: NonNullable<PaymentDesk['payment']['refusal']>): keyof typeof rightOver | null {
  if (refusal.code === 'ACCOUNT_LIMIT' || refusal.code === 'VOUCHER_UNKNOWN') return refusal.code;
  const isDiscount = refusal.code === 'MISSING_RIGHT' && refusal.data.permission === rightOver.MISSING_RIGHT;
  return isDiscount ? 'MISSING_RIGHT' : null;
}

/** What went over its limit, and the payment that is asked for again once somebody lets it. */
type Over = { readonly code: keyof typeof rightOver; readonly request: PayRequest };

/** An account, a voucher or a discount would go over its limit: who may let it gives a PIN in place. */
export function OverLimitDialog({
  desk,
  people,
}: {
  readonly desk: PaymentDesk;
  readonly people: readonly PersonTile[];
}) {
  const { t } = useLingui();
  const { refusal, refused } = desk.payment;
  // Kept while the PIN is checked: the payment is asked for meanwhile, and its refusal is about the PIN then.
  const [over, setOver] = useState<Over | null>(null);
  const code = refusal && overOf(refusal);
  if (code && refused && over?.request !== refused) setOver({ code, request: refused });
  if (!over) return null;
  const titles = {
    ACCOUNT_LIMIT: t`More than the account may owe`,
    VOUCHER_UNKNOWN: t`This voucher is not known here`,
    MISSING_RIGHT: t`More than you may give`,
  };
  const leave = () => {
    setOver(null);
    setPayment({ refusal: null, refused: null });
  };
  const agree = async (inPlace: InPlace) => {
    await desk.agreeOver(inPlace, over.request);
    const now = useDesk.getState().payment.refusal;
    // What stands in the way now is no matter of the PIN: the payment says it.
    if (now && !isAboutPin(now) && now.code !== over.code) setOver(null);
    return now?.code === over.code ? 'missing-right' : authorityProblem(now);
  };
  return (
    <AuthorityDialog
      title={titles[over.code]}
      right={rightOver[over.code]}
      people={people}
      onLeave={leave}
      onPin={agree}
    />
  );
}
