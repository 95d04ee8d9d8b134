import { create } from 'zustand';
import type { SaleView } from '#shared/sales/calls.ts';
import type { CardAttemptView } from '#shared/sales/calls-cards.ts';
import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import type { Quantity } from './hands.ts';
import type { CardRefusal, CartRefusal, PayRefusal } from './refusal.ts';

/** A tender handed over, or about to be. */
export interface Tender {
  readonly kind: TenderKind;
  readonly amountMinor: number;
  /** A slip's number, a voucher's code. */
  readonly reference?: string;
  /** The attempt at the card terminal that was approved. */
  readonly attemptId?: string;
  /** Cash in another currency, worth `amountMinor`. */
  readonly foreign?: { readonly currency: string; readonly foreignMinor: number };
}

/** A payment asked for and not answered yet: asked again under the same id, it is made once. */
export interface PayRequest {
  readonly commandId: string;
  readonly totalMinor: number;
  readonly tenders: Tender[];
  readonly pharmacist?: { readonly personId: string; readonly pin: string };
  readonly agreed?: { readonly personId: string; readonly pin: string };
}

export interface Payment {
  readonly taken: readonly Tender[];
  readonly kind: TenderKind;
  /** The currency of cash that is not the store's own; null for all else. */
  readonly currency: string | null;
  /** The amount as it is being typed. */
  readonly text: string;
  /** The slip's number or the voucher's code, as it is being typed. */
  readonly reference: string;
  readonly asked: PayRequest | null;
  /** The request that was refused last: a pharmacist may agree to it. */
  readonly refused: PayRequest | null;
  /** Why it was not made, or `SCANNED`: something was scanned in the middle of it. */
  readonly refusal:
    | PayRefusal
    | CardRefusal
    | CardRefused
    | { readonly code: 'SCANNED' }
    | { readonly code: 'TOO_MUCH' }
    | null;
  /** The card terminal is being asked. */
  readonly waiting: boolean;
  /** Attempts this payment began: approved late, they are its own. */
  readonly attempts: readonly string[];
}

/** The terminal took nothing; `reason` in its words. */
export interface CardRefused {
  readonly code: 'CARD_REFUSED';
  readonly data: Pick<CardAttemptView, 'kind' | 'state' | 'reason'>;
}

export const noPayment: Payment = {
  taken: [],
  kind: 'cash',
  currency: null,
  text: '',
  reference: '',
  asked: null,
  refused: null,
  refusal: null,
  waiting: false,
  attempts: [],
};

/** The screen a person is at, once signed in. */
export type Task =
  | 'sell'
  | 'unlisted'
  | 'batch'
  | 'substitutes'
  | 'price-check'
  | 'pay'
  | 'done'
  | 'sync'
  | 'customers'
  | 'oversell'
  | 'second-refunds'
  | 'returns'
  | 'shift'
  | 'scanner'
  | 'labels'
  | 'badges'
  | 'receipt-design'
  | 'devices'
  | 'reports'
  | 'audit'
  | 'store-settings'
  | 'label-template'
  | 'settings';

/** What was tried when the till refused: what an answer to the refusal goes on with. */
export interface Attempt {
  readonly quantity: Quantity;
  /** What is weighed where the till wants its weight first. */
  readonly of?: Weighed;
}

/** What a weight is for: a code that was scanned, a pack that was found (of a batch that was chosen), or a line of the sale. */
export type Weighed =
  | { readonly code: string }
  | { readonly packId: string; readonly batchId?: string }
  | { readonly lineId: string };

export interface Refused {
  readonly refusal: CartRefusal;
  readonly attempt: Attempt;
}

/** What F7 looks for a substitute of: a line of the sale, or a pack that was found; one pack where nothing is said. */
export interface Asked {
  readonly packId: string;
  readonly lineId: string | null;
  readonly wantBase?: number;
}

/** A sale just completed, with what it was paid by. */
export type Paid = SaleView & { readonly printJobId: string };

/**
 * What the person at this till is doing. Nothing here is true of the pharmacy: that comes from the till, live. It is
 * all gone with the page; the sale in progress is the till's and on its disk.
 */
export interface Desk {
  readonly task: Task;
  readonly overlay:
    | 'palette'
    | 'help'
    | 'clear'
    | 'discount'
    | 'price'
    | 'note'
    | 'coupon'
    | 'hold'
    | 'recall'
    | 'drawer'
    | 'training'
    | 'elsewhere'
    | 'weigh'
    | null;
  /** In the scan field. */
  readonly text: string;
  /** `n *`: packs of the next article; null when nothing was typed. */
  readonly packs: number | null;
  /** The line that + − Del and F6 are about; null for the last one. */
  readonly chosenLineId: string | null;
  /** The line whose quantity is being typed. */
  readonly editingLineId: string | null;
  readonly refused: Refused | null;
  readonly asked: Asked | null;
  /** What lies on the scale while the overlay is `weigh`. */
  readonly weighing: { readonly name: string; readonly of: Weighed } | null;
  /** The pack that other stores may have (Shift+F7). */
  readonly elsewhereOf: string | null;
  readonly paid: Paid | null;
  readonly payment: Payment;
  /** Who locked the till, and over which sale: shown while it waits. */
  readonly locked: Locked | null;
}

export interface Locked {
  readonly personId: string;
  readonly lines: number;
  readonly totalMinor: number;
  readonly atMs: number;
}

const atRest = {
  task: 'sell',
  overlay: null,
  text: '',
  packs: null,
  chosenLineId: null,
  editingLineId: null,
  refused: null,
  asked: null,
  weighing: null,
  elsewhereOf: null,
  paid: null,
  payment: noPayment,
} as const;

export const useDesk = create<Desk>(() => ({ ...atRest, locked: null }));

/** Changes what the person is doing. */
export const setDesk = (change: Partial<Desk>): void => useDesk.setState(change);

export const setPayment = (change: Partial<Payment>): void =>
  useDesk.setState(({ payment }) => ({ payment: { ...payment, ...change } }));

/** A new person, or a new sale: nothing chosen, nothing typed. */
export const clearDesk = (): void => useDesk.setState(atRest);
