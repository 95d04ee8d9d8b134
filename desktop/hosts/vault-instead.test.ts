import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openVaultUnder } from './vault-instead.ts';

const [first, second] = ['a1'.repeat(32), 'b2'.repeat(32)];
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pestle-vault-'));
  file = join(folder, 'vault.json');
  openVaultUnder(file, [first]).set('database-key', 'old');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a vault is opened with the key it was sealed under, and goes on under it', () => {
  const vault = openVaultUnder(file, [first, second]);
  vault.set('device-key', 'device');
  const again = openVaultUnder(file, [first]);
  expect([again.get('database-key'), again.get('device-key')]).toEqual(['old', 'device']);
  expect(readdirSync(folder)).toEqual(['vault.json']);
});

test('one that no key opens lies untouched until another is written in its place', () => {
  const sealed = readFileSync(file, 'utf8');
  const vault = openVaultUnder(file, [second]);
  expect(vault.get('database-key')).toBeNull();
  expect(openVaultUnder(file, [first, second]).get('database-key')).toBe('old');
  vault.set('database-key', 'recovered');
  vault.set('device-key', 'device');
  expect(openVaultUnder(file, [first, second]).get('database-key')).toBe('recovered');
  const aside = readdirSync(folder).filter((name) => name.startsWith('replaced-'));
  expect(aside).toHaveLength(1);
  expect(readFileSync(join(folder, aside[0] ?? '', 'vault.json'), 'utf8')).toBe(sealed);
});

test('a value that cannot be written is not remembered either', () => {
  const vault = openVaultUnder(file, [second]);
  rmSync(folder, { recursive: true });
  expect(() => vault.set('database-key', 'x')).toThrow(/ENOENT/);
  expect(vault.get('database-key')).toBeNull();
});
