import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import express, { type Express, type Response } from 'express';

/** Stands in the built index.html where the page's own nonce goes (build/vite.config.ts). */
const NONCE_PLACEHOLDER = '__CSP_NONCE__';

/**
 * Serves the built back office: assets are named by their content and kept for ever, the page is made anew for every
 * answer with a nonce of its own. Mount it last: every path that is nothing else is a page of the app.
 */
export function webMount(app: Express, { dir }: { readonly dir: string }): void {
  const page = readPage(dir);
  app.use(
    '/assets',
    express.static(join(dir, 'assets'), { immutable: true, maxAge: '1y', index: false, fallthrough: false }),
  );
  app.get('/{*page}', (req, res, next) => {
    if (
      /^\/(api|rpc|sync|v1|metrics|healthz?)(\/|$)/.test(req.path) ||
      !req.get('accept')?.includes('text/html')
    )
      return next();
    if (page === null)
      return void res.status(503).type('text').send('The back office is not built: npm run build:web\n');
    sendPage(res, page);
  });
}

function sendPage(res: Response, page: string): void {
  const nonce = randomBytes(18).toString('base64');
  res
    .set({
      'content-security-policy': policy(nonce),
      'cache-control': 'no-store',
      'referrer-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    })
    .type('html')
    .send(page.replaceAll(NONCE_PLACEHOLDER, nonce));
}

const policy = (nonce: string): string =>
  [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    "font-src 'self'",
    "img-src 'self' data:",
    "connect-src 'self'",
    "form-action 'self'",
    "base-uri 'self'",
    "frame-ancestors 'none'",
  ].join('; ');

function readPage(dir: string): string | null {
  try {
    return readFileSync(join(dir, 'index.html'), 'utf8');
  } catch {
    return null;
  }
}
