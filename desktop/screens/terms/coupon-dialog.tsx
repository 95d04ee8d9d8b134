import { useLingui } from '@lingui/react/macro';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { normalCoupon } from '#shared/sales/offers.ts';
import { useTill } from '../till.ts';
import { OneFieldDialog } from './one-field-dialog.tsx';

/** Takes a coupon for the sale; one that was taken already is given back. */
export function CouponDialog({ cart: { coupons } }: { readonly cart: CartView }) {
  const { t } = useLingui();
  const { hands } = useTill();
  const give = async (text: string) => {
    const code = normalCoupon(text);
    if (code === '') return t`Type the code on the coupon.`;
    const answer = await hands.setCoupon(code, !coupons.includes(code));
    if (answer.ok) return null;
    return answer.refusal.code === 'UNKNOWN_COUPON'
      ? t`No offer of today takes the coupon ${code}.`
      : t`The coupon was not taken. Try again.`;
  };
  const taken = coupons.join(', ');
  return (
    <OneFieldDialog
      title={t`Coupon`}
      label={t`Code`}
      hint={
        coupons.length > 0 ? t`Taken: ${taken}. The same code again gives it back.` : t`As it is printed.`
      }
      accept={t`Take the coupon`}
      maxLength={40}
      onGive={give}
    />
  );
}
