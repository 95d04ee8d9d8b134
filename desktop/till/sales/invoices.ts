import { z } from 'zod';
import type { InvoiceState } from '#shared/sales/calls-invoices.ts';
import {
  type InvoiceBuyer,
  type InvoicedSale,
  invoiceNumber,
  invoiceOf,
  invoiceSeries,
} from '#shared/sales/invoice.ts';
import type { RowOf } from '#shared/schema.ts';
import { auditChange } from '../audit-change.ts';
import type { Counter } from '../counter.ts';
import type { PaperMaker } from '../ports.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import type { SaleReader } from './read-sales.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly sales: SaleReader;
  readonly papers: PaperMaker | undefined;
};

type MakeCommand = {
  readonly commandId: string;
  readonly saleId: string;
  readonly buyer: InvoiceBuyer;
};

/** Tax invoices: a series of its own per till, one invoice a sale, drawn again and again as a copy. */
export function createInvoices({ counter, sessions, sales, papers }: Deps) {
  const { db, replica } = counter;
  const { once } = counter;
  const ofSale = db.prepare<[string], StoredInvoice>(
    `SELECT id, invoice_no AS invoiceNo, at, buyer_name AS buyerName, buyer_address AS buyerAddress,
            buyer_tax_number AS buyerTaxNumber
     FROM tax_invoice WHERE sale_id = ? ORDER BY at, id LIMIT 1`,
  );
  const terms = db.prepare<[string], { customerId: string | null; taxExemption: string | null }>(
    `SELECT customer_id AS customerId, tax_exemption AS taxExemption FROM sale WHERE id = ?`,
  );
  const amounts = db
    .prepare<[string], number>(`SELECT amount_minor FROM sale_line WHERE sale_id = ? ORDER BY line_no`)
    .pluck();

  return {
    of(saleId: string): InvoiceState {
      sessions.require(counter, 'sales.sell');
      const sale = soldWith(saleId);
      const found = ofSale.get(saleId);
      return {
        receiptNo: sale.receiptNo,
        customerId: terms.get(saleId)?.customerId ?? null,
        invoice: found ? { invoiceNo: found.invoiceNo, buyer: buyerOf(found) } : null,
      };
    },

    /** On disk with its number before it is drawn; a repeated command is given the same paper. */
    async make({ commandId, saleId, buyer }: MakeCommand) {
      if (!papers) return refuse({ code: 'NO_PAPER_MAKER' });
      const { personId } = sessions.require(counter, ofSale.get(saleId) ? 'sales.reprint' : 'sales.sell');
      const sale = soldWith(saleId);
      const { answer } = once.run({ what: 'invoice', commandId, answer: made }, () =>
        ofSale.get(saleId) ? noteCopy(saleId, personId) : write(saleId, buyer, personId),
      );
      counter.live.changed('sync');
      const stored = ofSale.get(saleId);
      if (!stored) throw new Error('an invoice just written can be read');
      const { copy } = answer;
      const paper = { ...stored, buyer: buyerOf(stored), copy };
      const bytes = await papers.invoice(invoiceOf(sale, counter.shop(), paper));
      return {
        ...{ invoiceNo: stored.invoiceNo, copy, fileName: `${stored.invoiceNo}.pdf` },
        base64: Buffer.from(bytes).toString('base64'),
      };
    },
  };

  function soldWith(saleId: string): InvoicedSale {
    const sold = sales.sold(saleId) ?? refuse({ code: 'NOT_FOUND' });
    const came = amounts.all(saleId);
    return {
      ...sold,
      lines: sold.lines.map((line, i) => ({ ...line, amountMinor: came[i] ?? 0 })),
      taxExemption: terms.get(saleId)?.taxExemption ?? null,
    };
  }

  function write(saleId: string, buyer: InvoiceBuyer, actorId: string): z.infer<typeof made> {
    const { nowMs: at, business: businessDate } = counter.today();
    const series = invoiceSeries({
      storeCode: counter.shop().code,
      tillCode: counter.till().code,
      inc: counter.identity.read().inc,
    });
    const n = counter.nextNumber(series);
    const row: RowOf<'tax_invoice'> = {
      ...{ id: counter.ids.next(), storeId: counter.storeId, tillId: counter.tillId, saleId },
      ...{
        invoiceNo: invoiceNumber(series, n),
        invoiceSeries: series,
        invoiceN: n,
        at,
        businessDate,
        actorId,
      },
      customerId: terms.get(saleId)?.customerId ?? null,
      buyerName: buyer.name,
      buyerAddress: buyer.address.filter((line) => line !== ''),
      buyerTaxNumber: buyer.taxNumber === '' ? null : buyer.taxNumber,
    };
    const changes = [{ t: 'tax_invoice' as const, op: 'insert' as const, row }];
    replica.record({ type: 'tax-invoice', actor: actorId, subjectId: saleId, changes });
    return { copy: false };
  }

  function noteCopy(saleId: string, actorId: string): z.infer<typeof made> {
    const told = { actorId, action: 'sales.invoice-copied', subjectId: saleId };
    const changes = [auditChange(counter, counter.today(), told)];
    replica.record({ type: 'reprint', actor: actorId, subjectId: null, changes });
    return { copy: true };
  }
}

/** What a command is remembered by: whether its paper was the first. Nothing of the buyer. */
const made = z.object({ copy: z.boolean() });

type StoredInvoice = {
  readonly id: string;
  readonly invoiceNo: string;
  readonly at: number;
  readonly buyerName: string;
  readonly buyerAddress: string;
  readonly buyerTaxNumber: string | null;
};

const buyerOf = ({ buyerName, buyerAddress, buyerTaxNumber }: StoredInvoice) => ({
  name: buyerName,
  address: z.array(z.string()).parse(JSON.parse(buyerAddress)),
  taxNumber: buyerTaxNumber,
});
