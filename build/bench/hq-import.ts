import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { chmod, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type pg from 'pg';
import { z } from 'zod';
import { connectHq, firstWhere } from '../clients.ts';
import { root } from '../tools.ts';
import type { BenchHq } from './hq-host.ts';

const REAL = join(root, '../shared/data/bdpm2022');
const FIXTURE = join(root, 'sync-server/catalog/fixtures/register');
const MOST_MS = 120_000;

/** The raw files of the real register beside the project; the fixture's where it is absent. */
export function registerFiles(): { readonly files: readonly string[]; readonly real: boolean } {
  const real = existsSync(REAL);
  const folder = real ? REAL : FIXTURE;
  const names = readdirSync(folder).filter((name) => /^CIS_.*\.txt$/.test(name));
  return { files: names.map((name) => join(folder, name)), real };
}

/** Imports as a person in the back office does, over HTTP: uploads, has it checked, applies. From upload to applied. */
export async function importRegister(
  { url, ready }: BenchHq,
  files: readonly string[],
): Promise<{ readonly ms: number; readonly packs: number }> {
  const { signIn } = ready;
  if (!signIn) throw new Error('HQ has been started before');
  const client = await connectHq(url, signIn);
  const cookie = await sessionOf(url, signIn);
  const from = performance.now();
  let uploadId = '';
  for (const file of files) uploadId = await upload(file, { url, cookie, uploadId });
  const { suggested } = await client.catalog.inspectUpload({ uploadId });
  const { id } = await client.catalog.startImport({
    uploadId,
    kind: 'catalogue',
    profile: suggested.profile,
  });
  const settled = (wanted: string) =>
    firstWhere(
      client.catalog.watchImport({ id }),
      ({ state, failure }) => {
        if (failure !== null) throw new Error(failure);
        return state === wanted;
      },
      MOST_MS,
    );
  await settled('checked');
  await client.catalog.applyImport({ id });
  const { summary } = await settled('applied');
  return { ms: performance.now() - from, packs: summary?.created ?? 0 };
}

/** The same rows with bare COPY from files into tables with the same indexes: milliseconds. */
export async function copyCatalogueBare(pool: pg.Pool): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'pestle-bench-copy-'));
  // Postgres may run as a user of its own.
  await chmod(folder, 0o777);
  let took = 0;
  for (const table of ['tax_class', 'tax_rate', 'medicine', 'pack', 'pack_code', 'price']) {
    const file = join(folder, table);
    await pool.query(`COPY ${table} TO '${file}'`);
    await pool.query(`CREATE TABLE bare_${table} (LIKE ${table} INCLUDING ALL)`);
    const from = performance.now();
    await pool.query(`COPY bare_${table} FROM '${file}'`);
    took += performance.now() - from;
  }
  rmSync(folder, { recursive: true, force: true });
  return took;
}

async function sessionOf(
  url: string,
  who: { readonly email: string; readonly password: string },
): Promise<string> {
  const response = await fetch(`${url}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email: who.email, password: who.password }),
  });
  return response.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ');
}

type Uploading = { readonly url: string; readonly cookie: string; readonly uploadId: string };

async function upload(file: string, { url, cookie, uploadId }: Uploading): Promise<string> {
  const response = await fetch(`${url}/api/uploads${uploadId === '' ? '' : `?upload=${uploadId}`}`, {
    method: 'POST',
    headers: {
      cookie,
      'x-file-name': encodeURIComponent(file.split('/').at(-1) ?? ''),
      'content-type': 'application/octet-stream',
    },
    body: readFileSync(file),
  });
  if (!response.ok) throw new Error(`HTTP ${response.status}: ${await response.text()}`);
  return z.object({ uploadId: z.string() }).parse(await response.json()).uploadId;
}
