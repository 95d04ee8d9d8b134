import { expect, test } from 'vitest';
import type { TillState } from '#shared/auth/calls.ts';
import { cashierRights } from '#shared/auth/permissions.ts';
import {
  type Counter,
  cartOf,
  commandId,
  hearFromHq,
  openShop,
  refusalOf,
  scanPack,
  signIn,
} from '../../../build/proof/open-shop.ts';
import { openingMs, people, storeId } from '../../../build/proof/shop.ts';

const wrong = { ...people.cashier, pin: '0000' };

async function stateOf({ client }: Counter): Promise<TillState> {
  for await (const state of await client.auth.state()) return state;
  throw new Error('the till always has a state');
}

test('a person signs in by PIN with the rights of the role, and out again', async () => {
  const shop = await openShop({ signedIn: null });
  expect(await stateOf(shop)).toMatchObject({
    ...{ phase: 'sign-in', tillName: 'Front counter', store: { code: 'S01', currency: 'EUR' } },
    people: [{ name: 'auditor' }, { name: 'cashier' }, { name: 'manager' }, { name: 'pharmacist' }],
  });
  expect(await signIn(shop, 'cashier')).toEqual({
    ...{ personId: people.cashier.personId, name: 'cashier', shortName: 'cashier', roleName: 'cashier' },
    ...{ permissions: [...cashierRights], since: openingMs },
  });
  expect(await stateOf(shop)).toMatchObject({ phase: 'ready', session: { name: 'cashier' } });
  await shop.client.auth.signOut();
  expect((await stateOf(shop)).phase).toBe('sign-in');
  await shop.close();
});

test('a restarted till asks again who stands at it', async () => {
  const shop = await openShop();
  await shop.close();
  const again = shop.reopen();
  expect((await stateOf(again)).phase).toBe('sign-in');
  await again.close();
});

test('strangers and people without a PIN are refused by the same word', async () => {
  const shop = await openShop({ signedIn: null });
  expect(await refusalOf(shop.client.auth.signIn({ personId: 'nobody', pin: '1234' }))).toMatchObject({
    ...{ code: 'NO_PIN', defined: true },
  });
  hearFromHq(shop, [setStaff('cashier', { pinVerifier: null })]);
  expect((await refusalOf(signIn(shop, 'cashier'))).code).toBe('NO_PIN');
  hearFromHq(shop, [setStaff('manager', { pinVerifier: 'not an argon2 string' })]);
  expect((await refusalOf(signIn(shop, 'manager'))).code).toBe('WRONG_PIN');
  await shop.close();
});

test('a session ends when HQ takes the person off the store', async () => {
  const shop = await openShop();
  hearFromHq(shop, [setStaff('cashier', { active: false })]);
  expect((await stateOf(shop)).phase).toBe('sign-in');
  expect((await refusalOf(signIn(shop, 'cashier'))).code).toBe('NO_PIN');
  await shop.close();
});

test('who is revoked stops at the next contact: the sale stays, and their PIN lends no right any more', async () => {
  const shop = await openShop();
  const states = await shop.client.auth.state();
  expect((await states.next()).value).toMatchObject({ phase: 'ready' });
  const { cart } = await scanPack(shop, 'syrup');
  hearFromHq(shop, [setStaff('cashier', { active: false }), setStaff('manager', { active: false })]);
  shop.till.live.changed('state'); // as the link does when it has taken something in
  expect((await states.next()).value).toMatchObject({ phase: 'sign-in' });
  expect((await refusalOf(scanPack(shop, 'syrup'))).code).toBe('NOT_SIGNED_IN');
  await signIn(shop, 'pharmacist');
  expect((await cartOf(shop)).totalMinor).toBe(cart.totalMinor);
  const moved = shop.client.sales.shift.noSale({
    ...{ commandId: commandId(), reason: 'Change for the float' },
    inPlace: { ...people.manager },
  });
  expect((await refusalOf(moved)).code).toBe('NO_PIN');
  await shop.close();
});

