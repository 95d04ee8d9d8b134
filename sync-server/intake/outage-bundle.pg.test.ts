import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 } from '@hpke/dhkem-x25519';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createIds } from '#shared/kernel/ids.ts';
import type { Sealed } from '#shared/replica/changeset.ts';
import { type OutageHeader, outageHeaderLine, outageLine } from '#shared/replica/outage-bundle.ts';
import { readHqKeys } from '../auth/hq-keys.ts';
import { migrateSignIn } from '../auth/sign-in.ts';
import { createOutageImports, importOutageBundle } from './outage-bundle.ts';
import { openOutageBundle } from './outage-file.ts';
import { createIntake } from './push.ts';
import { createTestDevice, saleRows, type TestDevice, testId } from './test-device.ts';
import { startTestHq, type TestHq } from './test-hq.ts';

let hq: TestHq;
let deps: Parameters<typeof importOutageBundle>[0];
beforeAll(async () => {
  hq = await startTestHq();
  await migrateSignIn(hq.pool);
  const clock = { nowMs: () => Date.now() };
  const ids = createIds({ clock, random: { bytes: (n) => randomBytes(n) } });
  const { bundleKey } = await readHqKeys(hq.pool);
  deps = { pool: hq.pool, intake: createIntake(hq.pool), bundleKey, clock, ids };
});
afterAll(() => hq.stop());

const suite = new CipherSuite({
  kem: new DhkemX25519HkdfSha256(),
  kdf: new HkdfSha256(),
  aead: new Aes256Gcm(),
});
const take = (file: Uint8Array) => importOutageBundle(deps, file, 'amelie');
const rowsOf = async <T extends object>(text: string, values: unknown[] = []): Promise<T[]> =>
  (await hq.pool.query<T>(text, values)).rows;

/** A file as the format page says, made without the till's code; `content` is what is packed. */
async function bundle(
  device: TestDevice,
  rows: readonly Sealed[],
  over: Partial<OutageHeader> & { readonly content?: Buffer } = {},
): Promise<Buffer> {
  const { content = Buffer.from(rows.map((row) => `${outageLine(row)}\n`).join('')), ...header } = over;
  const packed = gzipSync(content);
  const last = device.head().dseq;
  const line = outageHeaderLine(
    {
      ...{ device: device.device, inc: device.inc, sealedTo: deps.bundleKey.publicKey, epoch: 'e' },
      ...{
        count: rows.length,
        firstDseq: last - rows.length + 1,
        lastDseq: last,
        madeAt: Date.now() - 60_000,
      },
      ...header,
    },
    packed.length,
  );
  const recipientPublicKey = await suite.kem.deserializePublicKey(
    new Uint8Array(Buffer.from(header.sealedTo ?? deps.bundleKey.publicKey, 'base64url')),
  );
  const { enc, ct } = await suite.seal({ recipientPublicKey }, new Uint8Array(packed), line);
  const signed = Buffer.concat([line, new Uint8Array(enc), new Uint8Array(ct)]);
  const sig = device.sealer.sign(createHash('sha256').update(signed).digest('hex'));
  return Buffer.concat([signed, Buffer.from(sig, 'base64url')]);
}

const sales = (device: TestDevice, count: number): Sealed[] =>
  Array.from({ length: count }, () => device.make(saleRows({ ...device, receiptN: device.head().dseq + 1 })));

test('all of a till’s unsent work is taken in, and is a duplicate when it arrives online', async () => {
  const device = await hq.device();
  const rows = sales(device, 450);
  const file = await bundle(device, rows);
  expect(await take(file)).toMatchObject({
    value: { changesets: 450, accepted: 450, duplicates: 0, refused: 0, by: 'amelie' },
  });
  const online = await deps.intake.takeBatch(device, {
    ...{ changesets: rows.slice(-3), waiting: 0, oldestAt: null, version: '1' },
  });
  expect(online).toMatchObject({
    value: {
      ackedThrough: 450,
      verdicts: [1, 2, 3].map(() => ({ verdict: 'duplicate', first: 'accepted' })),
    },
  });
  expect(await rowsOf('SELECT count(*) AS n FROM sale WHERE till_id = $1', [device.tillId])).toEqual([
    { n: 450 },
  ]);
  expect(await take(file)).toMatchObject({ error: { code: 'ALREADY_IMPORTED', by: 'amelie' } });
  expect(
    await rowsOf('SELECT action, details FROM audit_entry WHERE subject_id = $1', [device.device]),
  ).toEqual([
    {
      action: 'sync.outage-file.imported',
      details: { changesets: 450, accepted: 450, duplicates: 0, refused: 0 },
    },
  ]);
});

test('what HQ has of it already is counted apart, and what it refuses goes to quarantine', async () => {
  const device = await hq.device();
  const rows = sales(device, 2);
  await deps.intake.takeBatch(device, { changesets: rows, waiting: 0, oldestAt: null, version: '1' });
  const foreign = device.make(saleRows({ ...device, receiptN: 9 }), { scope: 'store:elsewhere' });
  expect(await take(await bundle(device, [...rows, foreign]))).toMatchObject({
    value: { changesets: 3, accepted: 0, duplicates: 2, refused: 1 },
  });
});

test('a carried file is no contact: its till is not online for it', async () => {
  const device = await hq.device();
  await hq.pool.query(
    'INSERT INTO device_contact (device, seen_at, pushed_at, version) VALUES ($1, 5, 5, $2)',
    [...[device.device, '1.4.2']],
  );
  const madeAt = Date.now() - 3600_000;
  await take(await bundle(device, sales(device, 1), { madeAt }));
  expect(
    await rowsOf('SELECT seen_at AS at, version, waiting FROM device_contact WHERE device = $1', [
      device.device,
    ]),
  ).toEqual([{ at: madeAt, version: '1.4.2', waiting: 0 }]);
});

