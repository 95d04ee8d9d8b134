import { useLingui } from '@lingui/react/macro';
import type { TenderKind } from '#shared/sales/tender-kinds.ts';

/** What a counter takes today; account and voucher come with customers. */
export const counterTenders: readonly TenderKind[] = ['cash', 'card', 'mobile'];

export function useTenderNames(): Readonly<Record<TenderKind, string>> {
  const { t } = useLingui();
  return {
    ...{ cash: t`Cash`, card: t`Card`, mobile: t`Mobile`, account: t`Account`, voucher: t`Voucher` },
    exchange: t`Exchange`,
  };
}
