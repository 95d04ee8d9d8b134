import { ORPCError } from '@orpc/server';
import type { Result } from '#shared/kernel/result.ts';

/** A refusal of the contract: the code must be one the call declares, the rest is what the call says comes with it. */
export type Refusal = { readonly code: string };

/**
 * Leaves the handler, and with it the transaction, with a typed error for the caller. Nothing stays half done. Where
 * the data have a `code` of their own they come as `data`.
 */
export function refuse(refusal: Refusal & Readonly<Record<string, unknown>>): never {
  const { code, ...rest } = refusal;
  throw new ORPCError(code, {
    data: 'data' in rest ? rest.data : Object.keys(rest).length > 0 ? rest : undefined,
  });
}

/** The value, or the refusal as the contract's error of the same code. */
export function orRefuse<T, E extends Refusal>(result: Result<T, E>): T {
  return result.ok ? result.value : refuse({ ...result.error });
}
