import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createORPCClient, ORPCError } from '@orpc/client';
import { RPCLink } from '@orpc/client/fetch';
import type { ContractRouterClient } from '@orpc/contract';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import { permissions } from '#shared/auth/permissions.ts';
import type { hqContract } from '#shared/contract.ts';
import { createIds } from '#shared/kernel/ids.ts';
import { err, ok } from '#shared/kernel/result.ts';
import { bootstrapOrg } from '../auth/bootstrap.ts';
import {
  addOfficePerson,
  createFirstAdmin,
  createSignIn,
  migrateSignIn,
  sessionSecret,
} from '../auth/sign-in.ts';
import { createImports } from '../catalog/imports.ts';
import { createSalesWatch } from '../sales/watch.ts';
import { inTransaction } from '../store/pool.ts';
import { startTestDatabase, type TestDatabase } from '../store/test-database.ts';
import { writeChanges } from '../store/writer.ts';
import { createRpc } from './rpc.ts';
import { mountBackOffice } from './rpc-mounts.ts';
import { callRights } from './rpc-rights.ts';
import { createUploads } from './rpc-uploads.ts';
import { webMount } from './rpc-web.ts';

type Client = ContractRouterClient<typeof hqContract>;
const admin = { email: 'admin@hq.example', password: 'a long enough password' };
const clock = { nowMs: () => Date.now() };
const ids = createIds({ clock, random: { bytes: (n) => crypto.getRandomValues(new Uint8Array(n)) } });
const dataDir = mkdtempSync(join(tmpdir(), 'pestle-rpc-'));
let database: TestDatabase;
let server: Server;
let base = '';
let cookie = '';

beforeAll(async () => {
  database = await startTestDatabase();
  const { pool } = database;
  await migrateSignIn(pool);
  await inTransaction(pool, (client) => bootstrapOrg(client, { name: 'Corvelle', nowMs: clock.nowMs() }));
  expect(
    await createFirstAdmin(pool, { email: admin.email, name: 'Administrator', password: admin.password }),
  ).toEqual(admin);
  server = await listen();
  cookie = await signIn(admin.password);
});
afterAll(async () => {
  server.closeAllConnections();
  await new Promise((done) => server.close(done));
  await database.stop();
  rmSync(dataDir, { recursive: true, force: true });
});

async function listen(): Promise<Server> {
  const { pool } = database;
  const app = express();
  const signIn = createSignIn({ pool, secret: sessionSecret('test'), publicUrl: 'http://127.0.0.1' });
  const uploads = createUploads({ dataDir, ids, limit: 1_000 });
  const imports = createImports({
    ...{ pool, dataDir, clock, ids },
    writeChanges: (client, actor, type, changes, written) =>
      writeChanges(client, { actor, type, written }, changes),
  });
  const onError = (problem: unknown) => console.error(problem);
  const rpc = createRpc({
    ...{ pool, clock, ids, signIn, imports, onError, reportsPool: pool },
    outages: { take: async () => err({ code: 'NOT_A_BUNDLE' }), list: async () => [] },
    publicUrl: () => base,
    fingerprint: async () => 'aa:bb',
    createCode: async () => ok({ code: 'AAAA-BBBB', expiresAt: 1 }),
    revokeTill: async () => ok(null),
    pinVerifier: async () => 'verifier',
    readyMade: [],
    inspect: async () => ok({ files: [], suggested: { profileId: null, profile: null } }),
    uploadPath: uploads.path,
    salesWatch: createSalesWatch({ pool, onChange: () => () => {} }),
  });
  mountBackOffice(app, { signIn, rpc, uploads, issuesPath: (id) => join(dataDir, `${id}.csv`), onError });
  webMount(app, { dir: join(dataDir, 'no-build') });
  const listening = createServer(app);
  await new Promise<void>((done) => listening.listen(0, '127.0.0.1', done));
  const address = listening.address();
  base = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;
  return listening;
}

