import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { type ImportIssue, tallyIssues } from '#shared/catalog/import-issues.ts';
import { createBreather } from './breather.ts';
import { bdpmProfile } from './profiles/bdpm.ts';
import { type ReadRegister, readRegister } from './read-register.ts';
import { listFiles } from './source-files.ts';
import {
  fixtureRegister,
  hasRealRegister,
  laterIssue,
  realRegister,
  temporaryFolder,
} from './test-support.ts';

test('every trap of the small register is met once and named', async () => {
  const { counts, read } = await readAll(fixtureRegister);
  expect(counts).toEqual({
    'grouped-number price': 1,
    'grouped-number total': 1,
    'empty-value reimbursement': 2,
    'empty-value price': 2,
    'not-a-number price': 1,
    'markup-removed note': 1,
    'impossible-date since': 1,
    'bad-gtin code': 1,
    'too-few-fields null': 1,
    'duplicate-code packCode': 2,
    'no-medicine medicineCode': 1,
    'other-total total': 1,
    'size-unknown label': 1,
    'fields-realigned null': 2,
    'unknown-value schedule': 1,
    'detail-without-medicine medicineCode': 1,
    'no-pack null': 1,
    'duplicate-name brand': 1,
  });
  expect(read.files.map(({ scan }) => [scan.encoding, scan.lineEnds.crlf > 0, scan.lineEnds.lf > 0])).toEqual(
    [
      ['windows-1252', true, false],
      ['windows-1252', false, true],
      ['utf-8', true, true],
      ['utf-8', true, false],
      ['windows-1252', true, false],
    ],
  );
});

test('what the small register says comes out in our words', async () => {
  const { read } = await readAll(fixtureRegister);
  const pack = (end: string) => read.wanted.packs.find((p) => p.codes.includes(`cip7:${end}`));
  expect(pack('9000011')).toMatchObject({
    priceMinor: 218,
    taxKey: 'reimbursed',
    status: 'active',
    content: { packSize: 16, baseUnit: 'tablet', breakable: true },
  });
  expect(pack('9000012')?.content?.packSize).toBe(30);
  expect(pack('9000021')?.priceMinor).toBe(200);
  expect(pack('9000031')).toMatchObject({ priceMinor: null, taxKey: 'other' });
  expect(pack('9000041')?.content?.packSize).toBe(20);
  expect(pack('9000051')?.content).toEqual({ packSize: 1, baseUnit: 'bottle', breakable: false });
  expect(pack('9000071')).toMatchObject({ priceMinor: 441_708, content: null });
  expect(pack('9000032')?.status).toBe('withdrawn');
  const medicine = (code: string) => read.wanted.medicines.get(code)?.cols;
  expect(medicine('90000005')?.brand).toBe('L’OPHTALIX, collyre en solution');
  expect(medicine('90000005')?.holder).toBe('LABO INVENTÉ');
  expect(medicine('90000003')).toMatchObject({
    scheduleClass: 'prescription',
    generics: [{ name: 'CALMIRE', strength: '10 mg' }],
  });
  expect(medicine('90000004')).toMatchObject({
    scheduleClass: 'controlled',
    generics: [{ name: 'MORPHADE', strength: '20 mg' }],
  });
  expect(medicine('90000001')).toMatchObject({ scheduleClass: 'general', genericGroup: 'bdpm:1' });
  expect(medicine('90000002')?.genericGroup).toBe('bdpm:1');
  expect(medicine('90000007')?.scheduleClass).toBe('prescription');
});

test('an issue says file, line, column and what became of it', async () => {
  const { issues } = await readAll(fixtureRegister);
  const total = issues.find((issue) => issue.code === 'other-total');
  expect(total).toEqual({
    file: 'CIS_CIP_bdpm.txt',
    line: 3,
    column: 'total',
    code: 'other-total',
    params: { sum: 302, total: 341 },
    outcome: 'field-left-empty',
  });
});

