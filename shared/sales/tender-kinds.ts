/** The means of payment there are. */
export const tenderKinds = ['cash', 'card', 'mobile', 'account', 'voucher'] as const;
export type TenderKind = (typeof tenderKinds)[number];
