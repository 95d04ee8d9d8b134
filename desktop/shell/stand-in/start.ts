import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { expect } from 'vitest';
import { runShell } from '../shell.ts';
import type { UpdateSource } from '../updates.ts';
import { createElectronStandIn, type ElectronStandIn, type StandInOptions } from './electron.ts';

const at = (path: string) => fileURLToPath(new URL(`../../../${path}`, import.meta.url));

/** Waits for what a thread does; a busy machine takes seconds to start one. */
export const eventually = <T>(read: () => T) => expect.poll(read, { timeout: 20_000 });

export type StartOptions = Partial<StandInOptions> & {
  /** Another program in the till's place. */
  readonly tillEntry?: string;
  readonly wait?: (ms: number) => Promise<void>;
  readonly updates?: UpdateSource;
};

/** A folder for one test: a page to serve, and the user's data. */
export function makePlace() {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-shell-'));
  const screens = join(folder, 'screens');
  const userData = join(folder, 'user');
  return {
    folder,
    screens,
    userData,
    write: (path: string, text: string | Buffer) => writeFileSync(join(folder, path), text),
    log: () => readLines(join(userData, 'logs/shell.log')),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Runs the shell on the stand-in, with the real till in a thread unless another entry is given. */
export async function startShell(
  place: ReturnType<typeof makePlace>,
  {
    tillEntry = at('desktop/hosts/electron.ts'),
    wait = async () => {},
    updates,
    ...options
  }: StartOptions = {},
): Promise<ElectronStandIn> {
  const standIn = createElectronStandIn({
    userData: place.userData,
    preload: await bundledPreload(),
    ...options,
  });
  await runShell({
    electron: standIn.electron,
    paths: {
      screens: place.screens,
      preload: at('dist/shell/preload.cjs'),
      tillEntry,
      checkWorker: at('desktop/till/store/quick-check-worker.ts'),
      migrations: at('migrations/sqlite'),
      fonts: at('node_modules/@expo-google-fonts'),
    },
    updates: async () => updates ?? null,
    nowMs: () => Date.UTC(2026, 0, 1),
    wait,
  });
  await standIn.windows.at(-1)?.loaded;
  return standIn;
}

let preload: Promise<string> | undefined;
function bundledPreload(): Promise<string> {
  preload ??= build({
    entryPoints: [at('desktop/shell/preload.ts')],
    bundle: true,
    format: 'cjs',
    platform: 'node',
    external: ['electron'],
    write: false,
  }).then(({ outputFiles }) => outputFiles[0]?.text ?? '');
  return preload;
}

function readLines(file: string): readonly string[] {
  return existsSync(file) ? readFileSync(file, 'utf8').trim().split('\n') : [];
}
