import { type LabelLayout, layoutLabel } from './label-layout.ts';
import { parseLabelTemplate } from './label-template.ts';

/** Whose badge, of which store, and what the till reads off it (auth/badge.ts). */
type BadgeWords = { readonly name: string; readonly storeName: string; readonly code: string };

/**
 * A badge on a label of 50 × 30 mm, as the shelf labels of the same roll are: the code as a QR symbol, for a Code 128 of
 * so many letters is wider than any badge, with the name and the store beside it. `dotsPerMm` is the printer's.
 */
export function badgeLabel(
  { name, storeName, code }: BadgeWords,
  direction: 'ltr' | 'rtl',
  dotsPerMm: number,
): LabelLayout {
  const template = parseLabelTemplate(
    `label 50 x 30${direction === 'rtl' ? ' rtl' : ''}\n${items[direction]}`,
  );
  if (!template.ok) throw new Error(`the badge is a label: ${template.error.code}`);
  const nothing = { price: '', unitPrice: '', batch: '', expiry: '' };
  const laid = layoutLabel(template.value, { ...nothing, name, pack: storeName, code }, dotsPerMm);
  if (!laid.ok) throw new Error(`a badge's code always fits: ${laid.error.code}`);
  return laid.value;
}

/** The code stands where reading starts. */
const items = {
  ltr: `qr 1 3 "{code}" height 24 width 24
text 26 6 "{name}" height 3.8 width 23 lines 3 bold
text 26 19 "{pack}" height 2.6 width 23 lines 3
`,
  rtl: `qr 25 3 "{code}" height 24 width 24
text 1 6 "{name}" height 3.8 width 23 lines 3 bold
text 1 19 "{pack}" height 2.6 width 23 lines 3
`,
} as const;
