import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { X } from 'lucide-react';
import { type FormEvent, useState } from 'react';
import { Button, IconButton } from '#shared/ui/button.tsx';
import { Drawer } from '#shared/ui/drawer.tsx';
import { Field } from '#shared/ui/field.tsx';
import { Money } from '#shared/ui/money.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery } from '../hq.ts';
import { FailureWords } from '../parts/failure-words.tsx';
import { May } from '../parts/may.tsx';
import { Remote } from '../parts/remote.tsx';
import type { OfferPack } from './offer-words.ts';
import { PackPicker } from './pack-picker.tsx';
import { PriceListForm } from './price-list-form.tsx';
import { typedFigure } from './typed-figure.ts';

type PriceList = Hq['sales']['priceLists'][number];
type ListPrice = Hq['sales']['listPrices'][number];

/** A price list with its prices: taken off one by one, and put on with the day they begin. */
export function PriceListDrawer({
  list,
  today,
  onClose,
}: {
  readonly list: PriceList;
  readonly today: string;
  readonly onClose: () => void;
}) {
  const { t } = useLingui();
  const [editing, setEditing] = useState(false);
  const { listId } = list;
  const prices = useQuery(hqQuery.sales.listPrices.queryOptions({ input: { listId } }));
  // Beside the drawer, not in it: React hands a dialog's Esc to what it stands in.
  return (
    <>
      <Drawer
        title={list.name}
        onClose={onClose}
        footer={
          <Button size={32} onClick={() => setEditing(true)}>
            <Trans>Name, rate and use</Trans>
          </Button>
        }
      >
        <May right="catalog.edit">
          <AddPrice listId={listId} today={today} />
        </May>
        <Remote query={prices}>
          {(rows) =>
            rows.length === 0 ? (
              <p className="p-5 text-muted">{t`No pack has a price of its own here.`}</p>
            ) : (
              <Prices prices={rows} />
            )
          }
        </Remote>
      </Drawer>
      {editing && <PriceListForm list={list} onClose={() => setEditing(false)} />}
    </>
  );
}

/** The lists and their prices are asked for again after either has changed. */
function useRefresh(): () => Promise<unknown> {
  const queries = useQueryClient();
  return () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: hqQuery.sales.listPrices.key() }),
      queries.invalidateQueries({ queryKey: hqQuery.sales.priceLists.key() }),
    ]);
}

function AddPrice({ listId, today }: { readonly listId: string; readonly today: string }) {
  const { t } = useLingui();
  const { currency } = useFormat();
  const refresh = useRefresh();
  const [packs, setPacks] = useState<readonly OfferPack[]>([]);
  const [price, setPrice] = useState('');
  const [validFrom, setValidFrom] = useState(today);
  const [tried, setTried] = useState(false);
  const priceMinor = typedFigure(price, currency.digits);
  const pack = packs.at(-1);
  const save = useMutation(
    hqQuery.sales.saveListPrice.mutationOptions({
      onSuccess: async () => {
        setPacks([]);
        setPrice('');
        setTried(false);
        await refresh();
      },
    }),
  );
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (pack && priceMinor !== null) save.mutate({ listId, packId: pack.packId, priceMinor, validFrom });
  };
  return (
    <form onSubmit={submit} className="grid gap-3 border-b border-line-soft p-5">
      <PackPicker
        label={t`Pack`}
        chosen={packs}
        error={tried && !pack ? t`Choose at least one pack` : undefined}
        onChange={(chosen) => setPacks(chosen.slice(-1))}
      />
      <div className="grid grid-cols-[1fr_1fr_auto] items-start gap-3">
        <Field
          label={t`Price, ${currency.code}`}
          size={32}
          inputMode="decimal"
          dir="ltr"
          value={price}
          error={tried && priceMinor === null ? t`A price` : undefined}
          onChange={(event) => setPrice(event.target.value)}
        />
        <Field
          label={t`From`}
          type="date"
          size={32}
          required
          value={validFrom}
          onChange={(event) => setValidFrom(event.target.value)}
        />
        <Button size={32} type="submit" className="mt-5" disabled={save.isPending}>
          <Trans>Put on the list</Trans>
        </Button>
      </div>
      {save.error && (
        <p role="alert" className="font-medium text-stop">
          <FailureWords error={save.error} />
        </p>
      )}
    </form>
  );
}

function Prices({ prices }: { readonly prices: readonly ListPrice[] }) {
  const { t } = useLingui();
  const format = useFormat();
  const refresh = useRefresh();
  const drop = useMutation(hqQuery.sales.dropListPrice.mutationOptions({ onSettled: refresh }));
  return (
    <Table
      caption={t`Prices on this list`}
      rows="pick"
      head={
        <tr>
          <Th>{t`Pack`}</Th>
          <Th>{t`From`}</Th>
          <Th num>{t`Usual`}</Th>
          <Th num>{t`On this list`}</Th>
          <Th>
            <span className="sr-only">{t`Remove`}</span>
          </Th>
        </tr>
      }
    >
      {prices.map((price) => (
        <tr key={price.id} className="last:[&>td]:border-b-0">
          <Td>
            <bdi className="block">{price.brand}</bdi>
            <bdi className="block text-12 text-muted">{price.label}</bdi>
          </Td>
          <Td className="whitespace-nowrap">{format.date(price.validFrom)}</Td>
          <Td num className="text-muted">
            {price.usualMinor === null ? '–' : <Money minor={price.usualMinor} />}
          </Td>
          <Td num className="font-semibold">
            <Money minor={price.priceMinor} />
          </Td>
          <Td className="text-end">
            <May right="catalog.edit">
              <IconButton
                label={t`Take ${price.brand} off the list`}
                disabled={drop.isPending}
                onClick={() => drop.mutate({ id: price.id })}
              >
                <X size={16} aria-hidden />
              </IconButton>
            </May>
          </Td>
        </tr>
      ))}
    </Table>
  );
}
