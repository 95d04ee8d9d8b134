import { type ClientPromiseResult, type InferClientErrorUnion, ORPCError, safe } from '@orpc/client';
import type { TillClient } from './link.ts';

/** A typed error of the contract, as `code` and `data`. */
type Typed<E> = E extends { readonly code: infer C; readonly data: infer D }
  ? { readonly code: C; readonly data: D }
  : never;

type ErrorsOf<Call extends keyof TillClient['sales']> = Typed<
  Extract<InferClientErrorUnion<TillClient['sales'][Call]>, { readonly code: string }>
>;

type CardErrorsOf<Call extends keyof TillClient['sales']['cards']> = Typed<
  Extract<InferClientErrorUnion<TillClient['sales']['cards'][Call]>, { readonly code: string }>
>;

/** What the contract does not name: the till does not answer, or a bug answered. */
export type Trouble =
  | { readonly code: 'UNREACHABLE'; readonly data: undefined }
  | { readonly code: 'UNEXPECTED'; readonly data: undefined };

/** Why the sale is as it was. */
export type CartRefusal = ErrorsOf<'scan'> | Trouble;
/** Why the sale's terms are as they were. */
export type TermsRefusal = ErrorsOf<'setDiscount'> | Trouble;
/** Why a held sale was not taken up. */
export type RecallRefusal = ErrorsOf<'recall'> | ErrorsOf<'discardHeld'> | Trouble;
/** Why nothing was paid. */
export type PayRefusal = ErrorsOf<'pay'> | Trouble;
/** Why the card terminal was not asked. */
export type CardRefusal = CardErrorsOf<'charge' | 'ask' | 'settle' | 'giveBack'> | Trouble;

export type Answer<T, R> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: R };

/** Waits for a call and turns its failures into values: the contract's typed errors as `R`, or trouble. */
export async function answerOf<T, E>(call: ClientPromiseResult<T, E>): Promise<Answer<T, RefusalOf<E>>> {
  const { error, data, isSuccess } = await safe(call);
  if (isSuccess) return { ok: true, value: data };
  return { ok: false, refusal: refusalOf<E>(error) };
}

/** A call that carries its own command id may be asked again until it is answered. */
export const repeatable = (attempts: number) => ({
  retry: attempts,
  retryDelay: 250,
  shouldRetry: ({ error }: { readonly error: unknown }) => !(error instanceof ORPCError),
});

export type RefusalOf<E> = Typed<Extract<E, { readonly code: string }>> | Trouble;

function refusalOf<E>(error: unknown): RefusalOf<E> {
  if (!(error instanceof ORPCError)) return { code: 'UNREACHABLE', data: undefined };
  if (!error.defined) return { code: 'UNEXPECTED', data: undefined };
  // What the contract declares is what a defined error of this call is; `E` is its union.
  return { code: error.code, data: error.data } as RefusalOf<E>;
}
