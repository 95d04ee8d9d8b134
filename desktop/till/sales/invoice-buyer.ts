import { z } from 'zod';
import { isSealedField } from '#shared/sales/customer-fields.ts';
import { type InvoiceBuyer, isPrivateBuyer } from '#shared/sales/invoice.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter } from '../counter.ts';
import { openField, sealField } from './customers-cipher.ts';
import type { SubjectKeys } from './subject-keys.ts';

/** What an invoice's row says of its buyer. */
type BuyerColumns = Pick<
  RowOf<'tax_invoice'>,
  'customerId' | 'buyerName' | 'buyerAddress' | 'buyerTaxNumber'
>;
type Stored = {
  readonly id: string;
  readonly customerId: string | null;
  readonly buyerName: string;
  /** As it lies in the table: a JSON array. */
  readonly buyerAddress: string;
  readonly buyerTaxNumber: string | null;
};
type Read =
  | { readonly buyer: InvoiceBuyer; readonly gone: null }
  | { readonly buyer: null; readonly gone: 'erased' | 'key-missing' };

type Deps = {
  readonly counter: Pick<Counter, 'db'>;
  readonly keys: Pick<SubjectKeys, 'find' | 'isDestroyed'>;
};

export type InvoiceBuyers = ReturnType<typeof createInvoiceBuyers>;

/**
 * The buyer of an invoice. A customer who bought as a private person is enciphered under their own key before the fact
 * is written: once they are erased the invoice keeps its number, sums and tax, and nobody reads the rest. Businesses, and
 * buyers who are no customers, are written as they are.
 */
export function createInvoiceBuyers({ counter: { db }, keys }: Deps) {
  const erased = db.prepare<[string], number>(`SELECT 1 FROM erasure WHERE subject_id = ? LIMIT 1`).pluck();

  return {
    /** A customer whose key is not here, or not any more, is a buyer like anybody: the invoice does not name them. */
    columns(invoiceId: string, customerId: string | null, buyer: InvoiceBuyer): BuyerColumns {
      const address = buyer.address.filter((line) => line !== '');
      const plain = {
        ...{ buyerName: buyer.name, buyerAddress: address },
        buyerTaxNumber: isPrivateBuyer(buyer) ? null : buyer.taxNumber,
      };
      if (customerId === null || !isPrivateBuyer(buyer)) return { ...plain, customerId };
      const key = keys.find(customerId);
      if (!key) return { ...plain, customerId: null };
      const seal = (field: 'name' | 'address', text: string) =>
        sealField(key, { customerId, field: `invoice/${invoiceId}/${field}`, plain: text });
      return {
        customerId,
        buyerName: seal('name', buyer.name),
        buyerAddress: address.length === 0 ? [] : [seal('address', JSON.stringify(address))],
        buyerTaxNumber: null,
      };
    },

    read({ id, customerId, buyerName, buyerAddress, buyerTaxNumber }: Stored): Read {
      const address = lines.parse(JSON.parse(buyerAddress));
      if (customerId === null || !isSealedField(buyerName))
        return { buyer: { name: buyerName, address, taxNumber: buyerTaxNumber }, gone: null };
      if (erased.get(customerId) !== undefined || keys.isDestroyed(customerId))
        return { buyer: null, gone: 'erased' };
      const key = keys.find(customerId);
      const open = (field: 'name' | 'address', text: string) =>
        key && openField(key, { customerId, field: `invoice/${id}/${field}`, text });
      const name = open('name', buyerName);
      if (name === null) return { buyer: null, gone: 'key-missing' };
      const opened = address.flatMap((text) => lines.parse(JSON.parse(open('address', text) ?? '[]')));
      return { buyer: { name, address: opened, taxNumber: null }, gone: null };
    },
  };
}

const lines = z.array(z.string());
