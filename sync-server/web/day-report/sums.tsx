import { Trans, useLingui } from '@lingui/react/macro';
import { tenderKinds } from '#shared/sales/tender-kinds.ts';
import { Money } from '#shared/ui/money.tsx';
import { Card } from '#shared/ui/pane.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { ShareBar, ShareMark } from '../parts/share-bar.tsx';
import { useTenderNames } from '../parts/tender-names.ts';
import { useRate } from '../parts/use-rate.ts';
import { rateGroups, type StoreDay, sumOf, taxSum, tenderSum } from './totals.ts';

/** What the tax return asks for: base and tax of each rate over all stores. */
export function RatesCard({ days }: { readonly days: readonly StoreDay[] }) {
  const { t } = useLingui();
  const rate = useRate();
  const sum = sumOf(days);
  return (
    <Card title={t`Tax by rate`} footer={<Trans>Sum of what stands on the receipts, to the cent.</Trans>}>
      <Table
        caption={t`Tax by rate`}
        rows="list"
        head={
          <tr>
            <Th>{t`Rate`}</Th>
            <Th num>{t`Net`}</Th>
            <Th num>{t`Tax`}</Th>
            <Th num>{t`Incl. tax`}</Th>
          </tr>
        }
        foot={
          <tr>
            <Td>{t`All rates`}</Td>
            <Td num>
              <Money minor={sum.netMinor} />
            </Td>
            <Td num>
              <Money minor={sum.taxMinor} />
            </Td>
            <Td num>
              <Money minor={sum.totalMinor} />
            </Td>
          </tr>
        }
      >
        {rateGroups(days).map(({ key, pct3 }, place) => {
          const { baseMinor, taxMinor } = taxSum(days, key);
          return (
            <tr key={key}>
              <Td>
                <span className="flex items-center gap-2.5">
                  <ShareMark place={place + 1} />
                  {rate(pct3)}
                </span>
              </Td>
              <Td num>
                <Money minor={baseMinor} />
              </Td>
              <Td num>
                <Money minor={taxMinor} />
              </Td>
              <Td num className="font-semibold">
                <Money minor={baseMinor + taxMinor} />
              </Td>
            </tr>
          );
        })}
      </Table>
    </Card>
  );
}

/** How it was paid; cash less the change given. */
export function TendersCard({ days }: { readonly days: readonly StoreDay[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const names = useTenderNames();
  const rows = tenderKinds
    .map((kind) => ({ kind, minor: tenderSum(days, kind) }))
    .filter((row) => row.minor !== 0);
  const total = rows.reduce((sum, row) => sum + row.minor, 0);
  const sum = sumOf(days);
  const rounding = format.figure(sum.cashRoundingMinor);
  const inclTax = format.figure(sum.totalMinor);
  return (
    <Card
      title={t`Tenders`}
      footer={
        sum.cashRoundingMinor === 0 ? (
          <Trans>Cash less the change that was given.</Trans>
        ) : (
          <Trans>
            Cash less the change that was given: {inclTax} incl. tax and {rounding} cash rounding.
          </Trans>
        )
      }
    >
      <div className="px-4 pb-3">
        <ShareBar
          total={total}
          longest={total}
          shares={rows.map(({ kind, minor }, place) => ({
            key: kind,
            label: names[kind],
            value: minor,
            place: place + 1,
          }))}
        />
      </div>
      <Table
        caption={t`Tenders`}
        rows="list"
        head={
          <tr>
            <Th>{t`Tender`}</Th>
            <Th num>{t`Share`}</Th>
            <Th num>{t`Amount`}</Th>
          </tr>
        }
        foot={
          <tr>
            <Td>{t`All tenders`}</Td>
            <Td num />
            <Td num>
              <Money minor={total} />
            </Td>
          </tr>
        }
      >
        {rows.map(({ kind, minor }, place) => (
          <tr key={kind}>
            <Td>
              <span className="flex items-center gap-2.5">
                <ShareMark place={place + 1} />
                {names[kind]}
              </span>
            </Td>
            <Td num className="text-muted">
              {total === 0 ? '–' : format.rate(Math.round((1000 * minor) / total) * 100)}
            </Td>
            <Td num className="font-semibold">
              <Money minor={minor} />
            </Td>
          </tr>
        ))}
      </Table>
    </Card>
  );
}
