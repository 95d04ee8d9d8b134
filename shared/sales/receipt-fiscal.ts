import { shortSignature } from './fiscal.ts';
import type { ReceiptDoc, ReceiptNode } from './receipt.ts';
import { receiptWords } from './receipt-words.ts';

/** What a receipt says of its signing; null says nothing: a device that is well is asked after the print. */
export type FiscalMark =
  | { readonly state: 'signed'; readonly signature: string }
  | { readonly state: 'failed' }
  | null;

/** A receipt or report with its signature, or that the fiscal device has failed, as its last words. */
export function fiscalReceipt(doc: ReceiptDoc, mark: FiscalMark, shopLanguage: string): ReceiptDoc {
  if (mark === null) return doc;
  const words = receiptWords[shopLanguage === 'fr' || shopLanguage === 'ar' ? shopLanguage : 'en'].fiscal;
  const said: ReceiptNode =
    mark.state === 'failed'
      ? { kind: 'text', text: `*** ${words.failed} ***`, align: 'center', bold: true }
      : {
          ...{ kind: 'text', align: 'center', size: 'small' },
          text: `${words.signature} ${shortSignature(mark.signature)}`,
        };
  const cut = doc.nodes.findLastIndex(({ kind }) => kind === 'cut');
  const end = cut > 0 && doc.nodes[cut - 1]?.kind === 'feed' ? cut - 1 : cut;
  const at = end < 0 ? doc.nodes.length : end;
  return { ...doc, nodes: [...doc.nodes.slice(0, at), said, ...doc.nodes.slice(at)] };
}
