import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { globSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { pathToFileURL } from 'node:url';
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/message-port';
import type { ContractRouterClient } from '@orpc/contract';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { tillContract } from '#shared/contract.ts';
import type { ShellMessage } from '../desktop/hosts/shell-messages.ts';
import { ChannelStandIn } from '../desktop/shell/stand-in/port.ts';
import { UtilityProcessStandIn } from '../desktop/shell/stand-in/utility-process.ts';
import { quickCheckAside } from '../desktop/till/store/quick-check.ts';
import { bundleDesktop } from './bundle.ts';
import { saySchema } from './package.ts';
import { makeElectronDist } from './stub/electron-dist.ts';
import { askTool, root, toolEnv } from './tools.ts';

/**
 * The package is made as it is for release, but around a stand-in of the runtime, and taken apart again. What is
 * built for it goes into a folder of its own: dist/ may be in use, or being built anew, while this runs. The screens
 * are one page here; the browser tests run the real ones.
 */
const folder = mkdtempSync(join(tmpdir(), 'pestle-package-'));
const built = join(folder, 'built');
const configuration = join(folder, 'electron-builder.yml');
const app = join(folder, 'app');
const unpacked = join(folder, 'linux/linux-unpacked/resources/app.asar.unpacked');
const target = `${process.platform}-${process.arch}`;
let packed: readonly string[] = [];

/** Each system's package is made on that system, where its natives are installed; this test speaks of Linux. */
const onLinux = describe.runIf(process.platform === 'linux');

beforeAll(async () => {
  if (process.platform !== 'linux') return;
  mkdirSync(join(built, 'screens'), { recursive: true });
  writeFileSync(join(built, 'screens/index.html'), '<!doctype html><title>Pestle</title>');
  await bundleDesktop(join(built, 'shell'));
  writeFileSync(configuration, takingFrom(readFileSync(join(root, 'electron-builder.yml'), 'utf8'), built));
  await Promise.all([
    pack('linux'),
    pack('win', '-c.disableAsarIntegrity=true', '-c.win.signAndEditExecutable=false'), // both edit a real .exe
    pack('mac'),
  ]);
  packed = contentOf('linux/linux-unpacked/resources/app.asar');
  expect(
    askTool('asar', ['extract', join(folder, 'linux/linux-unpacked/resources/app.asar'), app]).code,
  ).toBe(0);
}, 120_000);
afterAll(() => rmSync(folder, { recursive: true, force: true }));

onLinux('the package for Linux', () => {
  test('holds the bundled processes, the screens, the till’s migrations, and nothing else of ours', () => {
    expect(folders('', 1)).toEqual(['LICENSE', 'dist', 'migrations', 'node_modules', 'package.json']);
    expect(folders('dist', 2)).toEqual(['dist/screens', 'dist/shell']);
    expect(folders('migrations', 2)).toEqual(['migrations/sqlite']);
    expect(packed).toEqual(
      expect.arrayContaining(['dist/screens/index.html', 'migrations/sqlite/meta/_journal.json']),
    );
    const shell = packed.filter((path) => path.startsWith('dist/shell/') && !path.endsWith('.LEGAL.txt'));
    expect(shell.map((path) => basename(path)).sort()).toEqual([
      'main.mjs',
      'preload.cjs',
      'quick-check-worker.mjs',
      'till.mjs',
    ]);
  });

  test('bundles only what belongs to the counter', () => {
    expect(roomsIn('till.mjs')).toEqual(expect.arrayContaining(['desktop/hosts', 'desktop/till']));
    const foreign = /^(sync-server|build|desktop\/(screens|shell)|shared\/ui)/;
    expect(roomsIn('till.mjs').filter((room) => foreign.test(room))).toEqual([]);
    expect(
      roomsIn('main.mjs').filter((room) => /^(sync-server|build|desktop\/(till|screens|devices))/.test(room)),
    ).toEqual([]);
    expect(roomsIn('preload.cjs')).toEqual(['desktop/shell']);
  });

  test('brings the native packages of this platform and the receipt fonts, no HQ and no tools', () => {
    const packages = new Set(
      packed.flatMap((path) => /^node_modules\/(@[^/]+\/[^/]+|[^@/][^/]*)\//.exec(path)?.[1] ?? []),
    );
    const ofPlatform = (name: string) => [...packages].find((one) => one.startsWith(`${name}-${target}`));
    expect([...packages].sort()).toEqual(
      [
        '@expo-google-fonts/noto-sans',
        '@expo-google-fonts/noto-sans-arabic',
        '@expo-google-fonts/noto-sans-devanagari',
        '@napi-rs/canvas',
        ofPlatform('@napi-rs/canvas'),
        '@node-rs/argon2',
        ofPlatform('@node-rs/argon2'),
        '@serialport/bindings-cpp',
        '@serialport/bindings-interface',
        '@serialport/parser-delimiter',
        '@serialport/parser-readline',
        'better-sqlite3',
        'ms',
        'node-gyp-build',
        'node-hid',
        'pkg-prebuilds',
      ].sort(),
    );
    const natives = packed.filter((path) => path.endsWith('.node'));
    expect(natives.filter((path) => path.includes(target))).toHaveLength(5);
    expect(natives).toHaveLength(5);
    expect(packed.filter((path) => path.endsWith('.ttf'))).toHaveLength(6);
  });

  test('leaves natives and fonts outside the archive, where the system can open them', () => {
    const outside = globSync('**/*.{node,ttf}', { cwd: unpacked }).map((path) => path.replaceAll('\\', '/'));
    expect(outside.sort()).toEqual(packed.filter((path) => /\.(node|ttf)$/.test(path)).sort());
  });

  test('says nothing of tools and scripts in its package.json', () => {
    const manifest: unknown = JSON.parse(readFileSync(join(app, 'package.json'), 'utf8'));
    expect(manifest).toMatchObject({
      main: 'dist/shell/main.mjs',
      type: 'module',
      desktopName: 'pestle.desktop',
    });
    expect(manifest).not.toHaveProperty('devDependencies');
    expect(manifest).not.toHaveProperty('scripts');
  });

  test('knows that it may update itself, and where it keeps what it fetched', () => {
    expect(readFileSync(join(folder, 'linux/linux-unpacked/resources/app-update.yml'), 'utf8')).toBe(
      'provider: generic\nurl: https://hq.invalid/updates\nupdaterCacheDirName: pestle-updater\n',
    );
  });

  test('has its fuses set', async () => {
    const wire = await getCurrentFuseWire(join(folder, 'linux/linux-unpacked/pestle'));
    const state = (fuse: FuseV1Options) => FuseState[wire[fuse] ?? FuseState.REMOVED];
    expect({
      runAsNode: state(FuseV1Options.RunAsNode),
      nodeOptions: state(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
      inspect: state(FuseV1Options.EnableNodeCliInspectArguments),
      cookies: state(FuseV1Options.EnableCookieEncryption),
      integrity: state(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
      asarOnly: state(FuseV1Options.OnlyLoadAppFromAsar),
      fileRights: state(FuseV1Options.GrantFileProtocolExtraPrivileges),
    }).toEqual({
      runAsNode: 'DISABLE',
      nodeOptions: 'DISABLE',
      inspect: 'DISABLE',
      cookies: 'ENABLE',
      integrity: 'ENABLE',
      asarOnly: 'ENABLE',
      fileRights: 'DISABLE',
    });
  });

  test('has a till that opens its store and answers with the packaged files alone', async () => {
    const till = new UtilityProcessStandIn(join(app, 'dist/shell/till.mjs'));
    const heard: unknown[] = [];
    till.on('message', (message) => heard.push(message));
    const say = (message: ShellMessage, ...ports: ChannelStandIn['port1'][]) =>
      till.postMessage(message, ports);
    say({
      kind: 'open',
      folder: join(folder, 'till'),
      migrations: join(app, 'migrations/sqlite'),
      fonts: join(app, 'node_modules/@expo-google-fonts'),
      checkWorker: join(app, 'dist/shell/quick-check-worker.mjs'),
      logs: join(folder, 'logs'),
      vaultKeysHex: ['5a'.repeat(32)],
      version: '0.0.0-test',
    });
    await expect.poll(() => heard, { timeout: 20_000 }).toEqual([{ kind: 'opened' }]);
    const { port1, port2 } = new ChannelStandIn();
    say({ kind: 'connect' }, port1);
    port2.raw.start();
    const client: ContractRouterClient<typeof tillContract> = createORPCClient(
      new RPCLink({ port: port2.raw }),
    );
    const states = await client.auth.state();
    expect((await states.next()).value).toEqual({ phase: 'first-run' });
    await expect(client.sales.sales({ limit: 1 })).rejects.toMatchObject({ code: 'NOT_ENROLLED' });
    const ended = new Promise((resolve) => till.once('exit', resolve));
    say({ kind: 'close' });
    expect(await ended).toBe(0);
  });

  test('has a shell that starts, and leaves at once as a second instance', () => {
    const electron = `
      export const app = {
        commandLine: { hasSwitch: () => false },
        requestSingleInstanceLock: () => false,
        exit: (code) => console.log('left with', code),
      };
      export const BrowserWindow = 0, dialog = 0, ipcMain = 0, Menu = 0, MessageChannelMain = 0;
      export const protocol = 0, safeStorage = 0, screen = 0, session = 0, utilityProcess = 0;`;
    const start = `
      import { registerHooks } from 'node:module';
      const url = ${JSON.stringify(`data:text/javascript,${encodeURIComponent(electron)}`)};
      registerHooks({ resolve: (name, context, next) =>
        name === 'electron' ? { url, shortCircuit: true } : next(name, context) });
      await import(${JSON.stringify(pathToFileURL(join(app, 'dist/shell/main.mjs')))});`;
    expect(askTool('node', ['--input-type=module', '--eval', start])).toEqual({
      code: 0,
      out: 'left with 0\n',
    });
  });

  test('can look its database over in a thread of its own', async () => {
    const Database: typeof import('better-sqlite3') = createRequire(join(app, 'dist/shell/till.mjs'))(
      'better-sqlite3',
    );
    const [file, keyHex] = [join(folder, 'checked.db'), '5a'.repeat(32)];
    const db = new Database(file);
    db.pragma("cipher='aegis'");
    db.pragma(`hexkey='${keyHex}'`);
    db.exec('CREATE TABLE one (a)');
    db.close();
    const worker = join(app, 'dist/shell/quick-check-worker.mjs');
    expect(await quickCheckAside({ worker, file, keyHex })).toBeNull();
    await expect(quickCheckAside({ worker, file, keyHex: 'a5'.repeat(32) })).rejects.toThrow(
      /not a database/,
    );
  });

  test('can check PINs, draw receipt lines and read scanners with the packaged files alone', () => {
    const fonts = globSync('**/*.ttf', { cwd: unpacked }).map((font) => join(unpacked, font));
    // In a process of its own: a driver that some thread of this one has loaded does not register again.
    const use = `
      import { createRequire } from 'node:module';
      const load = createRequire(${JSON.stringify(join(app, 'dist/shell/till.mjs'))});
      const hash = await load('@node-rs/argon2').hash('123456', { memoryCost: 8, timeCost: 1 });
      const { GlobalFonts } = load('@napi-rs/canvas');
      const fonts = ${JSON.stringify(fonts)}.filter((font) => GlobalFonts.registerFromPath(font, font));
      const hid = load('node-hid').getHidapiVersion();
      const serial = 'autoDetect' in load('@serialport/bindings-cpp');
      console.log(JSON.stringify({ hash: hash.slice(0, 10), fonts: fonts.length, hid, serial }));`;
    const { code, out } = askTool('node', ['--input-type=module', '--eval', use]);
    expect(code).toBe(0);
    expect(JSON.parse(out)).toEqual({
      ...{ hash: '$argon2id$', fonts: fonts.length, serial: true },
      hid: expect.stringMatching(/^\d/),
    });
    expect(fonts).toHaveLength(6);
  });
});

/** The installers themselves need tools from the network; their configuration and what they would hold do not. */
onLinux('packages for other systems', () => {
  test('Windows takes its own SQLite and none of Linux', () => {
    expect(nativesIn('win/win-unpacked/resources/app.asar')).toEqual([
      'node_modules/@serialport/bindings-cpp/prebuilds/win32-x64/@serialport+bindings-cpp.node',
      'node_modules/better-sqlite3/prebuilds/win32-x64.node',
      'node_modules/node-hid/prebuilds/HID-win32-x64/node-napi-v4.node',
    ]);
  });

  test('macOS takes its own SQLite and its icon', () => {
    expect(nativesIn('mac/mac/Pestle.app/Contents/Resources/app.asar')).toEqual([
      'node_modules/@serialport/bindings-cpp/prebuilds/darwin-x64+arm64/@serialport+bindings-cpp.node',
      'node_modules/better-sqlite3/prebuilds/darwin-x64.node',
      'node_modules/node-hid/prebuilds/HID-darwin-x64/node-napi-v4.node',
    ]);
    const plist = readFileSync(join(folder, 'mac/mac/Pestle.app/Contents/Info.plist'), 'utf8');
    expect(plist).toMatch(/<string>com\.pestle\.till<\/string>/);
    expect(plist).toMatch(/<key>ElectronAsarIntegrity<\/key>/);
    expect(readFileSync(join(folder, 'mac/mac/Pestle.app/Contents/Resources/icon.icns'))).toEqual(
      readFileSync(join(root, 'build/icons/icon.icns')),
    );
  });

  const nativesIn = (archive: string) => contentOf(archive).filter((path) => path.endsWith('.node'));
});

/** The release's configuration with another folder in the place of dist/. */
function takingFrom(yml: string, dist: string): string {
  const dirs = ['shell', 'screens'];
  for (const dir of dirs) expect(yml).toContain(`  - dist/${dir}/**\n`);
  const elsewhere = dirs.map((dir) => `  - { from: ${JSON.stringify(join(dist, dir))}, to: dist/${dir} }\n`);
  return yml
    .replaceAll(/^ {2}- dist\/.*\n/gm, '')
    .replace(/^electronLanguages:/m, `${elsewhere.join('')}electronLanguages:`);
}

/** Runs electron-builder up to the unpacked application; it checks the whole configuration first. */
async function pack(platform: 'linux' | 'win' | 'mac', ...more: readonly string[]): Promise<void> {
  const electronDist = join(folder, `electron-${platform}`);
  makeElectronDist(electronDist, platform);
  const builder = spawn(
    'electron-builder',
    [
      ...[`--${platform}`, 'dir', '--config', configuration, '--publish', 'never', saySchema],
      ...(platform === 'linux' ? [] : ['--x64']),
      `-c.electronDist=${electronDist}`,
      `-c.directories.output=${join(folder, platform)}`,
      ...more,
    ],
    { cwd: root, env: toolEnv, stdio: ['ignore', 'pipe', 'pipe'] },
  );
  const said = Promise.all([text(builder.stdout), text(builder.stderr)]);
  const [code] = await once(builder, 'close');
  expect(code, (await said).join('')).toBe(0);
}

/** Files and folders of an archive, without the slash at the front. */
function contentOf(archive: string): readonly string[] {
  const { out } = askTool('asar', ['list', join(folder, archive)]);
  return out.split('\n').map((line) => line.trim().replaceAll('\\', '/').replace(/^\//, ''));
}

/** What lies `depth` deep below a folder of the package. */
function folders(below: string, depth: number): readonly string[] {
  return packed
    .filter((path) => path.startsWith(below) && path !== '' && path.split('/').length === depth)
    .sort();
}

/** Where the modules of a bundle come from: esbuild notes each one's path before its code. */
function roomsIn(bundle: string): readonly string[] {
  const code = readFileSync(join(app, 'dist/shell', bundle), 'utf8');
  const paths = [...code.matchAll(/^ *\/\/ ((?:shared|desktop|sync-server|build)\/\S+\.ts)$/gm)];
  return [...new Set(paths.map(([, path = '']) => path.split('/').slice(0, 2).join('/')))];
}
