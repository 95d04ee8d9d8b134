import { copyFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCopy } from '../verify/read-till.ts';

/**
 * A till's database file as its key holder could read it byte for byte, free space included: a copy with its WAL, the
 * encryption taken off page by page.
 */
export function plainImage(file: string, keyHex: string): Buffer {
  const away = mkdtempSync(join(tmpdir(), 'pestle-image-'));
  const copy = join(away, 'copy.db');
  try {
    copyFileSync(file, copy);
    if (existsSync(`${file}-wal`)) copyFileSync(`${file}-wal`, `${copy}-wal`);
    const db = openCopy(copy, keyHex);
    db.pragma('journal_mode=DELETE');
    db.pragma("rekey=''");
    db.close();
    return readFileSync(copy);
  } finally {
    rmSync(away, { recursive: true, force: true });
  }
}
