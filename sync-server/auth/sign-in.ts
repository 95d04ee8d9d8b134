import { createHmac, randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { betterAuth } from 'better-auth';
import { getMigrations } from 'better-auth/db/migration';
import { fromNodeHeaders, toNodeHandler } from 'better-auth/node';
import type pg from 'pg';
import { type Permission, permissions } from '#shared/auth/permissions.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Caller } from '../http/rpc-caller.ts';

export type SignInDeps = {
  readonly pool: pg.Pool;
  /** From `sessionSecret`: the same on every HQ node. */
  readonly secret: string;
  /** Where browsers find this HQ, e.g. 'https://hq.example'. https makes the cookie Secure. */
  readonly publicUrl: string;
};

export type SignIn = {
  /** Answers everything under /api/auth: sign-in, sign-out, change of password. Sign-up is closed. */
  readonly handle: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  /** The person behind a request's session cookie; null when there is none or it has run out. */
  readonly whoIs: (headers: IncomingHttpHeaders) => Promise<Caller['user'] | null>;
};

/** Signs people of the back office in: e-mail and password, a session cookie, everything kept in Postgres. */
export function createSignIn(deps: SignInDeps): SignIn {
  const auth = betterAuth(options(deps));
  return {
    handle: toNodeHandler(auth),
    async whoIs(headers) {
      const session = await auth.api.getSession({ headers: fromNodeHeaders(headers) }).catch(unwrapped);
      if (!session) return null;
      const { id, name, email, roleId } = session.user;
      return { id, name, email, rights: await rightsOf(deps.pool, roleId) };
    },
  };
}

/** All rights for who has no role: the first person, who gives the others theirs. None of a role that is gone. */
async function rightsOf(
  pool: Pick<pg.Pool, 'query'>,
  roleId: string | null | undefined,
): Promise<ReadonlySet<Permission>> {
  if (roleId === null || roleId === undefined) return new Set(permissions);
  const { rows } = await pool.query<{ permissions: readonly Permission[] }>(
    'SELECT permissions FROM role WHERE id = $1 AND NOT deleted',
    [roleId],
  );
  return new Set(rows[0]?.permissions);
}

/** better-auth hides the database's own failure behind one of its own; callers tell a lost database by it. */
function unwrapped(problem: unknown): never {
  throw problem instanceof Error && problem.cause instanceof Error ? problem.cause : problem;
}

/** Makes and migrates the tables of sign-in. Once per start, after `migrateForward`. */
export async function migrateSignIn(pool: pg.Pool): Promise<void> {
  const { runMigrations } = await getMigrations(
    options({ pool, secret: 'unused', publicUrl: 'http://localhost' }),
  );
  await runMigrations();
}

/** The secret that signs session cookies, made from HQ's own key: nothing more to keep, and equal on all nodes. */
export const sessionSecret = (signingKeyPem: string): string =>
  createHmac('sha256', signingKeyPem).update('back office sessions').digest('base64url');

export type FirstAdmin = { readonly email: string; readonly password: string };

/**
 * The first person who may sign in, with a random password that is shown here and never again; null when somebody is
 * there already. Two nodes that start at once make one: the e-mail is unique.
 */
export async function createFirstAdmin(
  pool: pg.Pool,
  {
    email,
    name,
    password = randomBytes(12).toString('base64url'),
  }: { email: string; name: string; password?: string },
): Promise<FirstAdmin | null> {
  const { rowCount } = await pool.query('SELECT 1 FROM hq_user LIMIT 1');
  if (rowCount) return null;
  await signUp(pool, { email, name, password });
  return { email, password };
}

export type OfficePerson = { readonly email: string; readonly name: string; readonly role: string };

/** Another person of the back office, with the rights of a role, which is named as in the back office ('Auditor'). */
export async function addOfficePerson(
  pool: pg.Pool,
  { email, name, role }: OfficePerson,
): Promise<Result<FirstAdmin, { readonly code: 'NO_ROLE' | 'EMAIL_TAKEN' }>> {
  const roles = await pool.query<{ id: string }>(
    'SELECT id FROM role WHERE lower(name) = lower($1) AND NOT deleted',
    [role],
  );
  const roleId = roles.rows[0]?.id;
  if (roleId === undefined) return err({ code: 'NO_ROLE' });
  const taken = await pool.query('SELECT 1 FROM hq_user WHERE lower(email) = lower($1)', [email]);
  if (taken.rowCount) return err({ code: 'EMAIL_TAKEN' });
  const password = randomBytes(12).toString('base64url');
  const id = await signUp(pool, { email, name, password });
  // Until here nobody knows the password.
  await pool.query('UPDATE hq_user SET role_id = $2 WHERE id = $1', [id, roleId]);
  return ok({ email, password });
}

async function signUp(
  pool: pg.Pool,
  body: { readonly email: string; readonly name: string; readonly password: string },
): Promise<string> {
  const base = options({ pool, secret: 'unused-for-sign-up', publicUrl: 'http://localhost' });
  const open = betterAuth({
    ...base,
    emailAndPassword: { ...base.emailAndPassword, disableSignUp: false, autoSignIn: false },
  });
  const { user } = await open.api.signUpEmail({ body: { ...body } });
  return user.id;
}

/** Its tables are named apart: `account` and `session` are words of the pharmacy too. */
const options = ({ pool, secret, publicUrl }: SignInDeps) => ({
  database: pool,
  secret,
  baseURL: publicUrl,
  basePath: '/api/auth',
  telemetry: { enabled: false },
  logger: { level: 'error' as const },
  emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 10 },
  user: {
    modelName: 'hq_user',
    additionalFields: {
      /** Of `role`; without one a person may do everything. Set by HQ alone, never by who signs up. */
      roleId: {
        ...({ type: 'string', required: false, input: false } as const),
        fieldName: 'role_id',
      },
    },
  },
  session: { modelName: 'hq_session', expiresIn: 12 * 3600, updateAge: 3600 },
  account: { modelName: 'hq_account' },
  verification: { modelName: 'hq_verification' },
  // Tries are limited by rpc-mounts.ts, which knows the client's address; so is the request's origin.
  rateLimit: { enabled: false },
  advanced: {
    cookiePrefix: 'pestle',
    disableCSRFCheck: true,
    disableOriginCheck: true,
    useSecureCookies: publicUrl.startsWith('https:'),
    defaultCookieAttributes: { sameSite: 'lax' as const, httpOnly: true },
  },
});
