import { Trans, useLingui } from '@lingui/react/macro';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { MedicineView } from '#shared/catalog/calls.ts';
import { isSoldByWeight } from '#shared/catalog/weighed-sale.ts';
import { Badge } from '#shared/ui/badge.tsx';
import { Chip } from '#shared/ui/chip.tsx';
import { Drawer } from '#shared/ui/drawer.tsx';
import { ExpiryBadge } from '#shared/ui/expiry-badge.tsx';
import { dateInZone } from '#shared/ui/format.ts';
import { Money, Quantity } from '#shared/ui/money.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { hqQuery, refusalCode } from '../hq.ts';
import { Remote } from '../parts/remote.tsx';
import { TallMan } from '../parts/tall-man.tsx';
import { useRate } from '../parts/use-rate.ts';
import { ClassBadge } from './pack-table.tsx';
import { codeKind, plainCode } from './words.ts';

type Pack = MedicineView['packs'][number];

/** One medicine: what it is, its packs with codes, prices and where they lie. */
export function MedicineDrawer({
  medicineId,
  onClose,
  onStep,
}: {
  readonly medicineId: string;
  readonly onClose: () => void;
  readonly onStep: (by: -1 | 1) => void;
}) {
  const { t } = useLingui();
  const medicine = useQuery(
    hqQuery.catalog.medicine.queryOptions({ input: { medicineId }, placeholderData: keepPreviousData }),
  );
  return (
    <Drawer
      title={t`Medicine`}
      onClose={onClose}
      onStep={onStep}
      state={medicine.data && <ClassBadge scheduleClass={medicine.data.scheduleClass} />}
    >
      {refusalCode(medicine.error) === 'NOT_FOUND' ? (
        <EmptyState title={t`This medicine is no longer in the catalogue`} />
      ) : (
        <Remote query={medicine}>{(found) => <Medicine medicine={found} />}</Remote>
      )}
    </Drawer>
  );
}

function Medicine({ medicine }: { readonly medicine: MedicineView }) {
  const { t } = useLingui();
  const facts = [
    [t`Generics`, medicine.generics.map((one) => `${one.name} ${one.strength}`.trim()).join(' + ')],
    [t`Form`, [medicine.form, medicine.route].filter(Boolean).join(', ')],
    [t`Holder`, medicine.holder],
    [t`Generic group`, medicine.genericGroup],
    [t`Register code`, medicine.registerRef],
  ].filter(([, value]) => value !== '');
  return (
    <div className="grid gap-5 p-5">
      <div className="grid gap-3">
        <p className="text-20 font-semibold">
          <TallMan brand={medicine.brand} tallMan={medicine.tallMan} />
        </p>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1.5 text-12 [&_dd]:font-medium [&_dt]:text-muted">
          {facts.map(([name, value]) => (
            <div key={name} className="contents">
              <dt>{name}</dt>
              <dd>
                <bdi>{value}</bdi>
              </dd>
            </div>
          ))}
        </dl>
      </div>
      {medicine.packs.map((pack) => (
        <PackCard key={pack.packId} pack={pack} />
      ))}
    </div>
  );
}

function PackCard({ pack }: { readonly pack: Pack }) {
  const { t } = useLingui();
  const rate = useRate();
  const { packSize, baseUnit } = pack;
  const loose = pack.breakable ? t`sold loose too` : t`whole packs only`;
  const handedOver = isSoldByWeight(pack) ? t`sold by weight` : loose;
  return (
    <section className="overflow-hidden rounded-10 border border-line">
      <header className="grid gap-2 px-4 py-3">
        <h3 className="font-semibold">
          <bdi>{pack.label}</bdi> {pack.status === 'withdrawn' && <Badge>{t`withdrawn`}</Badge>}
        </h3>
        <p className="flex flex-wrap gap-x-4 gap-y-1 text-12 text-muted">
          <span>
            <Trans>
              {packSize} {baseUnit} a pack
            </Trans>
          </span>
          <span>{handedOver}</span>
          <span>
            {pack.taxClass} {rate(pack.taxPct3)}
          </span>
          {pack.codes.map((code) => (
            <bdi key={code} dir="ltr">
              {codeKind(code)} <b className="font-medium text-ink">{plainCode(code)}</b>
            </bdi>
          ))}
        </p>
      </header>
      <Prices pack={pack} />
      <Stock pack={pack} />
    </section>
  );
}

function Prices({ pack }: { readonly pack: Pack }) {
  const { t } = useLingui();
  const format = useFormat();
  const today = new Date().toISOString().slice(0, 10);
  if (pack.prices.length === 0) {
    return (
      <p className="border-t border-line-soft px-4 py-2 text-12 text-muted">
        <Trans>No price yet: tills cannot sell it.</Trans>
      </p>
    );
  }
  return (
    <Table
      caption={t`Prices of ${pack.label}`}
      rows="dense"
      head={
        <tr>
          <Th>{t`Valid`}</Th>
          <Th>{t`Where`}</Th>
          <Th num>{t`Price ${format.currency.code}`}</Th>
        </tr>
      }
    >
      {pack.prices.slice(0, 6).map((price) => {
        const from = format.date(price.validFrom);
        return (
          <tr key={`${price.storeId} ${price.validFrom} ${price.priceMinor}`}>
            <Td>
              <Chip small tone={price.validFrom > today ? 'info' : 'plain'}>
                {price.validFrom > today ? t`From ${from}` : t`Since ${from}`}
              </Chip>
            </Td>
            <Td>{price.storeName ?? t`All stores`}</Td>
            <Td num className="font-semibold">
              <Money minor={price.priceMinor} />
            </Td>
          </tr>
        );
      })}
    </Table>
  );
}

function Stock({ pack }: { readonly pack: Pack }) {
  const { t } = useLingui();
  const total = pack.stock.reduce((sum, store) => sum + store.onHandBase, 0);
  const held = pack.stock.filter((store) => store.onHandBase !== 0 || store.firstExpiry !== null);
  if (held.length === 0) {
    return (
      <p className="border-t border-line-soft px-4 py-2 text-12 text-muted">
        <Trans>No store has any of it.</Trans>
      </p>
    );
  }
  return (
    <Table
      caption={t`Stock of ${pack.label} by store`}
      rows="dense"
      head={
        <tr>
          <Th>{t`Store`}</Th>
          <Th num>{t`On hand`}</Th>
          <Th num>{t`First expiry`}</Th>
        </tr>
      }
      foot={
        <tr>
          <Td>{t`All stores`}</Td>
          <Td num>
            <Quantity qtyBase={total} packSize={pack.packSize} weighed={isSoldByWeight(pack)} />
          </Td>
          <Td num />
        </tr>
      }
    >
      {held.map((store) => (
        <tr key={store.storeId}>
          <Td>
            <span className="inline-block w-8 text-faint">{store.storeCode}</span> {store.storeName}
          </Td>
          <Td num className={store.onHandBase < 0 ? 'font-semibold text-stop' : ''}>
            <Quantity qtyBase={store.onHandBase} packSize={pack.packSize} weighed={isSoldByWeight(pack)} />
          </Td>
          <Td num>{store.firstExpiry === null ? '–' : <Expiry date={store.firstExpiry} />}</Td>
        </tr>
      ))}
    </Table>
  );
}

function Expiry({ date }: { readonly date: string }) {
  const { timeZone } = useFormat();
  const today = dateInZone(Date.now(), timeZone);
  return <ExpiryBadge expiresOn={date} today={today} />;
}
