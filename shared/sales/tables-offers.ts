import { bool, grouped, id, int, intOpt, json, oneOf, text, textOpt } from '#shared/tables/columns.ts';
import { defineTable } from '#shared/tables/define-table.ts';
import type { OfferRule } from './offer-rule.ts';

/** A reduction for a time, of the org or of one store; with a coupon code, only for who shows it. */
export const offer = defineTable(
  'offer',
  {
    id: id(),
    storeId: textOpt(),
    name: text(),
    rule: grouped('offer', json<OfferRule>()),
    /** Business dates, both included. */
    validFrom: grouped('offer', text()),
    validTo: grouped('offer', text()),
    /** Minutes of the local day, the end not included; null: all day. */
    fromMinute: grouped('offer', intOpt()),
    toMinute: grouped('offer', intOpt()),
    couponCode: textOpt(),
    active: bool(),
  },
  { policy: 'lww', scope: 'org-or-store', writers: ['hq'] },
);

/** A list of prices for some customers; a pack that is not on it costs its usual price less `ratePct3`. */
export const priceList = defineTable(
  'price_list',
  { id: id(), name: text(), ratePct3: int(), active: bool() },
  {
    policy: 'lww',
    scope: 'org',
    writers: ['hq'],
    checks: { rate: 'rate_pct3 between 0 and 100000' },
  },
);

export const listPrice = defineTable(
  'list_price',
  {
    id: id(),
    listId: text(),
    packId: text(),
    priceMinor: grouped('price', int()),
    validFrom: grouped('price', text()),
  },
  {
    policy: 'lww',
    scope: 'org',
    writers: ['hq'],
    indexes: [['listId', 'packId']],
    checks: { amount: 'price_minor >= 0' },
  },
);

/** What a customer has in points is the sum of these. */
export const loyaltyEntry = defineTable(
  'loyalty_entry',
  {
    id: id(),
    storeId: text(),
    tillId: text(),
    customerId: text(),
    kind: oneOf('earn', 'redeem', 'reverse', 'adjust'),
    points: int(),
    documentId: textOpt(),
    at: int(),
    businessDate: text(),
    actorId: text(),
  },
  { policy: 'append', scope: 'store', writers: ['till', 'hq'], indexes: [['customerId']] },
);

/** Why a line or a sale cost less, beside the amounts its row has: what was given, and who agreed. */
export const discountNote = defineTable(
  'discount_note',
  {
    id: id(),
    storeId: text(),
    saleId: text(),
    /** Null for the discount of the whole sale. */
    saleLineId: textOpt(),
    kind: oneOf('line', 'cart', 'offer', 'coupon', 'loyalty', 'price'),
    offerId: textOpt(),
    amountMinor: int(),
    reason: textOpt(),
    /** Who agreed in place, where it was more than the cashier may give. */
    authorisedBy: textOpt(),
  },
  {
    policy: 'append',
    scope: 'store',
    writers: ['till'],
    indexes: [['saleId']],
  },
);
