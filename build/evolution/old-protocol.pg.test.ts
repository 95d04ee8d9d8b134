import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { oldestReader, protocolVersion, pushReply } from '#shared/replica/wire.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { saleRows, type TestDevice } from '../../sync-server/intake/test-device.ts';
import { body, get, post } from '../../sync-server/intake/test-hq.ts';
import { openShop, type Shop, until } from '../sync/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await openShop();
});
afterEach(() => vi.restoreAllMocks());
afterAll(() => shop.stop());

/** Signs in as a till of some version does; the first version said nothing of its protocol. */
async function signInWith(device: TestDevice, protocol?: number): Promise<Response> {
  const { url } = shop.hq;
  const who = { device: device.device, inc: device.inc };
  const { challenge } = await body<{ challenge: string }>(await post(url, '/device/challenge', who));
  const sig = device.sealer.sign(device.sealer.sha256Hex(challenge));
  return post(url, '/device/token', { ...who, challenge, sig, ...(protocol !== undefined && { protocol }) });
}

const refusal = z.object({
  code: z.literal('UPGRADE_REQUIRED'),
  detail: z.object({ oldest: z.literal(oldestReader), token: z.string(), expiresAt: z.int() }),
});

test.each([undefined, 1, oldestReader - 1])(
  'a till of protocol %s may push and reads nothing',
  async (protocol) => {
    const { url } = shop.hq;
    const device = await shop.hq.device(await shop.store());
    const answer = await signInWith(device, protocol);
    expect(answer.status).toBe(426);
    const { token } = refusal.parse(await answer.json()).detail;
    const changesets = [device.make(saleRows({ ...device, receiptN: 1 }), { actor: 'cashier' })];
    // As the first version pushed: without saying how far it has read.
    const pushed = await post(
      url,
      '/sync/push',
      { changesets, waiting: 1, oldestAt: 1, version: '0' },
      token,
    );
    expect(pushReply.parse(await pushed.json()).verdicts).toEqual([{ dseq: 1, verdict: 'accepted' }]);
    expect(await shop.onHand(device.storeId)).toBe(-32);
    for (const scope of ['org', 'party', storeScope(device.storeId)])
      for (const path of [
        `/v1/shape?table=change_log&offset=-1&scope=${scope}`,
        `/sync/changes?after=0&limit=10&scope=${scope}`,
        `/sync/snapshot?scope=${scope}`,
      ]) {
        const read = await get(url, path, token);
        expect([path, read.status]).toEqual([path, 403]);
        expect(await read.text()).not.toContain('"envelope"');
      }
  },
);

test('a till of today reads', async () => {
  const device = await shop.hq.device();
  const answer = await signInWith(device, protocolVersion);
  expect(answer.status).toBe(200);
  const { token } = await body<{ token: string }>(answer);
  expect((await get(shop.hq.url, '/sync/snapshot?scope=org', token)).status).toBe(200);
});

test('a till that HQ has left behind goes on selling and sending, says so, and reads again after its upgrade', async () => {
  const storeId = await shop.store();
  let spoken = protocolVersion;
  const { fetch } = globalThis;
  vi.spyOn(globalThis, 'fetch').mockImplementation((input, init) =>
    fetch(input, String(input).endsWith('/device/token') ? speaking(spoken, init) : init),
  );
  let till = shop.till();
  await till.join(storeId);
  till.running.start();
  till.move(-1);
  await till.settled();
  await till.close();

  spoken = oldestReader - 1;
  till = shop.till(till.folder);
  till.running.start();
  till.move(-10);
  await until(async () => {
    await till.running.enrolled().link.now();
    return till.sync().waiting === 0;
  });
  expect(await shop.onHand(storeId)).toBe(-11);
  await shop.hq.write([{ t: 'setting', op: 'set', id: storeId, cols: { storeId, key: 'news', value: 1 } }]);
  await till.running.enrolled().link.now();
  expect(till.sync()).toMatchObject({ trouble: 'upgrade', waiting: 0, link: 'online' });
  expect(till.query(`SELECT 1 FROM setting WHERE key = 'news'`)).toEqual([]);
  expect(till.running.state().phase).not.toBe('revoked');
  await till.close();

  spoken = protocolVersion;
  till = shop.till(till.folder);
  till.running.start();
  await till.settled();
  expect(till.sync().trouble).toBeNull();
  expect(till.query(`SELECT 1 FROM setting WHERE key = 'news'`)).toHaveLength(1);
});

const speaking = (protocol: number, init: RequestInit | undefined): RequestInit => ({
  ...init,
  body: JSON.stringify({ ...z.looseObject({}).parse(JSON.parse(String(init?.body))), protocol }),
});
