import { useLingui } from '@lingui/react/macro';
import type { TenderKind } from '#shared/sales/tender-kinds.ts';

/** What a counter takes, in the order of its keys; goods brought back are no means a person chooses. */
export const counterTenders: readonly TenderKind[] = ['cash', 'card', 'mobile', 'account', 'voucher'];

export function useTenderNames(): Readonly<Record<TenderKind, string>> {
  const { t } = useLingui();
  return {
    ...{ cash: t`Cash`, card: t`Card`, mobile: t`Mobile`, account: t`Account`, voucher: t`Voucher` },
    exchange: t`Exchange`,
  };
}
