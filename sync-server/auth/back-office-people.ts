import type { InferContractRouterInputs, InferContractRouterOutputs } from '@orpc/contract';
import type pg from 'pg';
import type { authHqCalls } from '#shared/auth/calls-hq.ts';
import { checkNewPin } from '#shared/auth/pin.ts';
import type { Ids } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import type { Change } from '#shared/replica/changeset.ts';
import { inTransaction } from '../store/pool.ts';
import { writeChanges } from '../store/writer.ts';

type Outputs = InferContractRouterOutputs<typeof authHqCalls>;
type SavePerson = InferContractRouterInputs<typeof authHqCalls>['savePerson'];

/** The verifier of a PIN in one store, with that store's pepper: what tills compare against. */
export type PinVerifier = (client: pg.PoolClient, storeId: string, pin: string) => Promise<string>;

type Deps = { readonly pool: pg.Pool; readonly ids: Ids; readonly pinVerifier: PinVerifier };
type Refusal = { readonly code: 'NOT_FOUND' } | { readonly code: 'PIN_TOO_SHORT'; readonly atLeast: number };

/** The people of the chain, their places and PINs. A PIN itself is never kept. */
export function createPeople({ pool, ids, pinVerifier }: Deps) {
  return {
    async list(): Promise<Outputs['people']> {
      return (await pool.query<Outputs['people'][number]>(PEOPLE)).rows;
    },
    /** Saves a person with all their places; a place that is left out ends. */
    save(input: SavePerson, actor: string): Promise<Result<{ id: string }, Refusal>> {
      return inTransaction(pool, async (client) => {
        const known = await readKnown(client, input);
        const places = input.places.map(({ storeId, roleId }) => ({
          storeId,
          roleId,
          rights: known.rights.get(roleId),
          hasStore: known.stores.has(storeId),
        }));
        if (!known.person || places.some((place) => place.rights === undefined || !place.hasStore))
          return err({ code: 'NOT_FOUND' } as const);
        const short =
          input.pin === undefined
            ? null
            : tooShort(
                input.pin,
                places.map((place) => place.rights ?? []),
              );
        if (short) return err(short);
        const personId = input.id ?? ids.next();
        const staff = await Promise.all(
          places.map(async ({ storeId, roleId }) => ({
            storeId,
            roleId,
            held: known.staff.find((row) => row.storeId === storeId),
            verifier: input.pin === undefined ? undefined : await pinVerifier(client, storeId, input.pin),
          })),
        );
        const changes = [
          personChange(personId, input),
          ...staff.map((place) => placeChange(personId, place, ids)),
          ...known.staff
            .filter((row) => row.active && !places.some((place) => place.storeId === row.storeId))
            .map(
              (row): Change => ({
                t: 'staff',
                op: 'set',
                id: row.id,
                cols: { storeId: row.storeId, active: false },
              }),
            ),
        ];
        await writeChanges(client, { actor, type: 'person' }, changes);
        return ok({ id: personId });
      });
    },
  };
}

type StaffRow = {
  readonly id: string;
  readonly storeId: string;
  readonly active: boolean;
  readonly pinVerifier: string | null;
};

async function readKnown(client: pg.PoolClient, input: SavePerson) {
  const person =
    input.id === undefined ||
    (await client.query('SELECT 1 FROM person WHERE id = $1 AND NOT deleted', [input.id])).rowCount === 1;
  const roles = await client.query<{ id: string; permissions: string[] }>(
    'SELECT id, permissions FROM role WHERE NOT deleted',
  );
  const stores = await client.query<{ id: string }>('SELECT id FROM store WHERE NOT deleted');
  const staff = await client.query<StaffRow>(
    `SELECT id, store_id AS "storeId", active, pin_verifier AS "pinVerifier" FROM staff
      WHERE person_id = $1 AND NOT deleted ORDER BY active DESC, id`,
    [input.id ?? ''],
  );
  return {
    person,
    rights: new Map(roles.rows.map((role) => [role.id, role.permissions])),
    stores: new Set(stores.rows.map((store) => store.id)),
    staff: staff.rows,
  };
}

/** One PIN serves all places, so the most powerful role decides its length. */
function tooShort(pin: string, rights: readonly (readonly string[])[]): Refusal | null {
  const needed = rights
    .map((of) => checkNewPin(pin, of))
    .flatMap((checked) =>
      !checked.ok && checked.error.code === 'PIN_TOO_SHORT' ? [checked.error.atLeast] : [],
    );
  return needed.length === 0 ? null : { code: 'PIN_TOO_SHORT', atLeast: Math.max(...needed) };
}

const personChange = (id: string, { id: given, name, active }: SavePerson): Change => ({
  t: 'person',
  op: 'set',
  id,
  cols:
    given === undefined
      ? { name, shortName: shortName(name), language: null, active }
      : { name, shortName: shortName(name), active },
});

type Place = {
  readonly storeId: string;
  readonly roleId: string;
  readonly held: StaffRow | undefined;
  readonly verifier: string | undefined;
};

function placeChange(personId: string, { storeId, roleId, held, verifier }: Place, ids: Ids): Change {
  const cols = { storeId, personId, roleId, active: true };
  if (held)
    return {
      t: 'staff',
      op: 'set',
      id: held.id,
      cols: { ...cols, ...(verifier !== undefined && { pinVerifier: verifier }) },
    };
  return { t: 'staff', op: 'set', id: ids.next(), cols: { ...cols, pinVerifier: verifier ?? null } };
}

/** `Inès M.`: what stands on receipts and tiles where space is short. */
export function shortName(name: string): string {
  const [first = '', ...rest] = name.trim().split(/\s+/);
  const last = rest.at(-1);
  return last === undefined ? first : `${first} ${[...last][0]?.toUpperCase()}.`;
}

const PEOPLE = `
  SELECT p.id AS "personId", p.name, p.active,
         coalesce(jsonb_agg(jsonb_build_object('storeId', s.store_id, 'roleId', s.role_id, 'hasPin', s.pin_verifier IS NOT NULL)
                            ORDER BY s.store_id) FILTER (WHERE s.id IS NOT NULL), '[]') AS places
    FROM person p LEFT JOIN staff s ON s.person_id = p.id AND s.active AND NOT s.deleted
   WHERE NOT p.deleted GROUP BY p.id ORDER BY p.name, p.id`;
