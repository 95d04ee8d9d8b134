import { Trans, useLingui } from '@lingui/react/macro';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Plus } from 'lucide-react';
import { Tabs } from 'radix-ui';
import { useState } from 'react';
import { Badge } from '#shared/ui/badge.tsx';
import { Button } from '#shared/ui/button.tsx';
import type { Tone } from '#shared/ui/chip.tsx';
import { EmptyState } from '#shared/ui/states.tsx';
import { Table, Td, Th } from '#shared/ui/table.tsx';
import { useFormat } from '#shared/ui/use-format.ts';
import { type Hq, hqQuery } from '../hq.ts';
import { FailureWords } from '../parts/failure-words.tsx';
import { May } from '../parts/may.tsx';
import { Remote, SkeletonRows } from '../parts/remote.tsx';
import { Page } from '../shell/page.tsx';
import { OfferForm } from './offer-form.tsx';
import { useOfferWords } from './offer-words.ts';
import { PriceListForm } from './price-list-form.tsx';
import { PriceLists } from './price-lists.tsx';
import { minuteText } from './typed-figure.ts';

type Offer = Hq['sales']['offers']['rows'][number];
const card = 'flex min-h-0 flex-col overflow-hidden rounded-10 border border-line bg-surface';

/** What the tills give off by themselves, and the prices that some customers have. */
export function OffersPage() {
  const { t } = useLingui();
  const offers = useQuery(hqQuery.sales.offers.queryOptions());
  const [tab, setTab] = useState('offers');
  const [making, setMaking] = useState(false);
  const today = offers.data?.today;
  return (
    <Page
      title={t`Offers and price lists`}
      actions={
        <May right="catalog.edit">
          <Button
            size={32}
            kind="primary"
            icon={<Plus size={16} aria-hidden />}
            disabled={today === undefined}
            onClick={() => setMaking(true)}
          >
            {tab === 'offers' ? t`New offer` : t`New price list`}
          </Button>
        </May>
      }
    >
      <Tabs.Root value={tab} onValueChange={setTab} className="flex min-h-0 flex-1 flex-col gap-3">
        <Tabs.List
          aria-label={t`Offers and price lists`}
          className="flex flex-none gap-5 border-b border-line"
        >
          <Tab value="offers" label={t`Offers`} />
          <Tab value="lists" label={t`Price lists`} />
        </Tabs.List>
        <Tabs.Content value="offers" className={card}>
          <Remote query={offers} skeleton={<SkeletonRows rows={10} />}>
            {({ rows }) => <OfferTable offers={rows} />}
          </Remote>
        </Tabs.Content>
        <Tabs.Content value="lists" className={card}>
          {today !== undefined && <PriceLists today={today} />}
        </Tabs.Content>
      </Tabs.Root>
      {making && tab === 'offers' && today !== undefined && (
        <OfferForm today={today} onClose={() => setMaking(false)} />
      )}
      {making && tab === 'lists' && <PriceListForm list={null} onClose={() => setMaking(false)} />}
    </Page>
  );
}

function Tab({ value, label }: { readonly value: string; readonly label: string }) {
  return (
    <Tabs.Trigger
      value={value}
      className="-mb-px border-b-2 border-transparent pt-1 pb-2 font-medium text-muted data-[state=active]:border-brand data-[state=active]:font-semibold data-[state=active]:text-ink"
    >
      {label}
    </Tabs.Trigger>
  );
}

function OfferTable({ offers }: { readonly offers: readonly Offer[] }) {
  const { t } = useLingui();
  if (offers.length === 0)
    return (
      <EmptyState title={t`No offers yet`}>
        <Trans>Tills give what an offer says by themselves, online or not, once they have heard of it.</Trans>
      </EmptyState>
    );
  return (
    <Table
      caption={t`Offers`}
      rows="pick"
      head={
        <tr>
          <Th>{t`Offer`}</Th>
          <Th>{t`Store`}</Th>
          <Th>{t`Days`}</Th>
          <Th>{t`Hours`}</Th>
          <Th>{t`Coupon`}</Th>
          <Th>{t`State`}</Th>
          <Th>
            <span className="sr-only">{t`End`}</span>
          </Th>
        </tr>
      }
    >
      {offers.map((offer) => (
        <OfferRow key={offer.offerId} offer={offer} />
      ))}
    </Table>
  );
}

function OfferRow({ offer }: { readonly offer: Offer }) {
  const { t } = useLingui();
  const format = useFormat();
  const { gift } = useOfferWords();
  const { fromMinute, toMinute } = offer;
  return (
    <tr className="last:[&>td]:border-b-0">
      <Td className="py-1.5">
        <bdi className="block font-medium">{offer.name}</bdi>
        <bdi className="block text-12 text-muted">{gift(offer)}</bdi>
      </Td>
      <Td className="whitespace-nowrap">{offer.storeName ?? t`Every store`}</Td>
      <Td className="whitespace-nowrap">
        {format.date(offer.validFrom)} – {format.date(offer.validTo)}
      </Td>
      <Td className="whitespace-nowrap">
        {fromMinute === null && toMinute === null ? (
          t`All day`
        ) : (
          <bdi dir="ltr">
            {minuteText(fromMinute ?? 0)}–{minuteText(toMinute ?? 24 * 60)}
          </bdi>
        )}
      </Td>
      <Td>{offer.couponCode === null ? '–' : <bdi dir="ltr">{offer.couponCode}</bdi>}</Td>
      <Td>
        <StateBadge state={offer.state} />
      </Td>
      <Td className="text-end">
        {(offer.state === 'planned' || offer.state === 'running') && <EndOffer offer={offer} />}
      </Td>
    </tr>
  );
}

function StateBadge({ state }: { readonly state: Offer['state'] }) {
  const { t } = useLingui();
  const words = { planned: t`To come`, running: t`Running`, over: t`Over`, ended: t`Ended` };
  return <Badge tone={tones[state]}>{words[state]}</Badge>;
}
const tones: Readonly<Record<Offer['state'], Tone>> = {
  planned: 'info',
  running: 'ok',
  over: 'plain',
  ended: 'plain',
};

/** Ends an offer in two steps: what was given stays given. */
function EndOffer({ offer: { offerId, name } }: { readonly offer: Offer }) {
  const { t } = useLingui();
  const queries = useQueryClient();
  const [sure, setSure] = useState(false);
  const end = useMutation(
    hqQuery.sales.endOffer.mutationOptions({
      onSettled: () => queries.invalidateQueries({ queryKey: hqQuery.sales.offers.key() }),
    }),
  );
  if (end.error)
    return (
      <span role="alert" className="text-12 text-stop">
        <FailureWords error={end.error} />
      </span>
    );
  return sure ? (
    <Button size={32} kind="danger" disabled={end.isPending} onClick={() => end.mutate({ offerId })}>
      {t`End “${name}” now`}
    </Button>
  ) : (
    <May right="catalog.edit">
      <Button size={32} kind="quiet" aria-label={t`End ${name}`} onClick={() => setSure(true)}>
        <Trans>End</Trans>
      </Button>
    </May>
  );
}
