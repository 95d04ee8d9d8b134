import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * Where a program's fuses are kept: this sentence, the version of the format, the number of fuses, and one
 * character each (`0` off, `1` on), as @electron/fuses looks for them.
 */
const fuseSentinel = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX';
const fusesAsShipped = '101100011';

const mac = 'Electron.app/Contents';
const macHelpers = ['', ' (GPU)', ' (Plugin)', ' (Renderer)'].map(
  (kind) => `${mac}/Frameworks/Electron Helper${kind}.app/Contents`,
);
const macFramework = `${mac}/Frameworks/Electron Framework.framework`;

/** What electron-builder looks for in an unpacked runtime: programs, property lists, other files. */
const runtimes = {
  linux: { programs: ['electron'], plists: [], others: ['chrome-sandbox', 'locales/en-US.pak'] },
  win: { programs: ['electron.exe'], plists: [], others: ['icudtl.dat', 'locales/en-US.pak'] },
  mac: {
    programs: [`${mac}/MacOS/Electron`, `${macFramework}/Electron Framework`],
    plists: [mac, ...macHelpers].map((folder) => `${folder}/Info.plist`),
    others: [
      ...macHelpers.map((folder) => `${folder}/MacOS/${folder.split('/').at(-2)?.replace('.app', '')}`),
      `${mac}/Resources/en.lproj/locale.pak`,
      `${macFramework}/Versions/A/Resources/en.lproj/locale.pak`,
    ],
  },
} as const;

/**
 * Writes what electron-builder needs to see of an unpacked Electron runtime into `folder`: the right names, and in
 * its programs the bytes in which fuses are set. It packs, and does not run.
 */
export function makeElectronDist(folder: string, platform: keyof typeof runtimes): void {
  const { programs, plists, others } = runtimes[platform];
  for (const name of programs) write(name, program());
  for (const name of plists) write(name, emptyPlist);
  for (const name of [...others, 'LICENSE', 'LICENSES.chromium.html', 'version']) write(name, 'stand-in\n');

  function write(name: string, content: Buffer | string): void {
    const path = join(folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, content, { mode: 0o755 });
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

const emptyPlist = `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0"><dict/></plist>
`;
