import { join } from 'node:path';
import express, { type Express } from 'express';
import { sendFailure } from './failures.ts';
import { secureOnly } from './transport.ts';

/**
 * Serves newer versions of the till from the folder `updates` of HQ's data: the files electron-builder wrote, put there
 * by whoever releases (docs/updates.md). A till asks without a token: what lies there is no secret, and a machine that is
 * to become a till gets its installer here too. In parts, for who has most of a file already, and never from a cache
 * unasked: the file that names the newest version keeps its own name.
 */
export function mountUpdates(app: Express, { dataDir }: { readonly dataDir: string }): void {
  const folder = express.static(join(dataDir, 'updates'), {
    index: false,
    redirect: false,
    cacheControl: false,
    setHeaders: (res) => void res.set('cache-control', 'no-cache'),
  });
  app.use('/updates', secureOnly, folder, (_req, res) => sendFailure(res, { code: 'NOT_FOUND' }));
}
