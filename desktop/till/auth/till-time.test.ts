import { describe, expect, test } from 'vitest';
import type { TimeState } from '#shared/auth/calls.ts';
import { hqOf } from '../../../build/proof/hq-time.ts';
import {
  cartOf,
  type OpenShop,
  openShop,
  payCash,
  refusalOf,
  scan,
  scanPack,
} from '../../../build/proof/open-shop.ts';
import { dataMatrix, openingMs, people } from '../../../build/proof/shop.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const YEAR = 365 * DAY;

describe('a till whose clock is wrong', () => {
  test.each([YEAR, -YEAR])(
    'by %d ms sells all day, before and after HQ was heard',
    async (by) => {
      const shop = await openShop();
      const hq = hqOf(shop);
      for (const heard of [false, true]) {
        if (heard) hq.tells(openingMs);
        shop.clock.set(openingMs + by);
        for (let sale = 0; sale < 12; sale++) {
          shop.clock.pass(HOUR / 2);
          const { cart } = await scanPack(shop, sale % 4 === 0 ? 'dolorane' : 'syrup');
          expect(cart.blockers).toEqual([]);
          await payCash(shop, cart);
        }
        shop.clock.set(openingMs);
      }
      expect(await booksOf(shop)).toEqual({ sales: 24, days: ['2026-11-24'] });
      await shop.close();
    },
    60_000,
  );

  test('keeps selling over restarts of program and machine', async () => {
    const shop = await openShop({ signedIn: null });
    await shop.close();
    let open: Pick<OpenShop, 'client' | 'close'> | null = null;
    for (const by of [YEAR, -YEAR, 5 * YEAR]) {
      shop.clock.set(openingMs + by);
      for (const restart of [() => {}, () => shop.clock.reboot(HOUR)]) {
        restart();
        open = shop.reopen();
        await open.client.auth.signIn({ ...people.cashier });
        await payCash(open, (await scanPack(open, 'syrup')).cart);
        await open.close();
      }
    }
  });

  test('does not sell again what has expired, however its clock is set back', async () => {
    const shop = await openShop();
    const { cart } = await scan(shop, dataMatrix('drops', 'O1', '2026-11-24'));
    shop.clock.pass(DAY);
    const refused = { code: 'BATCH_STOPPED', data: { why: 'expired' } };
    expect(await refusalOf(payCash(shop, cart))).toMatchObject(refused);
    for (const back of [DAY, 40 * HOUR, YEAR]) {
      shop.clock.set(openingMs + DAY - back);
      expect(await refusalOf(payCash(shop, cart))).toMatchObject(refused);
    }
    await shop.close();
    shop.clock.reboot(HOUR);
    const again = shop.reopen();
    await again.client.auth.signIn({ ...people.cashier });
    expect(await refusalOf(payCash(again, await cartOf(again)))).toMatchObject(refused);
    await again.close();
  });
});

