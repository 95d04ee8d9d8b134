import { useEffect, useState } from 'react';
import type { InvoiceState } from '#shared/sales/calls-invoices.ts';
import { answerOf } from '../refusal.ts';
import { useTill } from '../till.ts';

/** As it is typed; the address in the two lines a letter has. */
export interface Buyer {
  readonly name: string;
  readonly street: string;
  readonly town: string;
  readonly taxNumber: string;
}

const nobody: Buyer = { name: '', street: '', town: '', taxNumber: '' };

/** How the sale stands with its invoice, and the buyer to begin with: the invoice's own, or the sale's customer. */
export function useInvoice(saleId: string): {
  readonly state: InvoiceState | null;
  readonly buyer: Buyer | null;
} {
  const { client } = useTill();
  const [found, setFound] = useState<{ readonly state: InvoiceState; readonly buyer: Buyer } | null>(null);
  useEffect(() => {
    let wanted = true;
    const look = async () => {
      const answer = await answerOf(client.sales.invoices.of({ saleId }));
      if (!answer.ok) return;
      const { invoice, customerId } = answer.value;
      const known =
        invoice || customerId === null ? null : await answerOf(client.sales.customers.get({ customerId }));
      const buyer = invoice
        ? invoice.buyer
          ? ofInvoice(invoice.buyer)
          : nobody
        : known?.ok
          ? ofCustomer(known.value)
          : nobody;
      if (wanted) setFound({ state: answer.value, buyer });
    };
    void look();
    return () => {
      wanted = false;
    };
  }, [client, saleId]);
  return found ?? { state: null, buyer: null };
}

function ofInvoice({
  name,
  address,
  taxNumber,
}: NonNullable<NonNullable<InvoiceState['invoice']>['buyer']>): Buyer {
  const [street = '', ...rest] = address;
  return { name, street, town: rest.join(', '), taxNumber: taxNumber ?? '' };
}

function ofCustomer({ name, address }: { readonly name: string; readonly address: string | null }): Buyer {
  const [street = '', ...rest] = (address ?? '').split(/\s*[\n,]\s*/);
  return { ...nobody, name, street, town: rest.join(', ') };
}
