import { id, int, json, oneOf, text, textOpt } from '#shared/tables/columns.ts';
import { defineTable } from '#shared/tables/define-table.ts';

/** A tax invoice made of a completed sale on request, in a gap-free series of its own per till. */
export const taxInvoice = defineTable(
  'tax_invoice',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    saleId: text(),
    /** 'S01-T02AI-000123', and its parts. */
    invoiceNo: text(),
    invoiceSeries: text(),
    invoiceN: int(),
    at: int(),
    businessDate: text(),
    actorId: text(),
    customerId: textOpt(),
    buyerName: text(),
    buyerAddress: json<readonly string[]>(),
    buyerTaxNumber: textOpt(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['saleId'], ['invoiceSeries', 'invoiceN']],
  },
);

/** What a fiscal provider said of a document; the sale never waited for it. */
export const fiscalSignature = defineTable(
  'fiscal_signature',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    /** The sale, return or Z-report. */
    documentId: text(),
    provider: text(),
    state: oneOf('signed', 'failed'),
    signature: textOpt(),
    reason: textOpt(),
    at: int(),
  },
  { policy: 'append', scope: 'store', writers: ['till'], indexes: [['documentId']] },
);
