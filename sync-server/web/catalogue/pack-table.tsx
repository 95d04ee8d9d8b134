import { useLingui } from '@lingui/react/macro';
import { Badge, RxBadge } from '#shared/ui/badge.tsx';
import { Money, PerWeight, Quantity } from '#shared/ui/money.tsx';
import { Table, Td, Th, Tr } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import type { Hq } from '../hq.ts';
import { TallMan } from '../parts/tall-man.tsx';
import { mainCode, plainCode } from './words.ts';

type Pack = Hq['catalog']['search']['rows'][number];

/** Packs in rows of two lines; one opens its medicine. */
export function PackTable({
  rows,
  chosen,
  onOpen,
}: {
  readonly rows: readonly Pack[];
  readonly chosen: string | undefined;
  readonly onOpen: (medicineId: string) => void;
}) {
  const { t } = useLingui();
  const format = useFormat();
  return (
    <Table
      caption={t`Packs`}
      head={
        <tr>
          <Th>{t`Medicine`}</Th>
          <Th>{t`Pack`}</Th>
          <Th>{t`Code`}</Th>
          <Th num>{t`Price ${format.currency.code}`}</Th>
          <Th num>{t`On hand`}</Th>
          <Th>{t`Tax`}</Th>
          <Th>{t`Class`}</Th>
        </tr>
      }
    >
      {rows.map((pack) => (
        <Tr key={pack.packId} selected={pack.medicineId === chosen} onPick={() => onOpen(pack.medicineId)}>
          <Td className="max-w-[320px] py-1.5">
            <span dir="auto" className="block truncate font-semibold rtl:text-right">
              <TallMan brand={pack.brand} tallMan={pack.tallMan} />
            </span>
            <bdi className="block truncate text-12 text-muted rtl:text-right">
              {[pack.generics.map((one) => `${one.name} ${one.strength}`.trim()).join(' + '), pack.form]
                .filter(Boolean)
                .join(' · ')}
            </bdi>
          </Td>
          <Td className="max-w-[260px]">
            <bdi
              className={`line-clamp-2 text-12 leading-[15px] rtl:text-right ${pack.status === 'withdrawn' ? 'text-muted' : ''}`}
            >
              {pack.label}
            </bdi>
            {pack.status === 'withdrawn' && <Badge>{t`withdrawn`}</Badge>}
          </Td>
          <Td className="whitespace-nowrap">
            <bdi dir="ltr" className="tabular-nums">
              {plainCode(mainCode(pack.codes))}
            </bdi>
          </Td>
          <Td num className="font-semibold">
            {pack.priceMinor === null ? '–' : <Money minor={pack.priceMinor} />}
            {pack.weighed && pack.priceMinor !== null && <PerWeight packSize={pack.packSize} />}
          </Td>
          <Td
            num
            className={
              pack.onHandBase < 0 ? 'font-semibold text-stop' : pack.onHandBase === 0 ? 'text-muted' : ''
            }
          >
            <Quantity qtyBase={pack.onHandBase} packSize={pack.packSize} weighed={pack.weighed} />
          </Td>
          <Td className="max-w-32 truncate text-muted">{pack.taxClass}</Td>
          <Td>
            <ClassBadge scheduleClass={pack.scheduleClass} />
          </Td>
        </Tr>
      ))}
    </Table>
  );
}

/** What the law asks before it may be handed over; nothing for what sells freely. */
export function ClassBadge({ scheduleClass }: { readonly scheduleClass: Pack['scheduleClass'] }) {
  const { t } = useLingui();
  if (scheduleClass === 'prescription') return <RxBadge />;
  if (scheduleClass === 'controlled') return <Badge tone="stop">{t`Controlled`}</Badge>;
  if (scheduleClass === 'pharmacist') return <Badge tone="info">{t`Pharmacist`}</Badge>;
  return null;
}
