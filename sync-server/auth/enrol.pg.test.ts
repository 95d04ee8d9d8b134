import { createPrivateKey, createPublicKey, diffieHellman, generateKeyPairSync } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EnrolReply, enrolReply, protocolVersion, timeText, tokenReply } from '#shared/replica/wire.ts';
import { createTestDevice, testId } from '../intake/test-device.ts';
import { body, get, post, signIn, startTestHq, type TestHq } from '../intake/test-hq.ts';
import { sha256Hex, verifies } from '../store/signing.ts';
import { createDeviceTokens } from './device-tokens.ts';
import { revokeTill } from './enrol.ts';
import { createCode } from './enrolment-codes.ts';
import { readHqKeys } from './hq-keys.ts';
import { isPin, pepperOf, pinVerifier } from './pins.ts';

let hq: TestHq;
beforeAll(async () => {
  hq = await startTestHq({ enrolTries: 6 });
});
afterAll(() => hq.stop());

async function newTill(): Promise<string> {
  const id = testId();
  await hq.write([{ t: 'till', op: 'set', id, cols: { storeId: hq.stores[0], code: 'T01', name: 'Front' } }]);
  return id;
}
async function codeFor(tillId: string, nowMs = Date.now()): Promise<string> {
  const made = await createCode(hq.pool, tillId, nowMs);
  if (!made.ok) throw new Error(made.error.code);
  return made.value.code;
}
const ask = (code: string, publicKey = createTestDevice({ storeId: '' }).publicKey) =>
  post(hq.url, '/enrol', { code, publicKey, protocol: protocolVersion, version: '1' });

test('a till that shows its code becomes a device, signs in and leaves its sealed key', async () => {
  const tillId = await newTill();
  const code = await codeFor(tillId);
  expect(code).toMatch(/^[3-9A-Y]{4}-[3-9A-Y]{4}$/);
  const shown = createTestDevice({ storeId: hq.stores[0] });
  const reply = enrolReply.parse(
    await body(await ask(code.toLowerCase().replace('-', ' '), shown.publicKey)),
  );
  expect(reply).toMatchObject({
    inc: 1,
    tillId,
    storeId: hq.stores[0],
    orgName: 'Test',
    hqKey: hq.hq.keys.publicKey,
  });
  expect(reply.scopes).toEqual(['org', `store:${hq.stores[0]}`, 'party']);
  const token = await signIn(hq.url, { ...shown, device: reply.device });
  expect((await get(hq.url, '/v1/shape?scope=org&offset=-1', token)).status).toBe(200);
  expect((await post(hq.url, '/enrol/sealed-key', { sealed: 'abc' }, token)).status).toBe(200);
  expect((await post(hq.url, '/enrol/sealed-key', { sealed: 'abc' })).status).toBe(401);
  const { rows } = await hq.pool.query('SELECT sealed, inc FROM sealed_key WHERE device = $1', [
    reply.device,
  ]);
  expect(rows).toEqual([{ sealed: 'abc', inc: 1 }]);
  const log = await hq.pool.query(
    `SELECT 1 FROM change_log WHERE type = 'enrolment' AND envelope LIKE '%' || $1 || '%'`,
    [reply.device],
  );
  expect(log.rowCount).toBe(1);
});

test('of many that send one code at once, one is enrolled', async () => {
  const code = await codeFor(await newTill());
  const answers = await Promise.all(Array.from({ length: 5 }, () => ask(code)));
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 403, 403, 403, 403]);
  const refused = await Promise.all(answers.filter(({ ok }) => !ok).map((answer) => body(answer)));
  for (const one of refused) expect(one).toMatchObject({ code: 'CODE_REFUSED', detail: { reason: 'used' } });
});

test('a till that enrols again is a new device of the next incarnation, and the old one is revoked', async () => {
  await resetTries();
  const tillId = await newTill();
  const first = await body<EnrolReply>(await ask(await codeFor(tillId)));
  const second = await body<EnrolReply>(await ask(await codeFor(tillId)));
  expect(second).toMatchObject({ inc: 2, tillId, pepper: first.pepper });
  expect(second.device).not.toBe(first.device);
  const { rows } = await hq.pool.query('SELECT inc, revoked FROM device WHERE till_id = $1 ORDER BY inc', [
    tillId,
  ]);
  expect(rows).toEqual([
    { inc: 1, revoked: true },
    { inc: 2, revoked: false },
  ]);
});

test('a code that is unknown, expired or replaced is refused with its reason', async () => {
  const tillId = await newTill();
  const old = await codeFor(tillId);
  const expired = await codeFor(tillId, Date.now() - 600_001);
  for (const [code, reason] of [
    ['AAAA-AAAA', 'unknown'],
    [old, 'unknown'],
    [expired, 'expired'],
  ] as const)
    expect(await body(await ask(code))).toMatchObject({ code: 'CODE_REFUSED', detail: { reason } });
  expect(await createCode(hq.pool, 'no such till', Date.now())).toMatchObject({ ok: false });
});

test('guessing is slowed down', async () => {
  const statuses: number[] = [];
  for (let i = 0; i < 12; i++) statuses.push((await ask('AAAA-AAAA')).status);
  expect(statuses.at(-1)).toBe(429);
});