test('a revoked till’s work is taken and flagged', async () => {
  const device = await hq.device();
  await hq.write([{ t: 'device', op: 'set', id: device.device, cols: { revoked: true } }]);
  expect(await take(await bundle(device, sales(device, 2)))).toMatchObject({ value: { accepted: 2 } });
  expect(await rowsOf('SELECT reason FROM flag WHERE device = $1', [device.device])).toEqual(
    [1, 2].map(() => ({ reason: 'DEVICE_REVOKED' })),
  );
});

test('every refusal has its name, and none leaves anything behind', async () => {
  const device = await hq.device();
  const [first, ...rest] = sales(device, 4);
  const file = await bundle(device, rest);
  expect(await take(file)).toMatchObject({ error: { code: 'GAP', from: 1, to: 1 } });
  expect(await take(file.subarray(0, -1))).toMatchObject({ error: { code: 'CUT_SHORT' } });
  expect(await take(Buffer.from('a photo of a cat'))).toMatchObject({ error: { code: 'NOT_A_BUNDLE' } });
  const stranger = createTestDevice({ storeId: hq.stores[0] });
  expect(await take(await bundle(stranger, sales(stranger, 1)))).toMatchObject({
    error: { code: 'UNKNOWN_DEVICE' },
  });
  const other = await suite.kem.generateKeyPair();
  const sealedTo = Buffer.from(await suite.kem.serializePublicKey(other.publicKey)).toString('base64url');
  expect(await take(await bundle(device, rest, { sealedTo }))).toMatchObject({ error: { code: 'OTHER_HQ' } });
  expect(await take(await bundle(stranger, sales(stranger, 1), { sealedTo }))).toMatchObject({
    error: { code: 'OTHER_HQ' },
  });
  const thief = { ...stranger, device: device.device };
  expect(await take(await bundle(thief, rest, { firstDseq: 2, lastDseq: 4 }))).toMatchObject({
    error: { code: 'TAMPERED' },
  });
  expect(await rowsOf('SELECT 1 FROM change_seen WHERE device = $1', [device.device])).toEqual([]);
  expect(
    await take(
      await bundle(
        device,
        [first, ...rest].flatMap((one) => one ?? []),
      ),
    ),
  ).toMatchObject({
    value: { accepted: 4 },
  });
});

test('every single changed byte is found', async () => {
  const device = await hq.device();
  const file = await bundle(device, sales(device, 1));
  const open = async (bytes: Uint8Array) =>
    openOutageBundle(bytes, { bundleKey: deps.bundleKey, keyOfDevice: async () => device.publicKey });
  expect(await open(file)).toMatchObject({ ok: true });
  for (let at = 0; at < file.length; at++) {
    const changed = Buffer.from(file);
    changed[at] = (changed[at] ?? 0) ^ (1 << (at % 8));
    expect(await open(changed), `byte ${at}`).toMatchObject({ ok: false });
  }
});

test('a till’s clone is told from the till', async () => {
  const device = await hq.device();
  const rows = sales(device, 2);
  await take(await bundle(device, rows));
  device.rewind({ dseq: 1, hash: rows[0]?.hash ?? '' });
  expect(await take(await bundle(device, sales(device, 1)))).toMatchObject({
    error: { code: 'FORK', dseq: 2 },
  });
});

test('what unpacks without end, or into nonsense, is cut off', async () => {
  const device = await hq.device();
  const open = async (content: Buffer, mostUnpacked?: number) => {
    const file = await bundle(device, sales(device, 1), { content });
    const opened = await openOutageBundle(file, {
      ...{ bundleKey: deps.bundleKey, keyOfDevice: async () => device.publicKey },
      ...(mostUnpacked !== undefined && { mostUnpacked }),
    });
    if (!opened.ok) throw new Error(opened.error.code);
    for await (const one of opened.value.changesets) expect(one.text).not.toBe('');
  };
  await expect(open(Buffer.alloc(64 * 1024 * 1024, ' '))).rejects.toThrow('TOO_LARGE');
  await expect(open(Buffer.alloc(2_000, '\n'), 1_000)).rejects.toThrow('TOO_LARGE');
  await expect(open(Buffer.from('{"text":"and no more"}\n'))).rejects.toThrow('TAMPERED');
  await expect(open(Buffer.from('cut'))).rejects.toThrow('TAMPERED');
  const content = Buffer.from(`${JSON.stringify({ text: '', hash: testId(), sig: '' })}\n`);
  expect(await take(await bundle(device, sales(device, 1), { content }))).toMatchObject({
    error: { code: 'TAMPERED' },
  });
});

test('an upload is one file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-upload-'));
  const imports = createOutageImports(deps);
  expect(await imports.take(folder, 'amelie')).toMatchObject({ error: { code: 'NOT_FOUND' } });
  const device = await hq.device();
  writeFileSync(join(folder, 'a.pestle'), await bundle(device, sales(device, 1)));
  expect(await imports.take(folder, 'amelie')).toMatchObject({ value: { accepted: 1 } });
  expect((await imports.list())[0]).toMatchObject({ changesets: 1, accepted: 1, by: 'amelie' });
  writeFileSync(join(folder, 'b.pestle'), '');
  expect(await imports.take(folder, 'amelie')).toMatchObject({ error: { code: 'NOT_FOUND' } });
  rmSync(folder, { recursive: true });
});
