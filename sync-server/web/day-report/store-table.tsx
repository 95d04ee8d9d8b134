import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import { tenderKinds } from '#shared/sales/tender-kinds.ts';
import { Money } from '#shared/ui/money.tsx';
import { Table, Td, Th, Tr } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { DataTo } from '../parts/data-to.tsx';
import { useTenderNames } from '../parts/tender-names.ts';
import { useRate } from '../parts/use-rate.ts';
import { rateGroups, type StoreDay, sumOf, taxOf, taxSum, tenderOf, tenderSum } from './totals.ts';

/** Store by store: count, net, tax by rate, total, tenders; the foot adds up what stands above it. */
export function StoreTable({ days }: { readonly days: readonly StoreDay[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const rate = useRate();
  const tenderNames = useTenderNames();
  const rates = rateGroups(days);
  const kinds = tenderKinds.filter((kind) => days.some((day) => tenderOf(day, kind) !== undefined));
  const rounded = days.some((day) => day.cashRoundingMinor !== 0);
  const sum = sumOf(days);
  const storeCount = days.length;
  return (
    <section className="flex flex-none flex-col overflow-hidden rounded-10 border border-line bg-surface">
      <Table
        caption={t`Day report by store`}
        rows="dense"
        head={
          <>
            <tr className="[&>*]:!h-6 [&>*]:border-b-0 [&>*]:bg-surface-2 [&>*]:text-12 [&>*]:font-medium [&>*]:text-faint">
              <td colSpan={4} />
              <th
                colSpan={Math.max(1, rates.length)}
                scope="colgroup"
                className="border-s border-s-line-soft"
              >
                {t`Tax by rate`}
              </th>
              <td colSpan={1} className="border-s border-s-line-soft" />
              <th
                colSpan={kinds.length + (rounded ? 1 : 0) || 1}
                scope="colgroup"
                className="border-s border-s-line-soft"
              >
                {t`Tenders`}
              </th>
            </tr>
            <tr>
              <Th>{t`Store`}</Th>
              <Th num>{t`Data to`}</Th>
              <Th num>{t`Sales`}</Th>
              <Th num group>{t`Net of tax`}</Th>
              {rates.length === 0 && <Th group>–</Th>}
              {rates.map(({ key, pct3 }, place) => (
                <Th key={key} num group={place === 0}>
                  {rate(pct3)}
                </Th>
              ))}
              <Th num group>{t`Incl. tax`}</Th>
              {kinds.length === 0 && <Th group>–</Th>}
              {kinds.map((kind, place) => (
                <Th key={kind} num group={place === 0}>
                  {tenderNames[kind]}
                </Th>
              ))}
              {rounded && <Th num>{t`Rounding`}</Th>}
            </tr>
          </>
        }
        foot={
          <tr>
            <Td>{t`${plural(storeCount, { one: '# store', other: '# stores' })}`}</Td>
            <Td />
            <Td num>{format.count(sum.sales)}</Td>
            <Td num group>
              <Money minor={sum.netMinor} />
            </Td>
            {rates.length === 0 && <Td group />}
            {rates.map(({ key }, place) => (
              <Td key={key} num group={place === 0}>
                <Money minor={taxSum(days, key).taxMinor} />
              </Td>
            ))}
            <Td num group>
              <Money minor={sum.totalMinor} />
            </Td>
            {kinds.length === 0 && <Td group />}
            {kinds.map((kind, place) => (
              <Td key={kind} num group={place === 0}>
                <Money minor={tenderSum(days, kind)} />
              </Td>
            ))}
            {rounded && (
              <Td num>
                <Money minor={sum.cashRoundingMinor} />
              </Td>
            )}
          </tr>
        }
      >
        {days.map((day) => (
          <Tr key={day.storeId} stale={day.dataTo !== null && !day.complete && isOld(day.dataTo)}>
            <Td className="whitespace-nowrap">
              <span className="inline-block w-8 text-faint">{day.storeCode}</span>{' '}
              <span className="font-medium">{day.storeName}</span>
            </Td>
            <Td num>
              <DataTo at={day.dataTo} warn={day.dataTo !== null && !day.complete && isOld(day.dataTo)} />
            </Td>
            <Td num>{format.count(day.sales)}</Td>
            <Td num group>
              <Money minor={day.netMinor} />
            </Td>
            {rates.length === 0 && <Td group />}
            {rates.map(({ key }, place) => (
              <Td key={key} num group={place === 0}>
                <Money minor={taxOf(day, key)?.taxMinor ?? 0} />
              </Td>
            ))}
            <Td num group className="font-semibold">
              <Money minor={day.totalMinor} />
            </Td>
            {kinds.length === 0 && <Td group />}
            {kinds.map((kind, place) => (
              <Td key={kind} num group={place === 0}>
                <Money minor={tenderOf(day, kind) ?? 0} />
              </Td>
            ))}
            {rounded && (
              <Td num>
                <Money minor={day.cashRoundingMinor} />
              </Td>
            )}
          </Tr>
        ))}
      </Table>
    </section>
  );
}

/** An open day is short by what the last minutes may bring; only beyond that is a row stale. */
const isOld = (dataTo: number): boolean => Date.now() - dataTo > 5 * 60_000;
