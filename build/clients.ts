import { createORPCClient } from '@orpc/client';
import { RPCLink as HttpLink } from '@orpc/client/fetch';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import type { hqContract, tillContract } from '#shared/contract.ts';

/** A till as its screens see it, for programs that drive one. */
export type TillClient = ContractRouterClient<typeof tillContract>;
/** HQ as the back office sees it. */
export type HqClient = ContractRouterClient<typeof hqContract>;

export type TillConnection = { readonly till: TillClient; readonly close: () => void };

/** Speaks a till's contract over loopback. Calls fail when the till dies; connect again to the next one. */
export function connectTill({
  url,
  token,
}: {
  readonly url: string;
  readonly token: string;
}): TillConnection {
  const websocket = new WebSocket(`${url.replace(/^http/, 'ws')}/rpc`, ['pestle', `bearer.${token}`]);
  return { till: createORPCClient(new SocketLink({ websocket })), close: () => websocket.close() };
}

/** Signs a person of the back office in and speaks HQ's contract with the session. Throws when HQ refuses the sign-in. */
export async function connectHq(
  url: string,
  { email, password }: { readonly email: string; readonly password: string },
): Promise<HqClient> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`HQ refused the sign-in of ${email}: HTTP ${response.status}`);
  const cookie = response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
  return createORPCClient(new HttpLink({ url: `${url}/rpc`, headers: { cookie } }));
}

/** The first value for which `is` holds, of a call that watches something; throws when it ends or `withinMs` are over. */
export async function firstWhere<T>(
  watching: Promise<AsyncIterable<T>>,
  is: (value: T) => boolean,
  withinMs: number,
): Promise<T> {
  const values = (await watching)[Symbol.asyncIterator]();
  const late = Promise.withResolvers<never>();
  let last: T | undefined;
  const timer = setTimeout(
    () => late.reject(new Error(`not within ${withinMs} ms; the last was ${JSON.stringify(last)}`)),
    withinMs,
  );
  try {
    for (;;) {
      const next = await Promise.race([values.next(), late.promise]);
      if (next.done) throw new Error('what was watched has ended');
      last = next.value;
      if (is(next.value)) return next.value;
    }
  } finally {
    clearTimeout(timer);
    void values.return?.();
  }
}
