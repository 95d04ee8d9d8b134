import { bool, grouped, id, int, json, later, oneOf, text, textOpt } from '#shared/tables/columns.ts';
import { defineTable } from '#shared/tables/define-table.ts';
import { scheduleClasses } from './schedule-class.ts';

/** An active substance with its strength as printed ('500 mg'); strength is '' where the register gives none. */
export type Generic = { readonly name: string; readonly strength: string };

/** Catalogue entry of a drug product; also other articles a pharmacy sells. */
export const medicine = defineTable(
  'medicine',
  {
    id: id(),
    kind: oneOf('medicine', 'article'),
    brand: text(),
    generics: json<readonly Generic[]>(),
    form: text(),
    route: text(),
    holder: text(),
    scheduleClass: oneOf(...scheduleClasses),
    /** Display only ('prednisoLONE'); '' when the name needs no tall-man lettering. */
    tallMan: text(),
    /** Same group = substitutable; '' when none. */
    genericGroup: text(),
    discountAllowed: bool(),
    /** 'sourceName:code' in the register it came from; '' when made by hand. */
    registerRef: text(),
    /** How an article is sold (sold-as.ts); null: from stock, at its price. */
    soldAs: later(textOpt()),
  },
  { policy: 'lww', scope: 'org', writers: ['hq'], indexes: [['registerRef'], ['genericGroup']] },
);

/** What is sold: a medicine in a size. */
export const pack = defineTable(
  'pack',
  {
    id: id(),
    medicineId: text(),
    /** 'box of 16 tablets', as the register words it. */
    label: text(),
    /** Base units in one pack. */
    packSize: int(),
    /** 'tablet', 'ml', 'piece': what a base unit is. */
    baseUnit: text(),
    /** Whether loose base units may be handed over. */
    breakable: bool(),
    taxClassId: text(),
    status: oneOf('active', 'withdrawn'),
    registerRef: text(),
  },
  {
    policy: 'lww',
    scope: 'org',
    writers: ['hq'],
    indexes: [['medicineId'], ['registerRef']],
    checks: { size: 'pack_size > 0' },
  },
);

/** A code that stands for a pack: 'gtin:03400930000011', 'pzn:…', 'sku:…' (normalised by scan.ts). */
export const packCode = defineTable(
  'pack_code',
  { id: id(), packId: text(), code: text() },
  { policy: 'lww', scope: 'org', writers: ['hq'], indexes: [['code'], ['packId']] },
);

/** A pack's price from a day on, for the org or one store. */
export const price = defineTable(
  'price',
  {
    id: id(),
    packId: text(),
    storeId: textOpt(),
    priceMinor: grouped('price', int()),
    validFrom: grouped('price', text()),
  },
  {
    policy: 'lww',
    scope: 'org-or-store',
    writers: ['hq'],
    indexes: [['packId']],
    checks: { amount: 'price_minor >= 0' },
  },
);

export const taxClass = defineTable(
  'tax_class',
  { id: id(), name: text() },
  { policy: 'lww', scope: 'org', writers: ['hq'] },
);

/** The rate of a tax class from a day on: its components in thousandths of a percent (India [2500, 2500]). */
export const taxRate = defineTable(
  'tax_rate',
  {
    id: id(),
    taxClassId: text(),
    pct3: grouped('rate', json<readonly number[]>()),
    validFrom: grouped('rate', text()),
  },
  { policy: 'lww', scope: 'org', writers: ['hq'], indexes: [['taxClassId']] },
);
