import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type SeedOptions, writeSeed } from './seed.ts';
import { root } from './tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'pestle-seed-'));
afterAll(() => rmSync(folder, { recursive: true }));
const nowMs = Date.parse('2026-11-22T19:00:00Z');
const register = join(root, 'sync-server/catalog/fixtures/register');

test('a seed has the demo’s rows, parents before children, and every PIN once', async () => {
  const { seed, lines } = await read({ history: false });
  const order = tablesIn(lines);
  expect(order.slice(0, 3)).toEqual(['org', 'store', 'till']);
  expect(order.indexOf('pack')).toBeLessThan(order.indexOf('batch'));
  expect(order).not.toContain('sale');
  const pins = lines.flatMap((line) => line.pins ?? []);
  expect(pins).toHaveLength(seed.demo.signIns.length);
  expect(new Set(pins.map((one: { staffId: string }) => one.staffId)).size).toBe(pins.length);
  expect(statSync(join(folder, 'seed.ndjson')).mode & 0o777).toBe(0o600);
});

test('a seed for a register stocks the ids that HQ’s import gives, and leaves the catalogue to it', async () => {
  const { seed, lines } = await read({ catalog: register, history: false });
  const packs = new Set(seed.register.packs.map(({ id }) => id));
  const stocked = lines.flatMap((line) => line.changes ?? []).filter((change) => change.t === 'batch');
  expect(stocked.length).toBeGreaterThan(0);
  expect(stocked.filter((change) => !packs.has(change.cols.packId))).toEqual([]);
  expect(tablesIn(lines)).not.toContain('pack');
  const coded = seed.register.packCodes.filter(
    ({ packId, code }) => packs.has(packId) && code.startsWith('gtin:'),
  );
  expect(coded.length).toBeGreaterThan(0);
});

test('before the business day begins, today’s history has not either', async () => {
  const { seed } = await read({ history: false, nowMs: Date.parse('2026-11-22T01:30:00Z') });
  expect(seed.options.todayIso).toBe('2026-11-21');
});

test('what is no register is refused by its path, and no half seed is left', async () => {
  const file = join(folder, 'none.ndjson');
  const none = await writeSeed({ file, nowMs, catalog: join(folder, 'nothing-here') });
  expect(none).toMatchObject({ ok: false, error: { code: 'NO_FILES', path: join(folder, 'nothing-here') } });
  const wrong = await writeSeed({ file, nowMs, catalog: join(root, 'docs') });
  expect(wrong.ok).toBe(false);
  expect(() => statSync(file)).toThrow('ENOENT');
});

// biome-ignore lint/suspicious/noExplicitAny: lines of JSON as they were written
type Line = any;

async function read(options: Partial<SeedOptions>) {
  const file = join(folder, 'seed.ndjson');
  const written = await writeSeed({ file, nowMs, ...options });
  if (!written.ok) throw new Error(written.error.code);
  const lines: Line[] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  return { seed: written.value, lines };
}

const tablesIn = (lines: readonly Line[]): string[] => [
  ...new Set<string>(lines.flatMap((line) => (line.changes ?? []).map((change: { t: string }) => change.t))),
];
