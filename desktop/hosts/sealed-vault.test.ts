import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { KeyVault } from '../till/ports.ts';
import { openSealedVault } from './sealed-vault.ts';

const key = 'a1'.repeat(32);
let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pestle-vault-'));
  file = join(folder, 'vault.json');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a value set is there when the vault is opened again, and cannot be read in the file', () => {
  open().set('device-key', 'private é');
  open().set('store-pepper', 'pepper');
  const again = open();
  expect([again.get('device-key'), again.get('store-pepper'), again.get('database-key')]).toEqual([
    'private é',
    'pepper',
    null,
  ]);
  expect(readFileSync(file, 'utf8')).not.toMatch(/private|pepper|device/);
});

test('a write torn by a power cut leaves what was there before', () => {
  open().set('database-key', 'first');
  writeFileSync(`${file}.new`, readFileSync(file, 'utf8').slice(0, 30));
  expect(open().get('database-key')).toBe('first');
  open().set('database-key', 'second');
  expect(open().get('database-key')).toBe('second');
});

test('a file damaged at any place is refused and left alone', () => {
  open().set('database-key', 'first');
  const whole = readFileSync(file, 'utf8');
  for (const damaged of [
    '',
    whole.slice(0, -1),
    whole.slice(0, 60),
    whole.replace(/"sealed":"./, (found) => `${found.slice(0, -1)}${found.endsWith('A') ? 'B' : 'A'}`),
    whole.replace('"format":1', '"format":2'),
  ]) {
    writeFileSync(file, damaged);
    expect(openSealedVault(file, key)).toEqual({ ok: false, error: { code: 'VAULT_UNREADABLE' } });
    expect(readFileSync(file, 'utf8')).toBe(damaged);
  }
});

test('a cut-short authentication tag is not taken', () => {
  open().set('database-key', 'first');
  const whole = readFileSync(file, 'utf8');
  const tag = /"tag":"([^"]+)"/.exec(whole)?.[1] ?? '';
  const short = Buffer.from(tag, 'base64').subarray(0, 4).toString('base64');
  writeFileSync(file, whole.replace(tag, short));
  expect(openSealedVault(file, key).ok).toBe(false);
});

test('another key does not open it', () => {
  open().set('database-key', 'first');
  expect(openSealedVault(file, 'b2'.repeat(32))).toEqual({ ok: false, error: { code: 'VAULT_UNREADABLE' } });
});

test('a value that cannot be written is not remembered either', () => {
  const vault = open();
  rmSync(folder, { recursive: true });
  expect(() => vault.set('chain-head', '7')).toThrow(/ENOENT/);
  expect(vault.get('chain-head')).toBeNull();
});

function open(): KeyVault {
  const vault = openSealedVault(file, key);
  if (!vault.ok) throw new Error(vault.error.code);
  return vault.value;
}
