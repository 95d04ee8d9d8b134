import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { Check } from 'lucide-react';
import { Chip } from '#shared/ui/chip.tsx';
import { Drawer } from '#shared/ui/drawer.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { hqQuery, refusalCode } from '../hq.ts';
import { Remote } from '../parts/remote.tsx';
import { Receipt } from './receipt.tsx';
import { SalePath } from './sale-path.tsx';

/** One sale: its receipt, and the way it came to HQ. ↑ ↓ walk the list behind. */
export function SaleDrawer({
  saleId,
  onClose,
  onStep,
}: {
  readonly saleId: string;
  readonly onClose: () => void;
  readonly onStep: (by: -1 | 1) => void;
}) {
  const { t } = useLingui();
  const sale = useQuery(
    hqQuery.sales.get.queryOptions({
      input: { saleId },
      placeholderData: keepPreviousData,
      staleTime: 60_000,
    }),
  );
  const number = sale.data?.receiptNo ?? '';
  return (
    <Drawer
      title={sale.data ? t`Sale ${number}` : t`Sale`}
      width={590}
      onClose={onClose}
      onStep={onStep}
      state={
        sale.data && (
          <Chip small tone="ok" icon={<Check size={14} aria-hidden />}>
            <Trans>At HQ</Trans>
          </Chip>
        )
      }
      footer={
        <span className="text-12 text-muted">
          <Trans>A receipt is never changed. Corrections are new sales.</Trans>
        </span>
      }
    >
      {refusalCode(sale.error) === 'NOT_FOUND' ? (
        <EmptyState title={t`HQ has no such sale`} />
      ) : (
        <Remote query={sale}>
          {(found) => (
            <div className="grid min-h-full grid-cols-[auto_minmax(0,1fr)]">
              <div className="bg-bg p-4">
                <Receipt sale={found} />
              </div>
              <SalePath sale={found} />
            </div>
          )}
        </Remote>
      )}
    </Drawer>
  );
}
