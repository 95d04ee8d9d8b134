import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Where a program's fuses are kept: this sentence, the version of the format, the number of fuses, and one
 * character each (`0` off, `1` on), as @electron/fuses looks for them.
 */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fusesAsShipped = '101100011';

const files: Readonly<Record<'linux' | 'win', readonly string[]>> = {
  linux: ['electron', 'chrome-sandbox', 'chrome_crashpad_handler', 'icudtl.dat', 'locales/en-US.pak'],
  win: ['electron.exe', 'icudtl.dat', 'locales/en-US.pak'],
};

/**
 * Writes what electron-builder needs to see of an unpacked Electron runtime into `folder`: the right names, and in
 * the program the bytes in which fuses are set. It packs, and does not run.
 */
export function makeElectronDist(folder: string, platform: keyof typeof files): void {
  for (const name of [...files[platform], 'LICENSE', 'LICENSES.chromium.html', 'version']) {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, /^electron(\.exe)?$/.test(name) ? program() : `stand-in of ${name}\n`, {
      mode: 0o755,
    });
  }
}

function program(): Buffer {
  const versionAndCount = Buffer.from([1, fusesAsShipped.length]);
  return Buffer.concat([
    Buffer.from(`stand-in of Electron ${fuseSentinel}`),
    versionAndCount,
    Buffer.from(fusesAsShipped),
  ]);
}
