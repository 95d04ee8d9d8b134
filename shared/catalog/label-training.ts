import type { LabelLayout, PlacedItem, PlacedText } from './label-layout.ts';

/**
 * A shelf label as it comes out in training: `line` in a band over its top, and under it what the label says, less high.
 * A QR code cannot be made less high, so it stays away.
 */
export function trainingLabel(layout: LabelLayout, line: string): LabelLayout {
  const band = Math.max(1, Math.floor(layout.height / 5));
  const share = (layout.height - band) / layout.height;
  const mark: PlacedText = {
    ...{ kind: 'text', x: 0, y: 0, width: layout.width, align: 'center', bold: true },
    ...{ height: heightFor(line, { ...layout, height: band }), text: line },
  };
  return { ...layout, items: [mark, ...layout.items.flatMap((item) => lower(item, band, share))] };
}

/** Bold letters are about three fifths as wide as they are high (label-layout.ts). */
const heightFor = (line: string, box: { readonly width: number; readonly height: number }): number =>
  Math.max(1, Math.min(box.height, Math.floor(box.width / ([...line].length * 0.6))));

function lower(item: PlacedItem, band: number, share: number): readonly PlacedItem[] {
  const y = band + Math.floor(item.y * share);
  const height = Math.max(1, Math.floor(item.height * share));
  if (item.kind !== 'symbol') return [{ ...item, y, height }];
  if (item.symbol === 'qr') return [];
  return [{ ...item, y, height, digits: Math.floor(item.digits * share) }];
}
