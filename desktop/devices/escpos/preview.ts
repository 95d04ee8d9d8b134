import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { type EncodeMeans, encodeReceipt } from './encode.ts';
import { interpret } from './interpreter/interpret.ts';
import { toSvg } from './interpreter/svg.ts';
import type { PrinterProfile } from './profiles.ts';

/** The receipt as it would leave this printer: made from the printer's bytes, so that it cannot show otherwise. */
export async function receiptSvg(
  doc: ReceiptDoc,
  profile: PrinterProfile,
  means: EncodeMeans,
): Promise<string> {
  return toSvg(interpret(await encodeReceipt(doc, profile, means)), profile.dots);
}