test.runIf(hasRealRegister)('every trap of the real register is counted exactly', async () => {
  const { counts, read } = await readAll(realRegister);
  expect(counts).toEqual({
    'grouped-number price': 296,
    'grouped-number total': 296,
    'empty-value reimbursement': 7760,
    'empty-value price': 7760,
    'other-total total': 36,
    'no-medicine medicineCode': 8,
    'no-pack null': 1356,
    'duplicate-name brand': 322,
    'fields-realigned null': 5,
    'markup-removed note': 963,
    'markup-removed brand': 1,
    'markup-removed genericStrength': 2,
    'detail-without-medicine medicineCode': 2072,
    'unknown-value schedule': 1,
    'size-unknown label': 328,
  });
  expect(read.wanted.packs).toHaveLength(20_739);
  expect(read.rowsRead).toBe(103_539);
  expect(read.files.every(({ scan }) => scan.encoding === 'windows-1252' && scan.certain)).toBe(true);
  expect(read.files.map(({ scan }) => scan.lineEnds.crlf)).toEqual([15_676, 0, 32_340, 24_767, 10_009]);
  expect(new Set(read.wanted.packs.flatMap((pack) => pack.codes)).size).toBe(2 * 20_739);
});

const zip = Buffer.from('PK\x03\x04 and what follows');
test.each([
  ['a zip archive', zip, 'zip'],
  ['a gzipped zip', gzipSync(zip), 'zip'],
  ['a web page', Buffer.from('\n<!DOCTYPE html><html><body>Not found</body></html>'), 'html'],
  ['a PDF', Buffer.from('%PDF-1.7 ...'), 'pdf'],
  ['nothing', Buffer.alloc(0), 'empty'],
  ['bytes of any kind', Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919) % 251)), 'binary'],
  ['a gzip that breaks off', gzipSync(Buffer.from('a\tb\n'.repeat(5000))).subarray(0, 40), 'unreadable'],
  ['one endless row', Buffer.from('x'.repeat(600_000)), 'row-too-long'],
])('%s instead of a file is one clear refusal', async (_, bytes, problem) => {
  const folder = await laterIssue(fixtureRegister, {});
  await writeFile(join(folder, 'CIS_CPD_bdpm.txt'), bytes);
  expect(
    await readRegister(
      bdpmProfile,
      await listFiles(folder),
      deps(() => {}),
    ),
  ).toEqual({
    ok: false,
    error: { code: 'NOT_A_TABLE', file: 'CIS_CPD_bdpm.txt', problem },
  });
});

test('a missing file is named', async () => {
  const empty = await temporaryFolder();
  expect(
    await readRegister(
      bdpmProfile,
      await listFiles(empty),
      deps(() => {}),
    ),
  ).toEqual({
    ok: false,
    error: { code: 'FILE_MISSING', file: 'CIS_bdpm*' },
  });
});

test('100,000 bad rows are counted exactly and held in bounded memory', async () => {
  const folder = await laterIssue(fixtureRegister, {});
  await writeFile(join(folder, 'CIS_CIP_bdpm.txt'), `${'90000001\tx\n'.repeat(100_000)}`);
  const tally = tallyIssues(20);
  const read = await readRegister(bdpmProfile, await listFiles(folder), deps(tally.add));
  expect(read.ok && read.value.wanted.packs.length).toBe(0);
  expect(tally.counts().find((kind) => kind.code === 'too-few-fields')?.count).toBe(100_000);
  expect(tally.samples().filter((issue) => issue.code === 'too-few-fields')).toHaveLength(20);
});

async function readAll(
  folder: string,
): Promise<{ counts: Record<string, number>; issues: ImportIssue[]; read: ReadRegister }> {
  const issues: ImportIssue[] = [];
  const read = await readRegister(
    bdpmProfile,
    await listFiles(folder),
    deps((issue) => issues.push(issue)),
  );
  if (!read.ok) throw new Error(JSON.stringify(read.error));
  const counts: Record<string, number> = {};
  for (const { code, column } of issues) counts[`${code} ${column}`] = (counts[`${code} ${column}`] ?? 0) + 1;
  return { counts, issues, read: read.value };
}

const deps = (report: (issue: ImportIssue) => void) => ({
  breather: createBreather(),
  report,
  slice: async () => {},
});
