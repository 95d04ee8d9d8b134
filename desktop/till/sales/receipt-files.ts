import type { ReceiptDesign } from '#shared/auth/receipt-design.ts';
import type { ReceiptFileFormat } from '#shared/sales/calls-receipt-files.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { auditChange } from '../audit-change.ts';
import type { Counter } from '../counter.ts';
import { nothing } from '../once.ts';
import type { ReceiptPrinter } from '../ports.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import { withLogo } from './receipt-design.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly printer: Pick<ReceiptPrinter, 'file'>;
  /** The receipts that are printed, as copies. */
  readonly copyOf: Readonly<Record<Kind, (documentId: string) => ReceiptDoc>>;
  /** A document with what is known of its signature (fiscal-queue.ts). */
  readonly marked: (doc: ReceiptDoc, documentId: string) => ReceiptDoc;
  readonly sampleOf: (design: ReceiptDesign) => ReceiptDoc;
};
type Kind = 'sale' | 'return';
type SaveCommand = {
  readonly commandId: string;
  readonly documentId: string;
  readonly format: ReceiptFileFormat;
};

/** Receipts as files: the document that would be printed, drawn on paper of its own. */
export function createReceiptFiles({ counter, sessions, printer, copyOf, marked, sampleOf }: Deps) {
  const numbered = counter.db.prepare<[string, string], { kind: Kind; number: string }>(
    `SELECT 'sale' AS kind, receipt_no AS number FROM sale WHERE id = ?
     UNION ALL SELECT 'return', return_no FROM sale_return WHERE id = ?`,
  );

  async function draw(doc: ReceiptDoc, { title, format }: { title: string; format: ReceiptFileFormat }) {
    const bytes = await printer.file?.(doc, { title, format });
    if (!bytes) return refuse({ code: 'NO_PAPER_MAKER' });
    return { fileName: `${title}.${format}`, base64: Buffer.from(bytes).toString('base64') };
  }

  return {
    /** In the audit before it is drawn, once for each command; repeated, it is drawn again. */
    async save({ commandId, documentId, format }: SaveCommand) {
      const { personId: actorId } = sessions.require(counter, 'sales.reprint');
      if (!printer.file) return refuse({ code: 'NO_PAPER_MAKER' });
      const { kind, number } = numbered.get(documentId, documentId) ?? refuse({ code: 'NOT_FOUND' });
      const doc = marked(copyOf[kind](documentId), documentId);
      counter.once.run({ what: 'receipt file', commandId, answer: nothing }, () => {
        const told = { actorId, action: 'sales.receipt-saved', subjectId: documentId, details: { format } };
        const changes = [auditChange(counter, counter.today(), told)];
        counter.replica.record({ type: 'reprint', actor: actorId, subjectId: null, changes });
        return {};
      });
      counter.live.changed('sync');
      const { logo } = counter.setting('sales.receipt-design');
      return draw(withLogo(doc, logo), { title: number, format });
    },

    /** A sample in a design; refused where nobody is signed in. */
    sample: async (design: ReceiptDesign, format: ReceiptFileFormat) =>
      draw(sampleOf(design), { title: 'receipt', format }),
  };
}
