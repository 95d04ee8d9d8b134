import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient, InferContractRouterOutputs } from '@orpc/contract';
import { createTanstackQueryUtils } from '@orpc/tanstack-query';
import { z } from 'zod';
import type { hqContract } from '#shared/contract.ts';

/** What HQ answers, call by call. */
export type Hq = InferContractRouterOutputs<typeof hqContract>;

/** HQ's contract over HTTP; the session cookie goes along by itself. */
export const hq: ContractRouterClient<typeof hqContract> = createORPCClient(
  new RPCLink({ url: () => `${location.origin}/rpc` }),
);

/** The same as queries and mutations. */
export const hqQuery = createTanstackQueryUtils(hq);

/** Why a call failed, as far as a page tells failures apart. */
export type Failure = 'signed-out' | 'forbidden' | 'database-away' | 'unreachable' | 'refused' | 'bug';

export function failureOf(error: unknown): Failure {
  if (!(error instanceof ORPCError)) return error instanceof TypeError ? 'unreachable' : 'bug';
  if (error.status === 401) return 'signed-out';
  if (error.status === 403) return 'forbidden';
  if (error.status === 503) return 'database-away';
  return error.defined ? 'refused' : 'bug';
}

/** The right that HQ says is missing. */
export function missingRight(error: unknown): string | null {
  const said = error instanceof ORPCError && error.status === 403 ? forbidden.safeParse(error.data) : null;
  return said?.success ? said.data.right : null;
}
const forbidden = z.object({ right: z.string() });

/** The code of a refusal that the contract names; null for everything else. */
export const refusalCode = (error: unknown): string | null =>
  error instanceof ORPCError && error.defined ? String(error.code) : null;

/** How a try to sign in ended. */
export type SignInOutcome = 'ok' | 'wrong' | 'too-many' | 'away';

export async function signIn(email: string, password: string): Promise<SignInOutcome> {
  const answer = await post('/api/auth/sign-in/email', { email, password });
  if (answer === null || answer.status >= 500) return 'away';
  if (answer.status === 429) return 'too-many';
  return answer.ok ? 'ok' : 'wrong';
}

export const signOut = (): Promise<unknown> => post('/api/auth/sign-out', {});

async function post(path: string, body: object): Promise<Response | null> {
  try {
    return await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    return null;
  }
}
