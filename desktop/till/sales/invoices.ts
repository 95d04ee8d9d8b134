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
import { createInvoiceBuyers, type InvoiceBuyers } from './invoice-buyer.ts';
import type { SaleReader } from './read-sales.ts';
import type { SubjectKeys } from './subject-keys.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly sales: SaleReader;
  readonly papers: PaperMaker | undefined;
  readonly keys: SubjectKeys;
};

type MakeCommand = {
  readonly commandId: string;
  readonly saleId: string;
  readonly buyer: InvoiceBuyer;
};

/** Tax invoices: a series of its own per till, one invoice a sale, drawn again and again as a copy. */
export function createInvoices({ counter, sessions, sales, papers, keys }: Deps) {
  const { db, replica } = counter;
  const buyers = createInvoiceBuyers({ counter, keys });
  const { once } = counter;
  const ofSale = db.prepare<[string], StoredInvoice>(
    `SELECT id, invoice_no AS invoiceNo, at, customer_id AS customerId, buyer_name AS buyerName,
            buyer_address AS buyerAddress, buyer_tax_number AS buyerTaxNumber
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
        invoice: found ? { invoiceNo: found.invoiceNo, ...shown(buyers.read(found)) } : null,
      };
    },

    /** On disk with its number before it is drawn; a repeated command is given the same paper. */
    async make({ commandId, saleId, buyer }: MakeCommand) {
      if (!papers) return refuse({ code: 'NO_PAPER_MAKER' });
      const { personId } = sessions.require(counter, ofSale.get(saleId) ? 'sales.reprint' : 'sales.sell');
      const sale = soldWith(saleId);
      refuseUnreadable(ofSale.get(saleId));
      const { answer } = once.run({ what: 'invoice', commandId, answer: made }, () =>
        ofSale.get(saleId) ? noteCopy(saleId, personId) : write(saleId, buyer, personId),
      );
      counter.live.changed('sync');
      const stored = ofSale.get(saleId);
      if (!stored) throw new Error('an invoice just written can be read');
      const { copy } = answer;
      const paper = { ...stored, buyer: buyers.read(stored).buyer, copy };
      const bytes = await papers.invoice(invoiceOf(sale, counter.shop(), paper));
      return {
        ...{ invoiceNo: stored.invoiceNo, copy, fileName: `${stored.invoiceNo}.pdf` },
        base64: Buffer.from(bytes).toString('base64'),
      };
    },
  };

  /** One that is not to be read for the moment is no copy without a name: the next contact brings the key. */
  function refuseUnreadable(stored: StoredInvoice | undefined): void {
    if (stored && buyers.read(stored).gone === 'key-missing') refuse({ code: 'KEY_MISSING' });
  }

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
    const id = counter.ids.next();
    const row: RowOf<'tax_invoice'> = {
      ...{ id, storeId: counter.storeId, tillId: counter.tillId, saleId },
      ...{
        invoiceNo: invoiceNumber(series, n),
        invoiceSeries: series,
        invoiceN: n,
        at,
        businessDate,
        actorId,
      },
      ...buyers.columns(id, terms.get(saleId)?.customerId ?? null, buyer),
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
  readonly invoiceNo: string;
  readonly at: number;
} & Parameters<InvoiceBuyers['read']>[0];

const shown = ({ buyer, gone }: ReturnType<InvoiceBuyers['read']>) => ({
  buyer: buyer && { ...buyer, address: [...buyer.address] },
  gone,
});
