import { useLingui } from '@lingui/react/macro';
import type { CSSProperties } from 'react';
import {
  layoutReceipt,
  type PlacedCell,
  type ReceiptRow,
  type TextRow,
} from '#shared/sales/receipt-layout.ts';
import { receiptOfSale } from '#shared/sales/receipt-of-sale.ts';
import type { Hq } from '../hq.ts';

/** 80 mm paper's proportions at a width that reads well in a drawer. */
const PAPER = { normal: 42, small: 56, double: 21 } as const;

/** A sale's receipt as the till printed it: always black on paper, its text from the same tree. */
export function Receipt({ sale }: { readonly sale: Hq['sales']['get'] }) {
  const { t } = useLingui();
  const rows = layoutReceipt(receiptOfSale(sale, sale.store, { copy: false }), PAPER);
  return (
    <figure
      aria-label={t`Receipt ${sale.receiptNo}`}
      dir="ltr"
      lang={sale.store.language}
      className="m-0 w-fit rounded-[4px] border border-line bg-on-dark px-3.5 pt-3.5 pb-3 font-mono text-[11px] leading-[15px] text-[#111] [--ch:1ch]"
    >
      {rows.map((row, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a receipt never changes
        <Row key={place} row={row} codeSvg={sale.codeSvg} />
      ))}
    </figure>
  );
}

function Row({ row, codeSvg }: { readonly row: ReceiptRow; readonly codeSvg: string }) {
  switch (row.kind) {
    case 'text':
      return <Text row={row} />;
    case 'rule':
      return <hr className="my-1.5 border-0 border-t border-dashed border-[#555]" />;
    case 'feed':
      return <div style={{ blockSize: `${row.lines * 0.7}em` }} />;
    case 'qr':
    case 'code128':
      return (
        <div className="grid justify-items-center gap-1 py-1">
          <img alt="" className="size-24" src={`data:image/svg+xml,${encodeURIComponent(codeSvg)}`} />
          <span>{row.data}</span>
        </div>
      );
    default:
      return null;
  }
}

const sizes: Readonly<Record<TextRow['size'], string>> = {
  normal: '',
  small: 'text-[8.25px] leading-[12px]',
  double: 'text-[22px] leading-[28px]',
  tall: 'leading-[24px]',
};

/** Characters are the measure, as on paper; each text sits in the cell that the layout gave it. */
function Text({ row }: { readonly row: TextRow }) {
  const columns = row.size === 'small' ? PAPER.small : row.size === 'double' ? PAPER.double : PAPER.normal;
  return (
    <div
      className={`relative h-[1lh] whitespace-pre ${sizes[row.size]} ${row.bold ? 'font-bold' : ''}`}
      style={{ inlineSize: `${columns}ch` }}
    >
      {row.cells.map((cell) => (
        <span
          key={cell.column}
          dir={cell.ltr ? 'ltr' : 'auto'}
          className="absolute top-0"
          style={place(cell)}
        >
          {cell.text}
        </span>
      ))}
    </div>
  );
}

const place = (cell: PlacedCell): CSSProperties => ({
  left: `${cell.column}ch`,
  width: `${cell.width}ch`,
  textAlign: cell.align,
});
