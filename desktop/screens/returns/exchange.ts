import { useEffect, useState } from 'react';
import { create } from 'zustand';
import type { CartView } from '#shared/sales/calls-cart.ts';
import type { ExchangeView } from '#shared/sales/calls-returns.ts';
import type { Paid, Tender } from '../desk.ts';
import type { TillClient } from '../link.ts';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';

/** Goods brought back that pay the next sale: the till's, asked again with every change of the sale. */
export const useExchange = create<ExchangeView>(() => ({ exchange: null }));

/** What waits to pay this sale; null: nothing. */
export function useWaitingExchange(revision: number): ExchangeView['exchange'] {
  const { client } = useTill();
  // biome-ignore lint/correctness/useExhaustiveDependencies: a sale that was paid has taken it along
  useEffect(() => void refreshExchange(client), [client, revision]);
  return useExchange((state) => state.exchange);
}

async function refreshExchange(client: TillClient): Promise<void> {
  const answer = await answerOf(client.sales.returns.exchangeWaiting());
  if (answer.ok) useExchange.setState(answer.value);
}

/** What is taken already when a payment begins. */
export function takenByExchange({ totalMinor }: Pick<CartView, 'totalMinor'>): readonly Tender[] {
  const { exchange } = useExchange.getState();
  return exchange ? [{ kind: 'exchange', amountMinor: Math.min(exchange.worthMinor, totalMinor) }] : [];
}

/** What an exchange was worth beyond the sale it paid, by the means it goes back by; empty for any other sale. */
export function useGivenBeside({ saleId, tenders }: Paid): readonly Tender[] {
  const { client } = useTill();
  const [given, setGiven] = useState<readonly Tender[]>([]);
  const exchanged = tenders.some(({ kind }) => kind === 'exchange');
  useEffect(() => {
    if (!exchanged) return;
    let wanted = true;
    void answerOf(client.sales.returns.besideExchange({ saleId })).then((answer) => {
      if (wanted && answer.ok) setGiven(answer.value.tenders);
    });
    return () => {
      wanted = false;
    };
  }, [client, exchanged, saleId]);
  return given;
}
