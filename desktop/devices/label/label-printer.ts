import type { LabelLayout } from '#shared/catalog/label-layout.ts';
import type { Rasteriser } from '../escpos/raster.ts';
import type { Printer, PrintOutcome } from '../printer.ts';
import { drawLabel } from './draw.ts';
import { encodeLabelPicture } from './escpos.ts';
import { labelSvg, labelText } from './preview.ts';
import { encodeZpl } from './zpl.ts';

export const labelLanguages = ['zpl', 'esc-pos'] as const;
export type LabelLanguage = (typeof labelLanguages)[number];

export type LabelPrinterOptions = {
  /** Whatever carries the bytes. */
  readonly printer: Printer;
  readonly language: LabelLanguage;
  readonly rasteriser: () => Promise<Rasteriser>;
};

export type LabelCopies = { readonly layout: LabelLayout; readonly copies: number };

/** Prints labels in the printer's language, all of a call as one job, and draws what they look like. */
export function createLabelPrinter({ printer, language, rasteriser }: LabelPrinterOptions) {
  const encode = async ({ layout, copies }: LabelCopies): Promise<Uint8Array> =>
    language === 'zpl'
      ? encodeZpl(layout, { copies, rasteriser })
      : encodeLabelPicture(await drawLabel(layout, rasteriser), copies);
  return {
    async print(labels: readonly LabelCopies[]): Promise<PrintOutcome> {
      const jobs: Uint8Array[] = [];
      for (const label of labels) jobs.push(await encode(label));
      return printer.print(Buffer.concat(jobs));
    },
    async preview(layout: LabelLayout): Promise<{ readonly svg: string; readonly text: string }> {
      return { svg: labelSvg(await drawLabel(layout, rasteriser)), text: labelText(layout) };
    },
  };
}