describe('HQ’s time', () => {
  test('says how far the clock is ahead, in what screens see and in what is signed', async () => {
    const shop = await openShop();
    const hq = hqOf(shop);
    expect(await timeOf(shop)).toEqual({ aheadMs: 0, skewMs: null, confirm: null });
    expect(hq.tells(openingMs - 74_000)).toBe(true);
    expect(await timeOf(shop)).toEqual({ aheadMs: 74_000, skewMs: 74_000, confirm: null });
    const { time } = shop.till.enrolled();
    expect(time.wall()).toEqual({ at: openingMs, skew: 74_000 });
    expect(time.clock.nowMs()).toBe(openingMs - 74_000);
    await shop.close();
  });

  test('is taken at the middle of the way to HQ and back', async () => {
    const shop = await openShop();
    const hq = hqOf(shop);
    const sentAtMono = shop.till.enrolled().time.monoMs();
    shop.clock.pass(800);
    expect(hq.tells(openingMs, { sentAtMono })).toBe(true);
    expect(shop.till.enrolled().time.clock.nowMs()).toBe(openingMs + 400);
    await shop.close();
  });

  test('counts only with HQ’s signature, for this challenge, in good time, and not twice', async () => {
    const events: string[] = [];
    const shop = await openShop({ log: { warn: (event) => events.push(event) } });
    const hq = hqOf(shop);
    const { time } = shop.till.enrolled();
    const good = hq.answer(openingMs + HOUR);
    expect(time.heard({ ...good, challenge: 'another' })).toBe(false);
    expect(time.heard({ ...good, hqNow: good.hqNow + 1 })).toBe(false);
    expect(time.heard({ ...good, hqKey: 'no key' })).toBe(false);
    expect(time.heard({ ...good, hqKey: hqOf(shop).answer(0).hqKey })).toBe(false);
    expect(time.heard({ ...good, sentAtMono: -30_001 })).toBe(false);
    expect(time.clock.nowMs()).toBe(openingMs);
    expect(time.heard(good)).toBe(true);
    shop.clock.pass(DAY);
    expect(time.heard({ ...good, sentAtMono: time.monoMs() })).toBe(false);
    expect(time.clock.nowMs()).toBe(openingMs + HOUR + DAY);
    const forged = Array.from({ length: 4 }, () => 'hq-time-forged');
    expect(events).toEqual([...forged, 'hq-time-slow', 'hq-time-old']);
    await shop.close();
  });

  test('holds over a restart of the till, and its clock is asked again after one of the machine', async () => {
    const shop = await openShop();
    hqOf(shop).tells(openingMs + 3 * HOUR);
    await shop.close();
    shop.clock.pass(HOUR);
    const again = shop.reopen();
    expect(await timeOf(again)).toEqual({ aheadMs: -3 * HOUR, skewMs: -3 * HOUR, confirm: null });
    await again.close();
    shop.clock.reboot(10 * HOUR);
    const rebooted = shop.reopen();
    expect(await timeOf(rebooted)).toEqual({ aheadMs: 0, skewMs: null, confirm: null });
    await rebooted.close();
  });

  test('is kept when the till’s own note of it cannot be read', async () => {
    const events: string[] = [];
    const shop = await openShop();
    shop.till
      .enrolled()
      .counter.db.prepare(`UPDATE preference SET value = '{' WHERE key = 'till-time'`)
      .run();
    const again = shop.reopen({ log: { warn: (event) => events.push(event) } });
    expect(await timeOf(again)).toEqual({ aheadMs: 0, skewMs: null, confirm: null });
    expect(events).toEqual(['till-time-unreadable']);
    await again.close();
    await shop.till.stop();
  });
});

