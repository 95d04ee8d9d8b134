import { useEffect, useState } from 'react';
import { useDesk } from '../desk.ts';
import { answerOf, repeatable } from '../refusal.ts';
import { useTill } from '../till.ts';

/** The sale just paid, else the last one of this till; null while there is none. */
export function useLastSale(): string | null {
  const { client } = useTill();
  const paid = useDesk((desk) => desk.paid);
  const [lastId, setLastId] = useState<string | null>(null);
  useEffect(() => {
    if (paid) return;
    let wanted = true;
    void answerOf(client.sales.sales({ limit: 1 })).then((answer) => {
      if (wanted && answer.ok) setLastId(answer.value[0]?.saleId ?? null);
    });
    return () => {
      wanted = false;
    };
  }, [client, paid]);
  return paid?.saleId ?? lastId;
}

/** Prints a sale's receipt again; it says COPY. Null while there is none. */
export function useReprint(saleId: string | null): (() => void) | null {
  const { client } = useTill();
  if (saleId === null) return null;
  return () => {
    const call = client.sales.reprint(
      { commandId: crypto.randomUUID(), saleId },
      { context: repeatable(20) },
    );
    // What became of the job stands in the list of print jobs, live.
    void answerOf(call);
  };
}
