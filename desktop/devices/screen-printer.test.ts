import { expect, test } from 'vitest';
import { saleReceipt } from '#shared/sales/receipt.ts';
import { encodeReceipt } from './escpos/encode.ts';
import { toText } from './escpos/interpreter/document.ts';
import { receiptSvg } from './escpos/preview.ts';
import { printerProfiles } from './escpos/profiles.ts';
import { sampleSale } from './escpos/sample-receipts.ts';
import { createScreenPrinter } from './screen-printer.ts';

const noRaster = { rasteriser: () => Promise.reject(new Error('not needed')) };
const receipt = () => encodeReceipt(saleReceipt(sampleSale), printerProfiles['generic-80'], noRaster);

test('the screen shows what the bytes say', async () => {
  const printer = createScreenPrinter({ dots: 576, keep: 3 });
  expect(await printer.print(await receipt())).toEqual({ code: 'printed', confirmed: true });
  const [print] = printer.prints();
  expect(print && toText(print.doc)).toContain('TOTAL EUR         €27.76');
  expect(print?.svg).toContain('>Pharmacie du Pont<');
});

test('it keeps the last few prints, and tells listeners of each', async () => {
  const printer = createScreenPrinter({ dots: 576, keep: 2 });
  const heard: number[] = [];
  const stop = printer.onPrint(({ number }) => heard.push(number));
  for (let i = 0; i < 3; i++) await printer.print(Buffer.from('x\n'));
  stop();
  await printer.print(Buffer.from('x\n'));
  expect(printer.prints().map(({ number }) => number)).toEqual([3, 4]);
  expect(heard).toEqual([1, 2, 3]);
});

test('trouble is what a real printer would report, and nothing is printed in it', async () => {
  const printer = createScreenPrinter({ dots: 576, keep: 2 });
  printer.setTrouble({ code: 'paper-out' });
  expect(await printer.print(await receipt())).toEqual({ code: 'paper-out' });
  expect(await printer.status()).toEqual({ code: 'paper-out' });
  expect(printer.prints()).toEqual([]);
  printer.setTrouble(undefined);
  expect(await printer.print(await receipt())).toEqual({ code: 'printed', confirmed: true });
});

test('the preview of a receipt is what the printer will show', async () => {
  const printer = createScreenPrinter({ dots: 576, keep: 1 });
  await printer.print(await receipt());
  const preview = await receiptSvg(saleReceipt(sampleSale), printerProfiles['generic-80'], noRaster);
  expect(printer.prints()[0]?.svg).toBe(preview);
});
