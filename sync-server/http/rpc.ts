import type { IncomingHttpHeaders } from 'node:http';
import { OpenAPIGenerator } from '@orpc/openapi';
import { OpenAPIHandler } from '@orpc/openapi/node';
import { implement, ORPCError } from '@orpc/server';
import { RPCHandler } from '@orpc/server/node';
import { ZodToJsonSchemaConverter } from '@orpc/zod/zod4';
import { hqContract } from '#shared/contract.ts';
import { type AuthDeps, createAuthRouter } from '../auth/back-office.ts';
import type { SignIn } from '../auth/sign-in.ts';
import { type CatalogDeps, createCatalogRouter } from '../catalog/routes.ts';
import { createInventoryRouter } from '../inventory/routes.ts';
import { createReportsRouter } from '../reports/routes.ts';
import { createSalesRouter } from '../sales/routes.ts';
import type { SalesWatch } from '../sales/watch.ts';
import { isUnavailable } from '../store/pool.ts';
import type { Caller } from './rpc-caller.ts';
import { missingRight } from './rpc-rights.ts';

export type RpcDeps = AuthDeps &
  CatalogDeps & {
    readonly signIn: Pick<SignIn, 'whoIs'>;
    readonly salesWatch: SalesWatch;
    /** Where the reports read; the pool itself where there is no replica. */
    readonly reportsPool: AuthDeps['pool'];
    readonly onError: (problem: unknown) => void;
  };

type Request = { readonly headers: IncomingHttpHeaders };

/**
 * The back office's contract over HTTP: RPC for its own pages, OpenAPI for other programs. Every call needs a session
 * (401 UNAUTHORIZED without), and one that changes something a right (403 FORBIDDEN names it); while Postgres is away every call answers 503 SERVICE_UNAVAILABLE.
 */
export function createRpc(deps: RpcDeps) {
  const router = createRouter(deps);
  return { rpc: new RPCHandler(router), api: new OpenAPIHandler(router), spec: lazySpec() };
}

function createRouter(deps: RpcDeps) {
  const os = implement(hqContract).$context<Request>();
  return os
    .use(async ({ next }) => {
      try {
        return await next();
      } catch (problem) {
        throw typed(problem, deps.onError);
      }
    })
    .use(async ({ context, next }) => {
      const user = await deps.signIn.whoIs(context.headers);
      if (!user) throw new ORPCError('UNAUTHORIZED');
      return next({ context: { user } satisfies Caller });
    })
    .use(({ context, path, next }) => {
      const right = missingRight(path, context.user.rights);
      if (right !== null) throw new ORPCError('FORBIDDEN', { data: { right } });
      return next();
    })
    .router({
      auth: createAuthRouter(deps),
      catalog: createCatalogRouter(deps),
      inventory: createInventoryRouter(deps),
      sales: createSalesRouter({ ...deps, watch: deps.salesWatch }),
      reports: createReportsRouter({ pool: deps.reportsPool }),
    });
}

/** Answers as they are, a lost database by its name; what is left is a bug, said to the log and not to the caller. */
function typed(problem: unknown, onError: RpcDeps['onError']): unknown {
  if (problem instanceof ORPCError) return problem;
  if (isUnavailable(problem)) return new ORPCError('SERVICE_UNAVAILABLE', { data: { reason: 'database' } });
  onError(problem);
  return new ORPCError('INTERNAL_SERVER_ERROR');
}

/** The OpenAPI 3.1 description of /api/v1, made at the first question. */
function lazySpec(): () => Promise<object> {
  let made: Promise<object> | undefined;
  const generator = new OpenAPIGenerator({ schemaConverters: [new ZodToJsonSchemaConverter()] });
  return () => {
    made ??= generator.generate(hqContract, {
      info: { title: 'Pestle HQ', version: '1' },
      servers: [{ url: '/api/v1' }],
      security: [{ session: [] }],
      components: {
        securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: 'pestle.session_token' } },
      },
    });
    return made;
  };
}
