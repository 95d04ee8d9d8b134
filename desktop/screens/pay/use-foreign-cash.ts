import { useEffect, useState } from 'react';
import { foreignNeeded, foreignWorth } from '#shared/sales/foreign-cash.ts';
import type { Currency } from '#shared/ui/format.ts';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';

/** A currency taken in cash beside the store's own, at the store's rate (sales/foreign-cash.ts). */
export interface ForeignCurrency extends Currency {
  readonly worth: (foreignMinor: number) => number;
  readonly needed: (minor: number) => number;
}

/** The currencies this store takes, once the till has said so. */
export function useForeignCash(): readonly ForeignCurrency[] {
  const { client } = useTill();
  const [taken, setTaken] = useState<readonly ForeignCurrency[]>([]);
  useEffect(() => {
    let gone = false;
    void answerOf(client.sales.foreignCash()).then((answer) => {
      if (answer.ok && !gone) setTaken(answer.value.map(asCurrency));
    });
    return () => {
      gone = true;
    };
  }, [client]);
  return taken;
}

const asCurrency = ({ currency, ratePpm }: { currency: string; ratePpm: number }): ForeignCurrency => ({
  code: currency,
  digits: currencyDigits(currency),
  worth: (foreignMinor) => foreignWorth(foreignMinor, ratePpm),
  needed: (minor) => foreignNeeded(minor, ratePpm),
});

/** Decimals of a currency that no store told us of. */
export const currencyDigits = (currency: string): number =>
  new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
