/** The means of payment there are; `exchange` is what goods brought back in the same go are worth. */
export const tenderKinds = ['cash', 'card', 'mobile', 'account', 'voucher', 'exchange'] as const;
export type TenderKind = (typeof tenderKinds)[number];
