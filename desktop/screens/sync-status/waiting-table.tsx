import { plural } from '@lingui/core/macro';
import { Trans, useLingui } from '@lingui/react/macro';
import {
  Banknote,
  CloudCheck,
  Ellipsis,
  type LucideIcon,
  Package,
  Shield,
  SlidersHorizontal,
  UserRound,
  Wallet,
} from 'lucide-react';
import type { ComponentType, ReactNode } from 'react';
import type { SyncReport } from '#shared/auth/calls.ts';
import type { WaitingKind } from '#shared/auth/waiting-kinds.ts';
import { RxIcon } from '#shared/ui/icons.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { when } from './when.ts';

type Row = SyncReport['kinds'][number];

/** What waits, a kind to a row; `transactions` is the chip's figure, in which a sale is one. */
export function WaitingTable({
  kinds,
  transactions,
  now,
}: {
  readonly kinds: readonly Row[];
  readonly transactions: number;
  readonly now: number;
}) {
  const { t } = useLingui();
  const names = useKindNames();
  if (kinds.length === 0)
    return (
      <EmptyState icon={<CloudCheck size={28} strokeWidth={1.5} aria-hidden />} title={t`Nothing is waiting`}>
        <Trans>Each sale goes to HQ a moment after it is paid.</Trans>
      </EmptyState>
    );
  const most = Math.max(...kinds.map(({ changes }) => changes));
  const all = kinds.reduce((sum, { changes }) => sum + changes, 0);
  const oldestAt = Math.min(...kinds.map((row) => row.oldestAt));
  return (
    <table className="w-full flex-none border-separate border-spacing-0">
      <thead className="text-12 text-muted">
        <tr>
          <Head>
            <Trans>Waiting by kind</Trans>
          </Head>
          <Head figure>
            <Trans>Changes</Trans>
          </Head>
          <td className="w-[34%] border-b border-line-soft max-[640px]:hidden" />
          <Head figure>
            <Trans>Oldest since</Trans>
          </Head>
        </tr>
      </thead>
      <tbody>
        {kinds.map((row) => (
          <KindRow key={row.kind} row={row} name={names[row.kind]} most={most} now={now} />
        ))}
      </tbody>
      <tfoot className="font-semibold">
        <tr>
          <th scope="row" className="border-t border-line px-4 py-2 text-start font-semibold">
            <Trans>All</Trans>{' '}
            <span className="text-14 font-normal text-muted">
              {t`${plural(transactions, { one: 'in # transaction', other: 'in # transactions' })}`}
            </span>
          </th>
          <Figures changes={all} oldestAt={oldestAt} now={now} />
        </tr>
      </tfoot>
    </table>
  );
}

function KindRow({
  row: { kind, changes, oldestAt },
  name,
  most,
  now,
}: {
  readonly row: Row;
  readonly name: string;
  readonly most: number;
  readonly now: number;
}) {
  const Icon = icons[kind];
  return (
    <tr>
      <th scope="row" className="border-b border-line-soft px-4 py-2 text-start font-semibold">
        <span className="flex items-center gap-2">
          <Icon size={20} aria-hidden /> {name}
        </span>
      </th>
      <Figures changes={changes} oldestAt={oldestAt} now={now} share={changes / most} />
    </tr>
  );
}

/** Count, bar and oldest; without a share there is no bar, and the row is the table's foot. */
function Figures({
  changes,
  oldestAt,
  now,
  share,
}: {
  readonly changes: number;
  readonly oldestAt: number;
  readonly now: number;
  readonly share?: number;
}) {
  const format = useFormat();
  const line = share === undefined ? 'border-t border-line' : 'border-b border-line-soft';
  return (
    <>
      <td className={`figure px-4 text-20 font-semibold ${line}`}>
        <bdi dir="ltr">{format.count(changes)}</bdi>
      </td>
      <td className={`max-[640px]:hidden ${line}`}>
        {share !== undefined && (
          <span aria-hidden className="block h-2 overflow-hidden rounded-[4px] bg-surface-2">
            <span
              className="block h-full min-w-1 rounded-[4px] bg-info"
              style={{ inlineSize: `${Math.max(1, Math.round(share * 100))}%` }}
            />
          </span>
        )}
      </td>
      <td className={`figure px-4 whitespace-nowrap ${share === undefined ? '' : 'text-muted'} ${line}`}>
        <bdi dir="ltr">{when(format, oldestAt, now)}</bdi>
      </td>
    </>
  );
}

function Head({ figure = false, children }: { readonly figure?: boolean; readonly children: ReactNode }) {
  return (
    <th
      scope="col"
      className={`border-b border-line-soft px-4 py-2 font-semibold ${figure ? 'figure' : 'text-start'}`}
    >
      {children}
    </th>
  );
}

function useKindNames(): Readonly<Record<WaitingKind, string>> {
  const { t } = useLingui();
  return {
    sales: t`Sales and tenders`,
    stock: t`Stock movements`,
    prescriptions: t`Prescriptions`,
    customers: t`Customers`,
    shift: t`Shift and cash`,
    audit: t`Audit`,
    settings: t`Settings`,
    other: t`Other`,
  };
}

const icons: Readonly<Record<WaitingKind, LucideIcon | ComponentType<{ size?: number }>>> = {
  sales: Banknote,
  stock: Package,
  prescriptions: RxIcon,
  customers: UserRound,
  shift: Wallet,
  audit: Shield,
  settings: SlidersHorizontal,
  other: Ellipsis,
};
