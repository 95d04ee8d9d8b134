import type { TenderKind } from '#shared/sales/tender-kinds.ts';
import { sum } from './arithmetic.ts';
import type { AttemptModel, Model, SaleModel } from './model.ts';

export const isUnsettled = ({ state }: AttemptModel): boolean => state === 'asking' || state === 'unknown';

/** What somebody has to see to: what nobody knows, and money that was taken without a sale. */
export function openOnes({ attempts }: Model): readonly AttemptModel[] {
  return attempts.filter((attempt) => {
    if (attempt.kind === 'refund') return isUnsettled(attempt);
    if (attempt.state !== 'approved') return isUnsettled(attempt);
    const tried = attempts.findLast(({ chargeId }) => chargeId === attempt.id);
    return attempt.saleId === null && (!tried || tried.state === 'declined' || tried.state === 'not-charged');
  });
}

/** A terminal does one thing at a time. */
export const busy = ({ attempts }: Model): 'CARD_UNSETTLED' | null =>
  attempts.some(({ state }) => state === 'asking') ? 'CARD_UNSETTLED' : null;

/** What nobody charges, or types, the same amount beside. */
export const standsInTheWay = (model: Model, amountMinor: number, held: readonly string[]): boolean =>
  openOnes(model).some((one) => one.amountMinor === amountMinor && !held.includes(one.id));

/** What the till has to ask its terminal for before card money of a sale goes back, or what it refuses that with. */
export function refundDue(
  { attempts }: Model,
  saleId: string,
  cardMinor: number,
): { readonly code: string } | { readonly code: null; readonly askMinor: number } {
  const refunds = refundsOf(attempts, saleId);
  if (refunds.some(isUnsettled)) return { code: 'CARD_UNSETTLED' };
  const approved = refunds.filter(({ state }) => state === 'approved');
  const unwrittenMinor = minorOf(approved.filter(({ written }) => !written));
  if (unwrittenMinor > cardMinor) return { code: 'REFUND_GIVEN' };
  const tookMinor = minorOf(attempts.filter((one) => one.kind === 'charge' && one.saleId === saleId));
  return {
    code: null,
    askMinor: Math.max(0, Math.min(cardMinor - unwrittenMinor, tookMinor - minorOf(approved))),
  };
}

/** A return says from now on what the terminal gave. */
export function writeRefunds({ attempts }: Model, saleId: string): void {
  for (const one of refundsOf(attempts, saleId)) if (one.state === 'approved') one.written = true;
}

/**
 * Where the money of a return goes but for cash: as much of each kind as it paid and is left of it, in this order; what
 * goods were exchanged for has left in the same order.
 */
export function partsByHand(
  { paid, back }: SaleModel,
  totalMinor: number,
  exchangedMinor: number,
): ReadonlyMap<TenderKind, number> {
  let goneMinor = (back.get('exchange') ?? 0) + exchangedMinor;
  let restMinor = totalMinor - exchangedMinor;
  const parts = new Map<TenderKind, number>();
  for (const kind of ['card', 'mobile', 'account', 'voucher'] as const) {
    const leftMinor = (paid.get(kind) ?? 0) - (back.get(kind) ?? 0);
    const awayMinor = Math.min(goneMinor, leftMinor);
    const partMinor = Math.min(restMinor, leftMinor - awayMinor);
    parts.set(kind, partMinor);
    goneMinor -= awayMinor;
    restMinor -= partMinor;
  }
  return parts;
}

export const cardPart = (sale: SaleModel, totalMinor: number, exchangedMinor = 0): number =>
  partsByHand(sale, totalMinor, exchangedMinor).get('card') ?? 0;

const refundsOf = (attempts: readonly AttemptModel[], saleId: string) =>
  attempts.filter((one) => one.kind === 'refund' && one.saleId === saleId);
const minorOf = (attempts: readonly AttemptModel[]): number =>
  sum(attempts.map(({ amountMinor }) => amountMinor));
