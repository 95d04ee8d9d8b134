import { randomBytes, timingSafeEqual } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, statSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, normalize, sep } from 'node:path';
import { type Duplex, pipeline } from 'node:stream';
import { RPCHandler } from '@orpc/server/ws';
import { WebSocketServer } from 'ws';
import type { createTillRouter } from '../till/router.ts';

export type Loopback = { readonly url: string; readonly close: () => Promise<void> };

type Options = {
  readonly router: ReturnType<typeof createTillRouter>;
  /** Random, of RFC 7230 token characters: whoever has it is this till's screen. */
  readonly token: string;
  /** Folder of the built screens. */
  readonly screens: string;
  readonly port: number;
};

/**
 * The till's screens and contract for a browser on this machine. Bound to 127.0.0.1; a Host or Origin that is not this
 * address is refused, so no website can reach it by name (DNS rebinding) or by script; the contract wants the token.
 */
export async function startLoopback({ router, token, screens, port }: Options): Promise<Loopback> {
  const rpc = new RPCHandler(router);
  const sockets = new WebSocketServer({
    noServer: true,
    handleProtocols: () => 'pestle',
    maxPayload: 1_048_576,
  });
  const server = createServer((request, response) => {
    if (!isOurs(request, server)) return void response.writeHead(403).end();
    serveScreens(request, response, screens);
  });
  server.on('upgrade', (request, socket, head) => {
    if (!isOurs(request, server) || !mayConnect(request, token)) return refuseUpgrade(socket);
    sockets.handleUpgrade(request, socket, head, (ws) => {
      // A frame too long or not UTF-8 ends this connection, not the till.
      ws.on('error', () => ws.terminate());
      void rpc.upgrade(ws, {});
    });
  });
  await listen(server, port);
  return {
    url: `http://127.0.0.1:${portOf(server)}`,
    close: () =>
      new Promise((done) => {
        for (const client of sockets.clients) client.terminate();
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve());
  });
}

function portOf(server: Server): number {
  const address = server.address();
  return typeof address === 'object' && address ? address.port : 0;
}

function isOurs({ headers }: IncomingMessage, server: Server): boolean {
  const hosts = [`127.0.0.1:${portOf(server)}`, `localhost:${portOf(server)}`];
  if (!hosts.includes(headers.host ?? '')) return false;
  return headers.origin === undefined || hosts.some((host) => headers.origin === `http://${host}`);
}

/** Browsers cannot set headers on a WebSocket: the token comes as a second subprotocol. */
function mayConnect({ headers }: IncomingMessage, token: string): boolean {
  const offered = (headers['sec-websocket-protocol'] ?? '')
    .split(/,\s*/)
    .find((p) => p.startsWith('bearer.'));
  const given = Buffer.from(offered?.slice('bearer.'.length) ?? '');
  const wanted = Buffer.from(token);
  return given.length === wanted.length && timingSafeEqual(given, wanted);
}

function refuseUpgrade(socket: Duplex): void {
  socket.on('error', () => {});
  socket.end('HTTP/1.1 401 Unauthorized\r\nConnection: close\r\n\r\n');
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.woff2': 'font/woff2',
};

function serveScreens(request: IncomingMessage, response: ServerResponse, screens: string): void {
  if (request.method !== 'GET' && request.method !== 'HEAD') return void response.writeHead(405).end();
  const path = pathOf(request.url ?? '/');
  const file = path === null ? null : fileOf(screens, path);
  if (file === null) return void response.writeHead(404).end();
  if (extname(file) === '.html') return void sendPage(response, file);
  response.writeHead(200, {
    ...plainHeaders,
    'content-type': types[extname(file)] ?? 'application/octet-stream',
    'cache-control': 'no-cache',
  });
  pipeline(createReadStream(file), response, () => {});
}

/** The decoded path of a request; null where it is none, which must not end the till: any website can ask. */
function pathOf(target: string): string | null {
  const url = URL.parse(`http://127.0.0.1${target}`);
  try {
    return url && decodeURIComponent(url.pathname);
  } catch {
    return null;
  }
}

function fileOf(screens: string, path: string): string | null {
  const file = normalize(join(screens, path === '/' ? 'index.html' : path));
  if (!file.startsWith(normalize(screens) + sep)) return null;
  return existsSync(file) && statSync(file).isFile() ? file : null;
}

const plainHeaders = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-opener-policy': 'same-origin',
};

/** The page with a nonce of its own: no script and no style but ours runs. */
function sendPage(response: ServerResponse, file: string): void {
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    `script-src 'self' 'nonce-${nonce}'`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ];
  response.writeHead(200, {
    ...plainHeaders,
    'content-type': types['.html'],
    'cache-control': 'no-store',
    'content-security-policy': policy.join('; '),
  });
  response.end(readFileSync(file, 'utf8').replaceAll('__CSP_NONCE__', nonce));
}
