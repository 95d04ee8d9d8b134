import { implement } from '@orpc/server';
import { toSVG } from 'bwip-js/node';
import type pg from 'pg';
import { hqContract } from '#shared/contract.ts';
import type { Clock } from '#shared/kernel/clock.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import type { Result } from '#shared/kernel/result.ts';
import type { Caller } from '../http/rpc-caller.ts';
import { createPeople, type PinVerifier } from './back-office-people.ts';
import { readStores, saveStore, saveTill } from './back-office-stores.ts';
import { listRoles, saveRole } from './roles-edit.ts';
import { type SyncHealthDeps, syncHealthHandlers } from './sync-health-routes.ts';

export type AuthDeps = SyncHealthDeps & {
  readonly pool: pg.Pool;
  readonly clock: Clock;
  readonly ids: Ids;
  /** Where tills find this HQ: goes into the code's QR. */
  readonly publicUrl: () => string;
  /** Of HQ's key, as the till compares it. */
  readonly fingerprint: () => Promise<string>;
  readonly createCode: (
    tillId: string,
  ) => Promise<Result<{ code: string; expiresAt: number }, { code: 'NOT_FOUND' }>>;
  readonly revokeTill: (tillId: string, actor: string) => Promise<Result<null, { code: 'NOT_FOUND' }>>;
  readonly pinVerifier: PinVerifier;
};

/** The calls about the org: who is here, stores and tills, people, and how the chain's data stand. */
export function createAuthRouter(deps: AuthDeps) {
  const os = implement(hqContract.auth).$context<Caller>();
  const { pool } = deps;
  const people = createPeople(deps);
  return os.router({
    me: os.me.handler(async ({ context }) => {
      const { rows } = await pool.query<{ name: string }>('SELECT name FROM org WHERE NOT deleted LIMIT 1');
      const { name, email, rights } = context.user;
      return { name, email, orgName: rows[0]?.name ?? '', rights: [...rights] };
    }),
    stores: os.stores.handler(() => readStores(pool, deps.clock.nowMs())),
    saveStore: os.saveStore.handler(async ({ input, context, errors }) => {
      const saved = await saveStore(deps, { input, actor: context.user.id });
      if (saved.ok) return saved.value;
      throw errors[saved.error.code]();
    }),
    saveTill: os.saveTill.handler(async ({ input, context, errors }) => {
      const saved = await saveTill(deps, { input, actor: context.user.id });
      if (saved.ok) return saved.value;
      throw errors[saved.error.code]();
    }),
    newCode: os.newCode.handler(async ({ input, errors }) => {
      const made = await deps.createCode(input.tillId);
      if (!made.ok) throw errors.NOT_FOUND();
      const fingerprint = await deps.fingerprint();
      const qr = `pestle:${deps.publicUrl()}?code=${made.value.code}&fp=${fingerprint}`;
      const qrSvg = toSVG({ bcid: 'qrcode', text: qr, paddingwidth: 0, paddingheight: 0 });
      return { ...made.value, fingerprint, qr, qrSvg };
    }),
    revokeDevice: os.revokeDevice.handler(async ({ input, context, errors }) => {
      const revoked = await deps.revokeTill(input.tillId, context.user.id);
      if (!revoked.ok) throw errors.NOT_FOUND();
      return {};
    }),
    people: os.people.handler(() => people.list()),
    roles: os.roles.handler(() => listRoles(pool)),
    saveRole: os.saveRole.handler(async ({ input, context, errors }) => {
      const saved = await saveRole(deps, { input, actor: context.user.id });
      if (saved.ok) return saved.value;
      throw errors[saved.error.code]();
    }),
    savePerson: os.savePerson.handler(async ({ input, context, errors }) => {
      const saved = await people.save(input, context.user.id);
      if (saved.ok) return saved.value;
      if (saved.error.code === 'PIN_TOO_SHORT')
        throw errors.PIN_TOO_SHORT({ data: { atLeast: saved.error.atLeast } });
      throw errors.NOT_FOUND();
    }),
    ...syncHealthHandlers(deps),
  });
}
