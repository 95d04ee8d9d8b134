import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { extname, resolve, sep } from 'node:path';
import type { CustomScheme, Protocol } from 'electron';

/** Where the screens live. file:// would give pages more rights than a till's need, and blocks module scripts. */
export const screensOrigin = 'pestle://till';
export const screensUrl = `${screensOrigin}/index.html`;

/** To be registered before the app is ready: the screens' scheme has origins, fetch and a secure context like https. */
export const screensScheme: CustomScheme = {
  scheme: 'pestle',
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
};

/** Serves the built screens (dist/screens), and nothing beside them, under `screensOrigin`. */
export function serveScreens(protocol: Protocol, folder: string): void {
  protocol.handle(screensScheme.scheme, (request) => answer(request, folder));
}

/** Whether a page of ours is shown there; the path after it does not matter. */
export function isOurs(url: string): boolean {
  return url.startsWith(`${screensOrigin}/`);
}

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
};

async function answer(request: Request, folder: string): Promise<Response> {
  if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405);
  const file = fileOf(request.url, folder);
  const type = file && types[extname(file)];
  if (!file || !type) return refusal(404);
  const content = await readFile(file).catch(() => null);
  if (content === null) return refusal(404);
  const nonce = randomBytes(16).toString('base64');
  // The build leaves a mark where each page gets a nonce of its own.
  const body =
    extname(file) === '.html' ? content.toString('utf8').replaceAll('__CSP_NONCE__', nonce) : content;
  return new Response(request.method === 'HEAD' ? null : Uint8Array.from(Buffer.from(body)), {
    headers: { ...headers(nonce), 'content-type': type },
  });
}

function refusal(status: number): Response {
  return new Response(null, { status, headers: headers('') });
}

/** The file meant, or null when the address leads out of the folder or to another host. */
function fileOf(url: string, folder: string): string | null {
  const { origin, host, protocol, pathname } = new URL(url);
  // URL knows no origin for a scheme of ours; Electron's does.
  if (origin !== screensOrigin && `${protocol}//${host}` !== screensOrigin) return null;
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return null;
  }
  if (path.includes('\0') || path.includes('\\')) return null;
  const file = resolve(folder, `.${path === '/' ? '/index.html' : path}`);
  return file.startsWith(resolve(folder) + sep) ? file : null;
}

function headers(nonce: string): Record<string, string> {
  const style = nonce ? `'self' 'nonce-${nonce}'` : "'self'";
  return {
    'content-security-policy': [
      "default-src 'none'",
      "script-src 'self'",
      `style-src ${style}`,
      "img-src 'self' data: blob:", // the picture of a receipt
      "font-src 'self'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ].join('; '),
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cache-control': 'no-store',
  };
}
