import { useLingui } from '@lingui/react/macro';
import type { PersonTile } from '#shared/auth/calls.ts';
import { setPayment, useDesk } from '../desk.ts';
import { AuthorityDialog } from '../sign-in/authority-dialog.tsx';
import { problemOf } from '../sign-in/pin-pane.tsx';
import type { PaymentDesk } from './use-payment.ts';

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
  const again = refused?.agreed !== undefined;
  const account = refusal?.code === 'ACCOUNT_LIMIT';
  const voucher = refusal?.code === 'VOUCHER_UNKNOWN';
  const wrongPin =
    again && (refusal?.code === 'WRONG_PIN' || refusal?.code === 'LOCKED' || refusal?.code === 'NO_PIN');
  if (!refused || !(account || voucher || wrongPin)) return null;
  return (
    <AuthorityDialog
      title={account ? t`More than the account may owe` : t`This voucher is not known here`}
      right={voucher ? 'sales.voucher.over-quota' : 'sales.account.over-limit'}
      people={people}
      onLeave={() => setPayment({ refusal: null, refused: null })}
      onPin={async (inPlace) => {
        await desk.agreeOver(inPlace, refused);
        const now = useDesk.getState().payment.refusal;
        if (now === null) return null;
        if (now.code === 'WRONG_PIN' || now.code === 'LOCKED' || now.code === 'NO_PIN') return problemOf(now);
        return 'missing-right';
      }}
    />
  );
}
