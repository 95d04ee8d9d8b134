import { type Permission, standardRoles } from '#shared/auth/permissions.ts';
import { addDays, plainDate } from '#shared/kernel/calendar.ts';
import type { RowOf } from '#shared/schema.ts';
import { instantOf, namedId } from './days.ts';
import { type Employee, employees, type RoleName } from './people.ts';
import { seeded } from './random.ts';
import type { DemoOptions } from './rows.ts';
import { type StorePlan, storePlans } from './stores.ts';

/** A person's sign-in at one store. The host makes the verifier from the PIN with that store's pepper. */
export type SignIn = {
  readonly storeCode: string;
  readonly staffId: string;
  readonly name: string;
  readonly role: RoleName;
  /** Four digits for cashiers, six above (RULES.md §4). */
  readonly pin: string;
};

export type DemoStore = {
  readonly plan: StorePlan;
  readonly row: RowOf<'store'>;
  readonly tills: readonly RowOf<'till'>[];
  readonly staff: readonly DemoStaff[];
};
export type DemoStaff = { readonly row: RowOf<'staff'>; readonly role: RoleName };

/** The chain of the demo: everything of auth. `staff.pinVerifier` is null; `signIns` has the PINs apart. */
export type DemoOrganisation = {
  readonly orgs: readonly RowOf<'org'>[];
  readonly stores: readonly DemoStore[];
  /**
   * Each till's enrolment of the past: incarnation 1, revoked, with a key nobody holds. The history's receipts bear
   * its letter A, so a till that enrols in the demo becomes incarnation 2 and starts at S01-T01B-000001.
   */
  readonly devices: readonly RowOf<'device'>[];
  readonly roles: readonly RowOf<'role'>[];
  readonly people: readonly RowOf<'person'>[];
  readonly signIns: readonly SignIn[];
};

/** Keys are the host's where it has them; else the org has keys of no value, made from the seed. */
export type OrgKeys = { readonly signingKey: string; readonly recoveryKey: string };

export function demoOrganisation(options: DemoOptions, keys?: OrgKeys): DemoOrganisation {
  const id = (name: string) => namedId(`demo ${options.seed} ${name}`);
  const stores = storePlans.map((plan) => storeOf(plan, id));
  return {
    orgs: [
      {
        id: id('org'),
        name: 'Corvelle',
        ...(keys ?? { signingKey: fakeKey(options, 'signing'), recoveryKey: fakeKey(options, 'recovery') }),
      },
    ],
    stores,
    devices: stores.flatMap((store) => store.tills.map((till) => formerDevice(options, store, till))),
    roles: roleNames.map((name) => ({
      id: id(`role ${name}`),
      name: roleTitles[name],
      permissions: [...permissionsOf(name)],
    })),
    people: employees.map(({ name, shortName, language }) => ({
      id: id(`person ${name}`),
      name,
      shortName,
      language: language ?? null,
      active: true,
    })),
    signIns: stores.flatMap(({ plan }) =>
      employees
        .filter((one) => one.stores.includes(plan.code))
        .map((one) => ({
          storeCode: plan.code,
          staffId: id(staffName(plan, one)),
          name: one.name,
          role: one.role,
          pin: one.pin,
        })),
    ),
  };
}

const roleNames: readonly RoleName[] = ['cashier', 'pharmacist', 'manager', 'hq', 'auditor'];
const roleTitles: Readonly<Record<RoleName, string>> = {
  cashier: 'Cashier',
  pharmacist: 'Pharmacist',
  manager: 'Store manager',
  hq: 'HQ',
  auditor: 'Auditor',
};
const permissionsOf = (name: RoleName): readonly Permission[] => standardRoles[name];
const staffName = (plan: StorePlan, one: Employee) => `staff ${plan.code} ${one.name}`;

function storeOf(plan: StorePlan, id: (name: string) => string): DemoStore {
  const storeId = id(`store ${plan.code}`);
  const {
    code,
    name,
    addressLines,
    licence,
    taxNumber,
    receiptFooter,
    dayStartHour,
    cashStepMinor,
    minShelfLifeDays,
    language,
  } = plan;
  return {
    plan,
    row: {
      ...{
        id: storeId,
        code,
        name,
        addressLines,
        licence,
        taxNumber,
        receiptFooter,
        dayStartHour,
        cashStepMinor,
        minShelfLifeDays,
        language,
      },
      ...{ zone: 'Europe/Paris', currency: 'EUR', minorDigits: 2, taxMode: 'inclusive' },
    },
    tills: plan.tills.map((till) => ({ id: id(`till ${code} ${till.code}`), storeId, ...till })),
    staff: employees
      .filter((one) => one.stores.includes(code))
      .map((one) => ({
        role: one.role,
        row: {
          id: id(staffName(plan, one)),
          storeId,
          personId: id(`person ${one.name}`),
          roleId: id(`role ${one.role}`),
          pinVerifier: null,
          active: true,
        },
      })),
  };
}

function formerDevice(options: DemoOptions, { row, plan }: DemoStore, till: RowOf<'till'>): RowOf<'device'> {
  const enrolledOn = addDays(plainDate(options.todayIso), -200);
  return {
    id: namedId(`demo ${options.seed} device ${plan.code} ${till.code} 1`),
    tillId: till.id,
    storeId: row.id,
    publicKey: fakeKey(options, `device ${plan.code} ${till.code}`),
    inc: 1,
    enrolledAt: instantOf(enrolledOn, 8 * 60, row.zone),
    revoked: true,
  };
}

const fakeKey = (options: DemoOptions, purpose: string): string =>
  Buffer.from(seeded(options.seed, `key ${purpose}`).bytes(32)).toString('base64url');
