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
} as const;

/** What went over its limit, and the payment that is asked for again once somebody lets it. */
type Over = { readonly code: keyof typeof rightOver; readonly request: PayRequest };

/** An account or a voucher would go over its limit: who may let it gives a PIN in place. */
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
  const isOver = refusal?.code === 'ACCOUNT_LIMIT' || refusal?.code === 'VOUCHER_UNKNOWN';
  if (isOver && refused && over?.request !== refused) setOver({ code: refusal.code, request: refused });
  if (!over) return null;
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
      title={
        over.code === 'ACCOUNT_LIMIT' ? t`More than the account may owe` : t`This voucher is not known here`
      }
      right={rightOver[over.code]}
      people={people}
      onLeave={leave}
      onPin={agree}
    />
  );
}