test('a device signs in only by answering its own fresh challenge with its own key', async () => {
  const device = await hq.device();
  const other = await hq.device();
  const who = { device: device.device, inc: 1, protocol: protocolVersion };
  const { challenge } = await body<{ challenge: string }>(await post(hq.url, '/device/challenge', who));
  const sign = (by: typeof device, text: string) => by.sealer.sign(sha256Hex(text));
  const answer = (fields: object) =>
    post(hq.url, '/device/token', { ...who, challenge, ...fields }).then(({ status }) => status);
  expect(await answer({ sig: sign(other, challenge) })).toBe(401);
  expect(await answer({ device: other.device, sig: sign(other, challenge) })).toBe(401);
  expect(await answer({ inc: 2, sig: sign(device, challenge) })).toBe(401);
  expect(await answer({ challenge: `${challenge}x`, sig: sign(device, `${challenge}x`) })).toBe(401);
  const stale = createDeviceTokens(hq.hq.keys.tokenKey).challenge(who, Date.now() - 61_000);
  expect(await answer({ challenge: stale, sig: sign(device, stale) })).toBe(401);
  const token = createDeviceTokens(hq.hq.keys.tokenKey).issue({ ...who, scopes: [] }, Date.now()).token;
  expect(await answer({ challenge: token, sig: sign(device, token) })).toBe(401);
  expect(await answer({ sig: sign(device, challenge) })).toBe(200);
});

test('a device that signs in is told the time by HQ’s own key, for its own challenge', async () => {
  const device = await hq.device();
  const who = { device: device.device, inc: 1 };
  const before = Date.now();
  const { challenge } = await body<{ challenge: string }>(await post(hq.url, '/device/challenge', who));
  const sig = device.sealer.sign(sha256Hex(challenge));
  const answer = { ...who, challenge, sig, protocol: protocolVersion };
  const reply = tokenReply.parse(await body(await post(hq.url, '/device/token', answer)));
  const signed = (text: string) => verifies(hq.hq.keys.publicKey, sha256Hex(text), reply.timeSig);
  expect(signed(timeText(challenge, reply.hqNow))).toBe(true);
  expect(signed(timeText(challenge, reply.hqNow + 1))).toBe(false);
  expect(signed(timeText(`${challenge}x`, reply.hqNow))).toBe(false);
  expect(reply.hqNow).toBeGreaterThanOrEqual(before);
  expect(reply.storeId).toBe(device.storeId);
});

test('the key that unsent work is sealed to is a good one, and the same at every node', async () => {
  const { bundleKey } = hq.hq.keys;
  const raw = (x: string, d?: string) => ({ kty: 'OKP', crv: 'X25519', x, ...(d !== undefined && { d }) });
  const mine = createPrivateKey({ key: raw(bundleKey.publicKey, bundleKey.privateKey), format: 'jwk' });
  const other = generateKeyPairSync('x25519');
  expect(diffieHellman({ privateKey: mine, publicKey: other.publicKey })).toEqual(
    diffieHellman({
      privateKey: other.privateKey,
      publicKey: createPublicKey({ key: raw(bundleKey.publicKey), format: 'jwk' }),
    }),
  );
  expect((await readHqKeys(hq.pool)).bundleKey).toEqual(bundleKey);
});

test('a revoked device is refused, with a token that takes in what it has not sent', async () => {
  const tillId = await newTill();
  const device = createTestDevice({ storeId: hq.stores[0], tillId });
  await hq.write([
    {
      t: 'device',
      op: 'set',
      id: device.device,
      cols: {
        tillId,
        storeId: device.storeId,
        publicKey: device.publicKey,
        inc: 1,
        enrolledAt: 1,
        revoked: false,
      },
    },
  ]);
  expect(await revokeTill(hq.pool, tillId, 'hq')).toMatchObject({ ok: true });
  const { challenge } = await body<{ challenge: string }>(
    await post(hq.url, '/device/challenge', { device: device.device, inc: 1 }),
  );
  const sig = device.sealer.sign(sha256Hex(challenge));
  const answer = await post(hq.url, '/device/token', {
    ...{ device: device.device, inc: 1, protocol: protocolVersion },
    ...{ challenge, sig },
  });
  const refusal = await body<{ code: string; detail: { token: string } }>(answer);
  expect([answer.status, refusal.code]).toEqual([403, 'REVOKED']);
  const push = await post(
    hq.url,
    '/sync/push',
    { changesets: [], waiting: 0, oldestAt: null, version: '1', read: [] },
    refusal.detail.token,
  );
  expect(push.status).toBe(200);
  expect((await get(hq.url, '/v1/shape?scope=org&offset=-1', refusal.detail.token)).status).toBe(403);
  expect(await revokeTill(hq.pool, 'no such till', 'hq')).toMatchObject({ ok: false });
});

test('a key that is none and another protocol are refused before the code is used', async () => {
  await resetTries();
  const code = await codeFor(await newTill());
  const x25519 = generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' }).x ?? '';
  expect((await ask(code, `${x25519}00`)).status).toBe(400);
  expect((await post(hq.url, '/enrol', { code, publicKey: x25519, protocol: 99, version: '1' })).status).toBe(
    426,
  );
  expect((await ask(code)).status).toBe(200);
});

test('a PIN is known by its verifier only with the pepper of its store', async () => {
  const [here, there] = hq.stores;
  const client = await hq.pool.connect();
  try {
    const verifier = await pinVerifier(client, here, '2580');
    expect(verifier).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(await isPin(verifier, await pepperOf(client, here), '2580')).toBe(true);
    expect(await isPin(verifier, await pepperOf(client, here), '2581')).toBe(false);
    expect(await isPin(verifier, await pepperOf(client, there), '2580')).toBe(false);
  } finally {
    client.release();
  }
});

/** Tries are counted per address by the node: a new node has seen none. */
async function resetTries(): Promise<void> {
  await hq.restart();
}
