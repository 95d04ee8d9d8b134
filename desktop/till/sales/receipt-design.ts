import type { ReceiptDesign } from '#shared/auth/receipt-design.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { receiptOfSale } from '#shared/sales/receipt-of-sale.ts';
import { sampleSale } from '#shared/sales/receipt-sample.ts';
import type { Counter } from '../counter.ts';
import { editSetting } from '../edit-setting.ts';
import type { ReceiptPrinter } from '../ports.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly printer: Pick<ReceiptPrinter, 'preview'>;
};

/** How this store's receipts look, and how they would. */
export function createReceiptDesigner({ counter, sessions, printer }: Deps) {
  /** A sample sale in this design, by whoever is signed in. */
  function sample(design: ReceiptDesign): ReceiptDoc {
    const person = sessions.read(counter) ?? refuse({ code: 'NOT_SIGNED_IN' });
    const shop = counter.shop();
    const { currency, taxMode } = shop;
    const place = { at: counter.clock.nowMs(), tillName: counter.till().name, cashierName: person.name };
    const doc = receiptOfSale(sampleSale({ ...place, currency, taxMode }), shop, { copy: false, design });
    return withLogo(doc, design.logo);
  }

  return {
    read: (): ReceiptDesign => counter.setting('sales.receipt-design'),
    sample,
    preview: (design: ReceiptDesign) => printer.preview(sample(design)),

    save(commandId: string, design: ReceiptDesign): Record<string, never> {
      editSetting(counter, sessions, { commandId, key: 'sales.receipt-design', value: design });
      return {};
    },
  };
}

/** The receipt with the picture itself where its design has a logo: kept jobs name the place alone. */
export function withLogo(doc: ReceiptDoc, logo: string | null): ReceiptDoc {
  if (logo === null) return doc;
  const image = logo.slice(logo.indexOf(',') + 1);
  return { ...doc, nodes: doc.nodes.map((node) => (node.kind === 'logo' ? { ...node, image } : node)) };
}
