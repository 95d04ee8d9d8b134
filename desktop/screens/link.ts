import { createORPCClient } from '@orpc/client';
import { RPCLink as PortLink } from '@orpc/client/message-port';
import { ClientRetryPlugin, type ClientRetryPluginContext } from '@orpc/client/plugins';
import { RPCLink as SocketLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import { WebSocket as ReconnectingSocket } from 'partysocket';
import type { counterContract, tillContract } from '#shared/contract.ts';
import { type Connection, createConnection } from './connection.ts';
import { createSteadyPort } from './steady-port.ts';
import { takeToken } from './token.ts';

/** All a till can be asked, typed by its contract; calls go over whatever joins this window to it. */
export type TillClient = ContractRouterClient<typeof tillContract, ClientRetryPluginContext>;

/** A counter: its till, and under `practice` that of a training. */
type CounterClient = ContractRouterClient<typeof counterContract, ClientRetryPluginContext>;

export interface TillLink {
  readonly client: CounterClient;
  readonly connection: Connection;
}

/**
 * Joins the window to its till: over loopback with the token that came in the address, or in Electron over the port
 * that the preload hands in. Null in a browser that was given no token. Both open again by themselves.
 */
export function connectTill(page: Window): TillLink | null {
  if (!page.location.protocol.startsWith('http')) return overPort(page);
  const token = takeToken(page);
  return token === null ? null : overSocket(page, token);
}

function overSocket(page: Window, token: string): TillLink {
  const connection = createConnection();
  const socket = new ReconnectingSocket(
    `${page.location.origin.replace(/^http/, 'ws')}/rpc`,
    ['pestle', `bearer.${token}`],
    { minReconnectionDelay: 100, maxReconnectionDelay: 1000, connectionTimeout: 2000 },
  );
  socket.addEventListener('open', () => connection.set('open'));
  socket.addEventListener('close', () => connection.set('lost'));
  // partysocket types readyState as a number, the DOM as 0 | 1 | 2 | 3.
  const websocket = socket as unknown as WebSocket;
  return { client: createORPCClient(new SocketLink({ websocket, plugins: retries() })), connection };
}

function overPort(page: Window): TillLink {
  const connection = createConnection();
  const port = createSteadyPort(connection.set);
  page.addEventListener('message', (event) => {
    const [given] = event.ports;
    if (event.source === page && event.data === 'till-port' && given) port.adopt(given);
  });
  return { client: createORPCClient(new PortLink({ port, plugins: retries() })), connection };
}

const retries = () => [new ClientRetryPlugin<ClientRetryPluginContext>()];
