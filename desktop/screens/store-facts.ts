import type { TillState } from '#shared/auth/calls.ts';

/** The store as the till tells it. */
export type StoreFacts = Extract<TillState, { readonly phase: 'ready' }>['store'];
