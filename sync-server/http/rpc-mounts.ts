import type { Express, NextFunction, Request, RequestHandler, Response } from 'express';
import { rateLimit } from 'express-rate-limit';
import { isId } from '#shared/kernel/ids.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { isUnavailable } from '../store/pool.ts';
import type { createRpc } from './rpc.ts';
import type { Uploads } from './rpc-uploads.ts';

export type BackOfficeMounts = {
  readonly signIn: SignIn;
  readonly rpc: ReturnType<typeof createRpc>;
  readonly uploads: Uploads;
  /** Where the full list of an import's row errors lies (CSV), by the import's id. */
  readonly issuesPath: (importId: string) => string;
  /** Wrong passwords from one address in a quarter of an hour. */
  readonly signInTries?: number;
  readonly onError: (problem: unknown) => void;
};

/** Puts sign-in, calls, the API and uploads of the back office on HQ's app. Mount it before any body parser. */
export function mountBackOffice(app: Express, deps: BackOfficeMounts): void {
  const { signIn, rpc, uploads, onError } = deps;
  const fails = failing(onError);
  app.use(['/api/auth', '/api/v1', '/api/uploads', '/api/imports', '/rpc'], sameOrigin, noStore);
  app.post(
    '/api/auth/sign-in/{*any}',
    rateLimit({
      windowMs: 15 * 60_000,
      limit: deps.signInTries ?? 20,
      skipSuccessfulRequests: true,
      message: { code: 'TOO_MANY_TRIES' },
    }),
  );
  app.all('/api/auth/{*any}', (req, res) => signIn.handle(req, res));
  app.get(
    '/api/spec.json',
    fails(async (_req, res) => void res.json(await rpc.spec())),
  );
  app.use(
    '/rpc',
    handing((req, res) => rpc.rpc.handle(req, res, { prefix: '/rpc', context: { headers: req.headers } })),
  );
  app.use(
    '/api/v1',
    handing((req, res) => rpc.api.handle(req, res, { prefix: '/api/v1', context: { headers: req.headers } })),
  );
  app.post(
    '/api/uploads',
    fails(async (req, res) => {
      const user = await signIn.whoIs(req.headers);
      if (!user) return void res.status(401).json({ code: 'UNAUTHORIZED' });
      // A register to import, or a till's file of unsent work.
      if (!user.rights.has('catalog.import') && !user.rights.has('auth.devices.edit'))
        return void res.status(403).json({ code: 'FORBIDDEN', right: 'catalog.import' });
      const name = decoded(req.get('x-file-name') ?? '');
      const given = req.query.upload;
      const taken = await uploads.take(req, { name, uploadId: typeof given === 'string' ? given : null });
      if (taken.ok) res.status(201).json(taken.value);
      else res.status(statuses[taken.error.code]).set('connection', 'close').json(taken.error);
    }),
  );
  app.get(
    '/api/imports/:id/issues.csv',
    fails(async (req, res) => {
      if (!(await signIn.whoIs(req.headers))) return void res.status(401).json({ code: 'UNAUTHORIZED' });
      const { id } = req.params;
      if (typeof id !== 'string' || !isId(id)) return void res.status(404).json({ code: 'NOT_FOUND' });
      await sendFile(res, { path: deps.issuesPath(id), name: `issues-${id}.csv` });
    }),
  );
}

/** Sends a file to be saved; 404 when it is not there. */
function sendFile(
  res: Response,
  { path, name }: { readonly path: string; readonly name: string },
): Promise<void> {
  return new Promise((resolve) => {
    res.download(path, name, (problem) => {
      if (problem && !res.headersSent) res.status(404).json({ code: 'NOT_FOUND' });
      resolve();
    });
  });
}

const statuses = {
  BAD_NAME: 400,
  NOT_FOUND: 404,
  TOO_LARGE: 413,
  TOO_MANY_FILES: 413,
  BROKEN_OFF: 400,
} as const;

/**
 * A cookie goes along with requests that other sites make: SameSite=Lax keeps it from their POSTs, and what still
 * names another origin is refused. A program without a browser sends no Origin.
 */
const sameOrigin: RequestHandler = (req, res, next) => {
  const origin = req.get('origin');
  if (
    origin === undefined ||
    req.method === 'GET' ||
    req.method === 'HEAD' ||
    hostOf(origin) === req.get('host')
  )
    next();
  else res.status(403).json({ code: 'FOREIGN_ORIGIN' });
};

function hostOf(origin: string): string | null {
  try {
    return new URL(origin).host;
  } catch {
    return null;
  }
}

const noStore: RequestHandler = (_req, res, next) => {
  res.set('cache-control', 'no-store');
  next();
};

const handing =
  (handle: (req: Request, res: Response) => Promise<{ matched: boolean }>): RequestHandler =>
  async (req, res, next) => {
    const { matched } = await handle(req, res);
    if (!matched) next();
  };

const failing =
  (onError: (problem: unknown) => void) =>
  (work: (req: Request, res: Response) => Promise<void>) =>
  async (req: Request, res: Response, _next: NextFunction): Promise<void> => {
    try {
      await work(req, res);
    } catch (problem) {
      if (res.headersSent) return void res.destroy();
      if (isUnavailable(problem)) return void res.status(503).json({ code: 'SERVICE_UNAVAILABLE' });
      onError(problem);
      res.status(500).json({ code: 'INTERNAL_SERVER_ERROR' });
    }
  };

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
