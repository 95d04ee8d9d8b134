import express, { type ErrorRequestHandler, type Express } from 'express';
import helmet from 'helmet';
import type { Logger } from 'pino';
import { isUnavailable } from '../store/pool.ts';
import { type EnrolmentDeps, mountEnrolment } from './enrolment-routes.ts';
import { sendFailure } from './failures.ts';
import { mountSubjectKeys } from './party-routes.ts';
import { mountSync, type SyncDeps } from './sync-routes.ts';
import { loopbackOnly } from './transport.ts';
import { mountUpdates } from './updates.ts';

export type AppDeps = SyncDeps &
  EnrolmentDeps & {
    readonly log: Logger;
    readonly dataDir: string;
    /** Express' setting of this name, when a proxy ends TLS in front of HQ; false when none does. */
    readonly trustProxy: boolean | number | string;
    /** The back office and what else has a page or an API here. Mounted before any body parser. */
    readonly mounts: (app: Express) => void;
  };

/** HQ's web application: sync API, enrolment, health and metrics, and what `mounts` adds. */
export function createApp(deps: AppDeps): Express {
  const app = express();
  app.set('trust proxy', deps.trustProxy);
  app.set('etag', false);
  app.disable('x-powered-by');
  // Pages bring a policy of their own with a nonce (rpc-web.ts); everything else here is data.
  app.use(helmet({ contentSecurityPolicy: { useDefaults: false, directives: { defaultSrc: ["'none'"] } } }));
  mountHealth(app, deps);
  mountEnrolment(app, deps);
  mountSync(app, deps);
  mountSubjectKeys(app, deps);
  mountUpdates(app, deps);
  deps.mounts(app);
  app.use((_req, res) => sendFailure(res, { code: 'NOT_FOUND' }));
  app.use(failure(deps.log));
  return app;
}

function mountHealth(app: Express, { feed, metrics }: AppDeps): void {
  app.get('/health', async (_req, res) => {
    const { epoch } = await feed.head('org');
    res.set('cache-control', 'no-store').json({ ok: true, epoch });
  });
  app.get('/metrics', loopbackOnly, async (_req, res) => {
    res.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
}

/** Failures nobody expected where they happened: a lost database, a body that is none, a bug. */
const failure =
  (log: Logger): ErrorRequestHandler =>
  (problem: unknown, req, res, next) => {
    if (res.headersSent) return next(problem);
    if (isUnavailable(problem)) return sendFailure(res, { code: 'UNAVAILABLE' });
    const status = statusOf(problem);
    if (status === 413) return sendFailure(res, { code: 'TOO_LARGE' });
    if (status >= 400 && status < 500) return sendFailure(res, { code: 'BAD_REQUEST' });
    log.error({ problem, method: req.method, path: req.path }, 'a request failed');
    sendFailure(res, { code: 'INTERNAL' });
  };

const statusOf = (problem: unknown): number =>
  problem instanceof Error && 'status' in problem && typeof problem.status === 'number'
    ? problem.status
    : 500;
