import { useLingui } from '@lingui/react/macro';
import type { TenderKind } from '#shared/sales/tender-kinds.ts';

/** The means of payment in the reader's words. */
export function useTenderNames(): Readonly<Record<TenderKind, string>> {
  const { t } = useLingui();
  return {
    ...{ cash: t`Cash`, card: t`Card`, mobile: t`Mobile`, account: t`Account`, voucher: t`Voucher` },
    exchange: t`Exchange`,
  };
}
