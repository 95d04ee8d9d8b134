import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import express from 'express';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type * as Source from '../desktop/shell/update-source.ts';
import type { UpdateSource } from '../desktop/shell/updates.ts';
import { mountUpdates } from '../sync-server/http/updates.ts';
import { processBundle } from './bundle.ts';
import { electronForUpdater } from './stub/electron-for-updater.ts';

/**
 * The real electron-updater, bundled as it ships, with HQ's real folder of updates; only Electron is a stand-in, and the
 * installer a shell script that says it was started. Linux, because there an update is a file that takes another's place.
 */
const onLinux = describe.runIf(process.platform === 'linux');

const folder = mkdtempSync(join(tmpdir(), 'pestle-update-'));
const at = (path: string) => join(folder, path);
const installed = at('apps/Pestle.AppImage');
const electron = electronForUpdater({ version: '1.2.0', userData: at('user') });
let server: Server;
let hqUrl = '';
let source: UpdateSource;

const program = (says: string) => `#!/bin/sh\necho ${says} > ${at('started')}\n`;
/** A release as electron-builder writes it, put where HQ serves it. */
function release(version: string, { damaged = false, more = '' } = {}): void {
  const name = `Pestle-${version}-linux-x86_64.AppImage`;
  const sha512 = createHash('sha512').update(program(version)).digest('base64');
  writeFileSync(at(`hq/updates/${name}`), damaged ? program('666') : program(version));
  const file = `url: ${name}\n    sha512: ${sha512}\n    size: ${program(version).length}`;
  const info = `version: ${version}\nfiles:\n  - ${file}\npath: ${name}\nsha512: ${sha512}\n${more}`;
  writeFileSync(at('hq/updates/latest-linux.yml'), `${info}releaseDate: '2026-11-23T08:00:00.000Z'\n`);
}

onLinux('an AppImage and its HQ', () => {
  beforeAll(async () => {
    for (const dir of ['hq/updates', 'apps', 'user', 'resources', 'cache', 'node_modules/electron'])
      mkdirSync(at(dir), { recursive: true });
    writeFileSync(installed, program('1.2.0'));
    chmodSync(installed, 0o755);
    writeFileSync(
      at('resources/app-update.yml'),
      'provider: generic\nurl: https://hq.invalid/updates\nupdaterCacheDirName: pestle-updater\n',
    );
    vi.stubEnv('APPIMAGE', installed);
    vi.stubEnv('XDG_CACHE_HOME', at('cache'));
    vi.stubGlobal('electronStandIn', electron);
    Object.defineProperty(process, 'resourcesPath', { value: at('resources'), configurable: true });
    writeFileSync(at('node_modules/electron/index.js'), 'module.exports = globalThis.electronStandIn;');

    const app = express();
    mountUpdates(app, { dataDir: at('hq') });
    server = createServer(app).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = server.address();
    hqUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`;

    await build({
      ...processBundle,
      outdir: folder,
      entryPoints: { source: 'desktop/shell/update-source.ts' },
    });
    const { openUpdateSource }: typeof Source = createRequire(import.meta.url)(at('source.mjs'));
    const opened = await openUpdateSource(electron.app);
    if (!opened) throw new Error('an AppImage updates itself');
    source = opened;
  });

  afterAll(() => {
    server.closeAllConnections();
    server.close();
    vi.unstubAllEnvs();
    vi.unstubAllGlobals();
    rmSync(folder, { recursive: true, force: true });
  });

  test('finds nothing where nobody put a release', async () => {
    expect(await source.find(hqUrl)).toBeNull();
  });

  test('finds a newer release with the migrations it brings, and no older one or the same', async () => {
    release('1.3.0', { more: 'vendor:\n  schema: 61\n' });
    expect(await source.find(hqUrl)).toEqual({ version: '1.3.0', schema: 61 });
    for (const version of ['1.2.0', '1.1.0', '1.2.0-rc.1']) {
      release(version);
      expect(await source.find(hqUrl), version).toBeNull();
    }
  });

  test('refuses what is not what the release says', async () => {
    release('1.3.0', { damaged: true });
    await source.find(hqUrl);
    await expect(source.fetch()).rejects.toThrow(/sha512 checksum mismatch/);
  });

  test('fetches it, puts it in the old one’s place and starts it, and only when told to', async () => {
    release('1.3.0');
    await source.find(hqUrl);
    await source.fetch();
    expect(readFileSync(installed, 'utf8')).toBe(program('1.2.0'));
    const quit = once(electron.app, 'quit');
    void source.install().catch(() => {});
    await quit;
    expect(readFileSync(installed, 'utf8')).toBe(program('1.3.0'));
    await expect.poll(() => readFileSync(at('started'), 'utf8')).toBe('1.3.0\n');
  });
});