const post = (path: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${base}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
async function signIn(password: string, email = admin.email): Promise<string> {
  const answer = await post('/api/auth/sign-in/email', { email, password });
  return answer.headers.get('set-cookie')?.split(';')[0] ?? '';
}
const client = (headers: Record<string, string>): Client =>
  createORPCClient(new RPCLink({ url: `${base}/rpc`, headers }));
const upload = (name: string, body: string, query = '') =>
  fetch(`${base}/api/uploads${query}`, {
    method: 'POST',
    headers: { cookie, 'x-file-name': encodeURIComponent(name) },
    body,
  });
const uploaded = z.object({ uploadId: z.string() });

describe('the session', () => {
  test('a call without one is refused as UNAUTHORIZED', async () => {
    const refused = await client({})
      .auth.me()
      .catch((problem: unknown) => problem);
    expect(refused).toBeInstanceOf(ORPCError);
    expect(refused).toMatchObject({ code: 'UNAUTHORIZED', status: 401 });
    expect((await post('/api/v1/auth/stores', {})).status).toBe(401);
  });

  test('a call with one is answered', async () => {
    expect(await client({ cookie }).auth.me()).toEqual({
      name: 'Administrator',
      email: admin.email,
      orgName: 'Corvelle',
      rights: [...permissions],
    });
    const overApi = await post('/api/v1/auth/me', {}, { cookie });
    expect(await overApi.json()).toMatchObject({ email: admin.email });
  });

  test('a wrong password opens nothing, and nobody can sign himself up', async () => {
    expect(await signIn('not the password')).toBe('');
    const up = await post('/api/auth/sign-up/email', {
      email: 'x@y.example',
      password: 'long enough too',
      name: 'X',
    });
    expect(up.ok).toBe(false);
    expect((await database.pool.query('SELECT email FROM hq_user')).rows).toEqual([{ email: admin.email }]);
  });

  test('a second first admin is not made', async () => {
    expect(await createFirstAdmin(database.pool, { email: 'b@hq.example', name: 'B' })).toBeNull();
  });

  test('a request that another site makes is refused', async () => {
    const foreign = await post('/rpc/auth/me', {}, { cookie, origin: 'https://evil.example' });
    expect([foreign.status, await foreign.json()]).toEqual([403, { code: 'FOREIGN_ORIGIN' }]);
    expect((await post('/rpc/auth/me', {}, { cookie, origin: base })).status).toBe(200);
  });
});

describe('rights', () => {
  const calls = Object.entries(callRights).flatMap(([domain, of]) =>
    Object.entries(of).map(([call, right]) => ({ path: `${domain}/${call}`, right: String(right) })),
  );
  const enter = async (email: string, role: string): Promise<string> => {
    const added = await addOfficePerson(database.pool, { email, name: role, role });
    if (!added.ok) throw new Error(added.error.code);
    return signIn(added.value.password, email);
  };

  test('an auditor reads everything and changes nothing: each refusal names the right that is missing', async () => {
    const auditor = await enter('auditor@hq.example', 'auditor');
    expect((await client({ cookie: auditor }).auth.me()).rights).toEqual(['auth.audit.read', 'reports.read']);
    for (const { path, right } of calls) {
      const answer = await post(`/rpc/${path}`, { json: {} }, { cookie: auditor });
      if (right === 'read') expect([path, answer.status]).not.toEqual([path, 403]);
      else
        expect([path, answer.status, await answer.json()]).toEqual([
          path,
          403,
          { json: expect.objectContaining({ code: 'FORBIDDEN', data: { right } }) },
        ]);
      if (right === 'read') await answer.body?.cancel();
    }
    const sent = await fetch(`${base}/api/uploads`, {
      method: 'POST',
      headers: { cookie: auditor },
      body: 'x',
    });
    expect(sent.status).toBe(403);
    expect((await post('/api/v1/auth/newCode', { tillId: 'x' }, { cookie: auditor })).status).toBe(403);
  });

  test('a role counts as it is at the call: what it loses is refused from the next one on', async () => {
    const office = await enter('office@hq.example', 'HQ');
    const hq = client({ cookie: office });
    await expect(hq.auth.newCode({ tillId: 'none' })).resolves.toMatchObject({ code: 'AAAA-BBBB' });
    const role = (await hq.auth.roles()).find(({ name }) => name === 'HQ');
    const id = role?.roleId ?? '';
    const given = role?.permissions ?? [];
    const without = given.filter((right) => right !== 'auth.devices.edit');
    await client({ cookie }).auth.saveRole({ id, name: 'HQ', permissions: without });
    await expect(hq.auth.newCode({ tillId: 'none' })).rejects.toMatchObject({
      ...{ status: 403, data: { right: 'auth.devices.edit' } },
    });
    await client({ cookie }).auth.saveRole({ id, name: 'HQ', permissions: given });
  });

  test('nobody is added twice, or with a role that is not there', async () => {
    const add = (email: string, role: string) =>
      addOfficePerson(database.pool, { email, name: 'Somebody', role });
    expect(await add('AUDITOR@hq.example', 'HQ')).toEqual({ ok: false, error: { code: 'EMAIL_TAKEN' } });
    expect(await add('new@hq.example', 'King')).toEqual({ ok: false, error: { code: 'NO_ROLE' } });
  });
});

describe('stores and tills', () => {
  const store = {
    code: 'S01',
    name: 'Gare',
    zone: 'Europe/Paris',
    currency: 'EUR',
    minorDigits: 2,
    cashStepMinor: 1,
    taxMode: 'inclusive' as const,
    language: 'fr',
    addressLines: ['1 rue'],
    licence: '',
    taxNumber: '',
    receiptFooter: '',
    dayStartHour: 4,
    minShelfLifeDays: 0,
  };

  test('a store and its till are made, found and kept apart by their codes', async () => {
    const hq = client({ cookie });
    const { id } = await hq.auth.saveStore(store);
    const till = await hq.auth.saveTill({ storeId: id, code: 'T01', name: 'Front' });
    expect(await hq.auth.stores()).toMatchObject([
      {
        id,
        code: 'S01',
        dataTo: null,
        tills: [{ tillId: till.id, code: 'T01', enrolled: false, lag: 'never' }],
      },
    ]);
    await expect(hq.auth.saveStore(store)).rejects.toMatchObject({ code: 'CODE_TAKEN', defined: true });
    await expect(hq.auth.saveStore({ ...store, code: 'S02', zone: 'Mars/Olympus' })).rejects.toMatchObject({
      code: 'BAD_ZONE',
    });
    await expect(hq.auth.saveTill({ storeId: id, code: 'T01', name: 'Again' })).rejects.toMatchObject({
      code: 'CODE_TAKEN',
    });
    await expect(hq.auth.saveTill({ storeId: 'none', code: 'T02', name: 'Lost' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    const code = await hq.auth.newCode({ tillId: till.id });
    expect(code.qr).toBe(`pestle:${base}?code=AAAA-BBBB&fp=aa:bb`);
    expect(code.qrSvg).toMatch(/^<svg/);
  });

  test('a PIN must be as long as the most powerful role of the person asks', async () => {
    const hq = client({ cookie });
    const [place] = await hq.auth.stores();
    const roles = await hq.auth.roles();
    const role = (name: string) => roles.find((one) => one.name === name)?.roleId ?? '';
    const person = {
      name: 'Inès Marchand',
      active: true,
      places: [{ storeId: place?.id ?? '', roleId: role('Store manager') }],
    };
    await expect(hq.auth.savePerson({ ...person, pin: '1234' })).rejects.toMatchObject({
      code: 'PIN_TOO_SHORT',
      data: { atLeast: 6 },
    });
    const { id } = await hq.auth.savePerson({ ...person, pin: '123456' });
    expect(await hq.auth.people()).toMatchObject([{ personId: id, places: [{ hasPin: true }] }]);
    await hq.auth.savePerson({ id, name: 'Inès M.', active: true, places: [] });
    expect(await hq.auth.people()).toMatchObject([{ personId: id, name: 'Inès M.', places: [] }]);
  });
});

describe('uploads', () => {
  test('files of one upload lie together, under names of their own', async () => {
    const first = uploaded.parse(await (await upload('CIS_bdpm.txt', 'one')).json());
    const second = await upload('../../etc/pas swd é.csv', 'two', `?upload=${first.uploadId}`);
    expect(second.status).toBe(201);
    expect(readdirSync(join(dataDir, 'uploads', first.uploadId)).sort()).toEqual([
      'CIS_bdpm.txt',
      'pas swd é.csv',
    ]);
  });

  test('what is too large leaves nothing behind, also when its length was not said', async () => {
    expect((await upload('big.csv', 'x'.repeat(1_001))).status).toBe(413);
    const { uploadId } = uploaded.parse(await (await upload('a.csv', 'x'.repeat(600))).json());
    const chunks = new ReadableStream({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('y'.repeat(600)));
        controller.close();
      },
    });
    const unsaid = await fetch(`${base}/api/uploads?upload=${uploadId}`, {
      ...{ method: 'POST', duplex: 'half', body: chunks },
      headers: { cookie, 'x-file-name': 'b.csv' },
    });
    expect(unsaid.status).toBe(413);
    expect(readdirSync(join(dataDir, 'uploads', uploadId))).toEqual(['a.csv']);
  });

  test('names that are none, strange uploads and strangers are refused', async () => {
    expect((await upload('..', 'x')).status).toBe(400);
    expect((await upload('a.csv', 'x', '?upload=../secret')).status).toBe(404);
    const stranger = await fetch(`${base}/api/uploads`, {
      method: 'POST',
      headers: { 'x-file-name': 'a.csv' },
      body: 'x',
    });
    expect(stranger.status).toBe(401);
    expect(
      (await fetch(`${base}/api/imports/${ids.next()}/issues.csv`, { headers: { cookie } })).status,
    ).toBe(404);
  });
});

test('the API describes itself', async () => {
  const spec: unknown = await (await fetch(`${base}/api/spec.json`)).json();
  const shape = z.object({
    openapi: z.string().startsWith('3.1'),
    info: z.object({ title: z.literal('Pestle HQ') }),
    paths: z.record(
      z.string(),
      z.record(
        z.string(),
        z.object({ operationId: z.string(), responses: z.record(z.string(), z.object({})) }),
      ),
    ),
  });
  const { paths } = shape.parse(spec);
  expect(Object.keys(paths)).toEqual(
    expect.arrayContaining(['/auth/stores', '/catalog/search', '/sales/list', '/reports/day']),
  );
});

test('a database that is away is said by name, and forgotten when it is back', async () => {
  const hq = client({ cookie });
  const { pool } = database;
  const query = pool.query.bind(pool);
  const connect = pool.connect.bind(pool);
  const gone = () =>
    Promise.reject(Object.assign(new Error('connect ECONNREFUSED'), { code: 'ECONNREFUSED' }));
  Object.assign(pool, { query: gone, connect: gone });
  try {
    await expect(hq.auth.stores()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE', status: 503 });
    expect((await upload('a.csv', 'x')).status).toBe(503);
  } finally {
    Object.assign(pool, { query, connect });
  }
  expect(await hq.auth.stores()).toHaveLength(1);
});

test('without a build the pages say what to do', async () => {
  const page = await fetch(`${base}/sales`, { headers: { accept: 'text/html' } });
  expect([page.status, await page.text()]).toEqual([
    503,
    'The back office is not built: npm run build:web\n',
  ]);
});
