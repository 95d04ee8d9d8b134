import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SafeStorage } from 'electron';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createKeystore, type KeystoreOptions } from './stand-in/safe-storage.ts';
import { openVaultKeys } from './vault-key.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'pestle-key-'));
  file = join(folder, 'vault-key');
});
afterEach(() => rmSync(folder, { recursive: true }));

const open = (keystore: KeystoreOptions = {}, platform: NodeJS.Platform = 'linux') =>
  // The four methods that are called, of the class that SafeStorage is.
  openVaultKeys(createKeystore(keystore) as SafeStorage, file, platform);

test('the key is made once and found again, and is not in its file', () => {
  const made = open();
  expect(made).toMatchObject({ ok: true, value: [expect.stringMatching(/^[0-9a-f]{64}$/)] });
  expect(open()).toEqual(made);
  expect(readFileSync(file, 'utf8')).not.toContain(made.ok ? made.value[0] : 'no key');
});

test.skipIf(process.platform === 'win32')('only its owner can read the file', () => {
  open();
  expect(statSync(file).mode & 0o777).toBe(0o600);
});

test.each([{ backend: 'basic_text' as const }, { backend: 'unknown' as const }, { isAvailable: false }])(
  'a keystore that protects nothing is refused: %o',
  (keystore) => {
    expect(open(keystore)).toEqual({ ok: false, error: { code: 'NO_KEYSTORE' } });
    expect(existsSync(file)).toBe(false);
  },
);

test('the name of the backend means nothing where the OS has one keystore only', () => {
  expect(open({ backend: 'unknown' }, 'darwin').ok).toBe(true);
});

test('a keystore that was reset, or another user, gets a key of its own and never replaces the other', () => {
  const first = open();
  const before = readFileSync(file, 'utf8');
  const reset = { osKey: Buffer.alloc(32, 8) };
  const second = open(reset);
  expect(second).not.toEqual(first);
  expect(open(reset)).toEqual(second);
  expect(open({ osKey: Buffer.alloc(32, 9) }).ok).toBe(true);
  expect(open(reset)).toEqual(second);
  expect(open()).toEqual(first);
  expect(readFileSync(file, 'utf8')).toBe(before);
});

test('a file cut short is left alone, and gives no key', () => {
  const whole = open();
  const half = readFileSync(file, 'utf8').slice(0, 40);
  writeFileSync(file, half);
  const other = open();
  expect(other.ok).toBe(true);
  expect(other).not.toEqual(whole);
  expect(readFileSync(file, 'utf8')).toBe(half);
});

test('a power cut while the first key was written leaves a till that starts', () => {
  writeFileSync(`${file}.new`, '{"format":1,"sea');
  const made = open();
  expect(made.ok).toBe(true);
  expect(open()).toEqual(made);
});
