import { z } from 'zod';

const at = z.union([z.int().min(1).max(500), z.string().min(1).max(200)]);

/** How a file of opening stock is read: one row per batch in a store. Pure data, as the register's profiles are. */
export const stockProfileSchema = z.strictObject({
  name: z.string().min(1).max(200),
  encodings: z.array(z.string().max(200)).min(1),
  separator: z.string().length(1),
  quote: z.enum(['', '"', "'"]),
  header: z.boolean(),
  /** A column's place from 1, or its heading. Without a cost, stock comes in at cost 0. */
  columns: z.strictObject({ store: at, pack: at, batch: at, expiry: at, quantity: at, cost: at.optional() }),
  dateOrder: z.enum(['dmy', 'mdy', 'ymd']),
  decimalSign: z.enum([',', '.']),
  groupSigns: z.string().max(6),
  quantityIn: z.enum(['packs', 'base']),
  /** What the cost is the cost of: one pack, one base unit, or the whole row. */
  costPer: z.enum(['pack', 'base', 'row']),
});
export type StockProfile = z.infer<typeof stockProfileSchema>;

/** The form our own template has: headings, comma or semicolon, days as 2027-11-30 or months as 11/2027. */
export const stockTemplate: StockProfile = {
  name: 'Opening stock',
  encodings: ['auto'],
  separator: ',',
  quote: '"',
  header: true,
  columns: {
    store: 'store',
    pack: 'pack',
    batch: 'batch',
    expiry: 'expiry',
    quantity: 'quantity',
    cost: 'cost',
  },
  dateOrder: 'ymd',
  decimalSign: '.',
  groupSigns: '',
  quantityIn: 'packs',
  costPer: 'pack',
};
