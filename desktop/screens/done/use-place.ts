import { useEffect, useState } from 'react';
import type { SaleView } from '#shared/sales/calls.ts';
import { useLive } from '../live.ts';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';

/** The receipt is among the last few sold here as long as its screen stands. */
const LOOKED_THROUGH = 5;

/** Where a receipt is, on this till's disk or at HQ: asked again with every change of the link or the outbox. */
export function usePlace({ saleId, place: first }: SaleView): SaleView['place'] {
  const { client, sync } = useTill();
  const changed = useLive(sync);
  const [place, setPlace] = useState(first);
  useEffect(() => {
    // Nothing heard of the link yet: the sale says where it was when it was paid.
    if (!changed) return;
    let wanted = true;
    void answerOf(client.sales.sales({ limit: LOOKED_THROUGH })).then((answer) => {
      const sale = answer.ok ? answer.value.find((one) => one.saleId === saleId) : undefined;
      if (wanted && sale) setPlace(sale.place);
    });
    return () => {
      wanted = false;
    };
  }, [client, saleId, changed]);
  return place;
}
