import { closeSync, fstatSync, openSync, readdirSync, readSync } from 'node:fs';
import { join } from 'node:path';

/** A file for whoever helps from afar, as it lies here: logs and crashes, which hold no person's data (log.ts). */
export type SupportFile = { readonly name: string; readonly text: string };

/** The ends of the log files and the crashes under the given folders; what cannot be read is passed over. */
export function readSupportFiles(
  folders: Readonly<Record<'logs' | 'crashes', string>>,
): readonly SupportFile[] {
  return Object.entries(folders).flatMap(([kind, folder]) =>
    namesIn(folder).flatMap((name) => {
      const text = endOf(join(folder, name));
      return text === null ? [] : [{ name: `${kind}/${name}`, text }];
    }),
  );
}

/** Bytes of a log that are worth sending: the last few thousand lines. */
const MOST = 512_000;

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => /^[\w.-]+\.(log|log\.1|json)$/.test(name));
  } catch {
    return [];
  }
}

function endOf(file: string): string | null {
  try {
    const descriptor = openSync(file, 'r');
    try {
      const { size } = fstatSync(descriptor);
      const bytes = Buffer.alloc(Math.min(size, MOST));
      readSync(descriptor, bytes, 0, bytes.length, size - bytes.length);
      return bytes.toString('utf8');
    } finally {
      closeSync(descriptor);
    }
  } catch {
    return null;
  }
}
