import { type BuildOptions, build } from 'esbuild';
import { root } from './tools.ts';

/** Loads a shared library by path, which a bundle would move; electron is the runtime itself. */
const external = [
  'electron',
  'better-sqlite3',
  '@node-rs/argon2',
  '@napi-rs/canvas',
  'node-hid',
  '@serialport/bindings-cpp',
];

const common: BuildOptions = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node24',
  external,
  legalComments: 'linked',
  logLevel: 'warning',
  define: { 'import.meta.main': 'false' },
};

/** CommonJS packages inside an ES module still call `require` for Node's own modules. */
const requireForCommonJs = {
  js: "import { createRequire as createRequireForBundle } from 'node:module'; const require = createRequireForBundle(import.meta.url);",
};

/** How what Electron runs is bundled, but for the preload. */
export const processBundle: BuildOptions = {
  ...common,
  format: 'esm',
  outExtension: { '.js': '.mjs' },
  banner: requireForCommonJs,
};

/**
 * Bundles the desktop app's processes into dist/shell: the shell (main.mjs), the till (till.mjs) with the
 * thread that checks its database (quick-check-worker.mjs), and the preload (preload.cjs, because a sandboxed preload cannot be an ES module).
 */
export async function bundleDesktop(outdir = 'dist/shell'): Promise<void> {
  await Promise.all([
    build({
      ...processBundle,
      outdir,
      entryPoints: {
        main: 'desktop/shell/main.ts',
        till: 'desktop/hosts/electron.ts',
        'quick-check-worker': 'desktop/till/store/quick-check-worker.ts',
      },
    }),
    build({
      ...common,
      outdir,
      entryPoints: { preload: 'desktop/shell/preload.ts' },
      format: 'cjs',
      outExtension: { '.js': '.cjs' },
    }),
  ]);
}

if (import.meta.main) await bundleDesktop();