describe('a clock more than 48 hours away', () => {
  const manager = people.manager;

  test('asks a manager, whose word holds, is signed, and is dated by itself', async () => {
    const shop = await openShop();
    const at = openingMs + 7 * DAY;
    shop.clock.set(at);
    const question = { clockMs: at, tillMs: openingMs, clockMayBeRight: true };
    expect(await timeOf(shop)).toEqual({ aheadMs: 7 * DAY, skewMs: null, confirm: question });
    expect(await shop.client.auth.confirmTime({ ...manager, right: 'clock' })).toEqual({});
    expect(await timeOf(shop)).toEqual({ aheadMs: 0, skewMs: null, confirm: null });
    const entry = { action: 'time.confirmed', actorId: manager.personId, at, businessDate: '2026-12-01' };
    const details = { right: 'clock', clockMs: at, tillMs: openingMs };
    expect(auditsOf(shop)).toEqual([{ ...entry, details: JSON.stringify(details) }]);
    expect(journalOf(shop)).toEqual(['time-confirmation']);
    const session = await signedIn(shop);
    expect(session).toBe(people.cashier.personId);
    await shop.close();
  });

  test('is believed no more where the manager says the till is right', async () => {
    const shop = await openShop();
    shop.clock.set(openingMs - YEAR);
    await shop.client.auth.confirmTime({ ...manager, right: 'till' });
    expect(await timeOf(shop)).toEqual({ aheadMs: -YEAR, skewMs: null, confirm: null });
    expect(auditsOf(shop)).toMatchObject([{ at: openingMs, businessDate: '2026-11-24' }]);
    await shop.close();
  });

  test('is settled by nobody without the PIN and the right, and by nobody twice', async () => {
    const shop = await openShop();
    shop.clock.set(openingMs + YEAR);
    const ask = (who: { personId: string; pin: string }) =>
      refusalOf(shop.client.auth.confirmTime({ ...who, right: 'clock' }));
    expect(await ask({ ...manager, pin: '0000' })).toMatchObject({ code: 'WRONG_PIN', defined: true });
    expect(await ask(people.cashier)).toEqual({
      ...{ code: 'MISSING_RIGHT', defined: true },
      data: { permission: 'auth.settings.edit' },
    });
    expect(auditsOf(shop)).toEqual([]);
    const twice = [1, 2].map(() => shop.client.auth.confirmTime({ ...manager, right: 'clock' }));
    const settled = await Promise.allSettled(twice);
    expect(settled.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
    expect(await ask(manager)).toMatchObject({ code: 'NOTHING_TO_CONFIRM', defined: true });
    expect(auditsOf(shop)).toHaveLength(1);
    await shop.close();
  });

  test('is not taken where HQ has signed a later time', async () => {
    const shop = await openShop();
    hqOf(shop).tells(openingMs);
    shop.clock.set(openingMs - YEAR);
    expect((await timeOf(shop)).confirm).toMatchObject({ clockMayBeRight: false });
    const refused = await refusalOf(shop.client.auth.confirmTime({ ...manager, right: 'clock' }));
    expect(refused).toMatchObject({ code: 'BEFORE_HQ', defined: true });
    await shop.close();
  });

  test('is not settled where the audit entry could not be written', async () => {
    const shop = await openShop();
    shop.clock.set(openingMs + YEAR);
    const { db } = shop.till.enrolled().counter;
    db.exec(`CREATE TRIGGER full BEFORE INSERT ON audit_entry BEGIN SELECT RAISE(ABORT, 'full'); END`);
    await expect(shop.client.auth.confirmTime({ ...manager, right: 'clock' })).rejects.toThrow();
    db.exec('DROP TRIGGER full');
    expect((await timeOf(shop)).confirm).not.toBeNull();
    const again = shop.reopen();
    expect((await timeOf(again)).confirm).not.toBeNull();
    await again.close();
    await shop.till.stop();
  });
});

/** What the screens are told first. */
async function timeOf({ client }: Pick<OpenShop, 'client'>): Promise<TimeState> {
  for await (const state of await client.auth.time()) return state;
  throw new Error('till time always shows itself');
}

async function signedIn({ client }: Pick<OpenShop, 'client'>): Promise<string | null> {
  for await (const state of await client.auth.state())
    return state.phase === 'ready' ? state.session.personId : null;
  throw new Error('the till always says how it stands');
}

const auditsOf = ({ till }: Pick<OpenShop, 'till'>) =>
  till
    .enrolled()
    .counter.db.prepare(
      `SELECT action, actor_id AS actorId, at, business_date AS businessDate, details FROM audit_entry WHERE action = 'time.confirmed'`,
    )
    .all();

const journalOf = ({ till }: Pick<OpenShop, 'till'>) =>
  till.enrolled().counter.db.prepare('SELECT type FROM journal ORDER BY dseq').pluck().all();

async function booksOf({ till }: Pick<OpenShop, 'till'>) {
  const { db } = till.enrolled().counter;
  return {
    sales: db.prepare('SELECT count(*) FROM sale').pluck().get(),
    days: db.prepare('SELECT DISTINCT business_date FROM sale').pluck().all(),
  };
}
