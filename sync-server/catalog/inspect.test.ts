import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { expect, test } from 'vitest';
import { tallyIssues } from '#shared/catalog/import-issues.ts';
import { checkProfile } from '#shared/catalog/import-profile.ts';
import { createBreather } from './breather.ts';
import { inspectPath } from './inspect.ts';
import { normalisedProfile } from './profiles/normalised.ts';
import { readyProfiles } from './profiles.ts';
import { readRegister } from './read-register.ts';
import { listFiles } from './source-files.ts';
import { scanFile, type TableRow, tableRows } from './table-file.ts';
import { fixtureRegister, hasRealRegister, laterIssue, realRegister } from './test-support.ts';

test('every ready profile is sound', () => {
  for (const { id, profile } of readyProfiles)
    if (id !== 'stock') expect([id, checkProfile(profile).ok]).toEqual([id, true]);
});

test('the five files of a register are known by their names, whatever lies beside them', async () => {
  const folder = await laterIssue(fixtureRegister, {});
  await writeFile(join(folder, 'format.pdf'), '%PDF-1.7');
  const inspected = await inspectPath(folder, { profiles: readyProfiles, currency: 'EUR' });
  if (!inspected.ok) throw new Error(inspected.error.problem);
  expect(inspected.value.suggested.profileId).toBe('bdpm');
  expect(inspected.value.files.map((f) => [f.file, f.separator, f.header, f.columns.length])).toEqual([
    ['CIS_bdpm.txt', '\t', false, 12],
    ['CIS_CIP_bdpm.txt', '\t', false, 13],
    ['CIS_COMPO_bdpm.txt', '\t', false, 9],
    ['CIS_CPD_bdpm.txt', '\t', false, 2],
    ['CIS_GENER_bdpm.txt', '\t', false, 6],
  ]);
});

test('a file nobody knows is guessed at, under a name that outlives the year', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'pestle-scan-')), 'Liste été 2026.csv');
  await writeFile(path, 'EAN;Nom;Prix\n9990000000012;DOLOVERT;3,20\n9990000000029;CALMIRINE;1,50\n');
  const inspected = await inspectPath(path, { profiles: readyProfiles, currency: 'EUR' });
  expect(inspected).toMatchObject({
    ok: true,
    value: { suggested: { profileId: null, profile: { source: 'liste-ete' } } },
  });
  const leaflet = await inspectPath(join(fixtureRegister, '..', '.gitattributes'), {
    profiles: [],
    currency: 'EUR',
  });
  expect(leaflet).toMatchObject({ ok: false });
});

test.each([
  ['utf-8', '', 'utf-8'],
  ['utf-8', '\ufeff', 'utf-8'],
  ['utf-16le', '\ufeff', 'utf-16le'],
  ['windows-1252', '', 'windows-1252'],
])('%s after %j is detected, read and its lines counted', async (encoding, bom, expected) => {
  const text = 'comprimé pelliculé d’œstradiol, boîte';
  const rows =
    bom + Array.from({ length: 50 }, (_, i) => `${text} numéro ${i};1${i % 2 ? '\r\n' : '\n'}`).join('');
  const scan = await scanOf(iconv.encode(rows, encoding, { addBOM: false }));
  expect(scan).toMatchObject({ encoding: expected, lineEnds: { crlf: 25, lf: 25 } });
  const read = await rowsOf(scan);
  expect(read[0]?.fields[0]).toBe(`${text} numéro 0`);
  expect(read[49]).toEqual({ line: 50, fields: [`${text} numéro 49`, '1'] });
});

test('a quoted text over several lines keeps the count of lines right', async () => {
  const rows = await rowsOf(await scanOf(Buffer.from('a;"one\ntwo\r\nthree"\n\nb;"say ""x"""\nc;d')));
  expect(rows).toEqual([
    { line: 1, fields: ['a', 'one\ntwo\r\nthree'] },
    { line: 5, fields: ['b', 'say "x"'] },
    { line: 6, fields: ['c', 'd'] },
  ]);
});

test('a few broken bytes in a UTF-8 file do not turn it into another encoding', async () => {
  const scan = await scanOf(
    Buffer.concat([Buffer.from('é;1\n'.repeat(30)), Buffer.from([0x62, 0xe9, 0x3b, 0x31, 0x0a])]),
  );
  expect(scan.encoding).toBe('utf-8');
  expect((await rowsOf(scan)).at(-1)?.fields[0]).toBe('b\ufffd');
});

test.runIf(hasRealRegister)(
  'the register as one CSV file names the same packs as its raw files',
  async () => {
    const files = (await listFiles(realRegister)).filter((file) =>
      file.name.startsWith('catalog_normalised'),
    );
    const tally = tallyIssues(1);
    const read = await readRegister(normalisedProfile, files, {
      breather: createBreather(),
      report: tally.add,
      slice: async () => {},
    });
    if (!read.ok) throw new Error(JSON.stringify(read.error));
    expect(read.value.wanted.packs).toHaveLength(20_739);
    expect(read.value.wanted.packs[0]).toMatchObject({
      code: '3400949497294',
      priceMinor: 3036,
      taxKey: 'reimbursed',
    });
    expect(tally.counts().filter((kind) => kind.severity === 'error')).toEqual([]);
  },
);

async function scanOf(bytes: Buffer) {
  const path = join(await mkdtemp(join(tmpdir(), 'pestle-scan-')), 'table.csv.gz');
  await writeFile(path, gzipSync(bytes));
  const scan = await scanFile({ name: 'table.csv', path }, ['auto']);
  if (!scan.ok) throw new Error(scan.error.problem);
  return scan.value;
}

async function rowsOf(scan: Awaited<ReturnType<typeof scanOf>>): Promise<TableRow[]> {
  const rows: TableRow[] = [];
  for await (const slice of tableRows(scan, { separator: ';', quote: '"' })) rows.push(...slice);
  return rows;
}