test('a right that HQ takes from a role is gone at the next act', async () => {
  const shop = await openShop({ signedIn: 'manager' });
  const roleId = shop.till
    .enrolled()
    .counter.db.prepare(`SELECT role_id FROM staff WHERE person_id = ?`)
    .pluck()
    .get(people.cashier.personId);
  hearFromHq(shop, [setStaff('manager', { roleId })]);
  const change = shop.client.auth.changeCounterSettings({ idleLockMinutes: 1, signOutMinutes: 2 });
  expect(await refusalOf(change)).toMatchObject({
    ...{ code: 'MISSING_RIGHT', data: { permission: 'auth.settings.edit' } },
  });
  await shop.close();
});

test('the tiles mark who may hand over what needs a pharmacist', async () => {
  const shop = await openShop({ signedIn: null });
  const state = await stateOf(shop);
  const marked = 'people' in state ? state.people.filter(({ pharmacist }) => pharmacist) : [];
  expect(marked.map(({ name }) => name)).toEqual(['pharmacist']);
  await shop.close();
});

test('the minutes of lock and sign-out are kept with the till', async () => {
  const shop = await openShop({ signedIn: 'manager' });
  expect(await shop.client.auth.counterSettings()).toEqual({ idleLockMinutes: 10, signOutMinutes: 30 });
  await shop.client.auth.changeCounterSettings({ idleLockMinutes: 3, signOutMinutes: 0 });
  await shop.close();
  const again = shop.reopen();
  expect(await again.client.auth.counterSettings()).toEqual({ idleLockMinutes: 3, signOutMinutes: 0 });
  await again.close();
});

test('three wrong PINs are free, then each costs twice the wait; the right one clears them', async () => {
  const shop = await openShop({ signedIn: null });
  const guess = () => refusalOf(shop.client.auth.signIn(wrong));
  expect([await guess(), await guess()].map((r) => r.data)).toEqual([{ failures: 1 }, { failures: 2 }]);
  expect(await guess()).toEqual({ code: 'WRONG_PIN', data: { failures: 3 }, defined: true });
  const locked = { code: 'LOCKED', data: { untilMs: openingMs + 5_000, waitMs: 5_000 }, defined: true };
  expect(await guess()).toEqual(locked);
  expect(await refusalOf(signIn(shop, 'cashier'))).toEqual(locked);
  shop.clock.pass(5_000);
  expect(await guess()).toMatchObject({ code: 'WRONG_PIN', data: { failures: 4 } });
  expect(await guess()).toMatchObject({ code: 'LOCKED', data: { waitMs: 10_000 } });
  shop.clock.pass(10_000);
  await signIn(shop, 'cashier');
  expect(await guess()).toMatchObject({ code: 'WRONG_PIN', data: { failures: 1 } });
  await signIn(shop, 'manager');
  await shop.close();
});

test('guesses made at once are counted one by one', async () => {
  const shop = await openShop({ signedIn: null });
  const answers = await Promise.all(
    Array.from({ length: 20 }, () => refusalOf(shop.client.auth.signIn(wrong))),
  );
  const codes = answers.map((answer) => answer.code);
  expect([codes.filter((c) => c === 'WRONG_PIN').length, codes.filter((c) => c === 'LOCKED').length]).toEqual(
    [3, 17],
  );
  await shop.close();
});

test('a till that is killed and started again gives no guess away, nor does a clock that is set back', async () => {
  const shop = await openShop({ signedIn: null });
  for (let i = 0; i < 3; i++) await refusalOf(shop.client.auth.signIn(wrong));
  const again = shop.reopen();
  expect(await refusalOf(again.client.auth.signIn(wrong))).toMatchObject({
    code: 'LOCKED',
    data: { waitMs: 5_000 },
  });
  shop.clock.set(openingMs - 86_400_000);
  expect(await refusalOf(again.client.auth.signIn(wrong))).toMatchObject({
    code: 'LOCKED',
    data: { waitMs: 5_000 },
  });
  shop.clock.pass(4_999);
  expect(await refusalOf(again.client.auth.signIn(wrong))).toMatchObject({
    code: 'LOCKED',
    data: { waitMs: 1 },
  });
  shop.clock.pass(1);
  await signIn(again, 'cashier');
  await again.close();
});

const setStaff = (name: keyof typeof people, cols: Readonly<Record<string, unknown>>) => {
  const { personId } = people[name];
  return { t: 'staff', op: 'set' as const, id: `${storeId}:${personId}`, cols };
};
