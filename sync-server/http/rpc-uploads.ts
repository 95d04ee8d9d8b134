import { createWriteStream } from 'node:fs';
import { mkdir, readdir, rename, rm, stat } from 'node:fs/promises';
import type { IncomingMessage } from 'node:http';
import { basename, join } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';

import { type Ids, isId } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

/** All files of one upload together. */
export const UPLOAD_LIMIT = 512 * 1024 * 1024;
const MOST_FILES = 40;
/** An upload nobody has imported for so long is dropped. */
const KEPT_MS = 7 * 24 * 3600_000;

export type UploadRefusal = {
  readonly code: 'BAD_NAME' | 'NOT_FOUND' | 'TOO_LARGE' | 'TOO_MANY_FILES' | 'BROKEN_OFF';
};
export type Uploads = ReturnType<typeof createUploads>;

/** Files on their way into an import: each upload is a folder `uploads/<id>`. */
export function createUploads({
  dataDir,
  ids,
  limit = UPLOAD_LIMIT,
}: {
  readonly dataDir: string;
  readonly ids: Ids;
  readonly limit?: number;
}) {
  const root = join(dataDir, 'uploads');
  const path = async (uploadId: string): Promise<string | null> =>
    isId(uploadId) && (await isFolder(join(root, uploadId))) ? join(root, uploadId) : null;
  return {
    path,
    /** Streams one file to disk, into a new upload or beside the files of `uploadId`. What breaks off leaves nothing. */
    async take(
      body: IncomingMessage,
      { name, uploadId }: { readonly name: string; readonly uploadId: string | null },
    ): Promise<Result<{ uploadId: string }, UploadRefusal>> {
      const fileName = safeName(name);
      if (fileName === null) return err({ code: 'BAD_NAME' });
      const id = uploadId ?? ids.next();
      const folder = uploadId === null ? join(root, id) : await path(uploadId);
      if (folder === null) return err({ code: 'NOT_FOUND' });
      await mkdir(folder, { recursive: true });
      const { bytes, files } = await measure(folder);
      if (files >= MOST_FILES) return err({ code: 'TOO_MANY_FILES' });
      const room = limit - bytes;
      if (Number(body.headers['content-length'] ?? 0) > room) return err({ code: 'TOO_LARGE' });
      const target = join(folder, fileName);
      try {
        await pipeline(body, atMost(room), createWriteStream(`${target}.part`));
      } catch (problem) {
        await rm(`${target}.part`, { force: true });
        return err({ code: problem instanceof TooLarge ? 'TOO_LARGE' : 'BROKEN_OFF' });
      }
      await rm(target, { force: true });
      await rename(`${target}.part`, target);
      return ok({ uploadId: id });
    },
    /** Drops what is older than a week. Call now and then. */
    async sweep(nowMs: number): Promise<void> {
      for (const name of await readdir(root).catch((): string[] => [])) {
        const { mtimeMs } = await stat(join(root, name));
        if (nowMs - mtimeMs > KEPT_MS) await rm(join(root, name), { recursive: true, force: true });
      }
    },
  };
}

class TooLarge extends Error {}

function atMost(room: number): Transform {
  let taken = 0;
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      taken += chunk.length;
      if (taken > room) done(new TooLarge());
      else done(null, chunk);
    },
  });
}

/** The name alone, of signs that every file system takes; no dot file, no path. */
function safeName(name: string): string | null {
  const plain = basename(name.replaceAll('\\', '/'))
    .replaceAll(/[^\p{L}\p{N} ._()+-]/gu, '_')
    .trim();
  return plain === '' || plain.startsWith('.') || plain.length > 120 || plain.endsWith('.part')
    ? null
    : plain;
}

async function measure(folder: string): Promise<{ bytes: number; files: number }> {
  const names = await readdir(folder);
  const sizes = await Promise.all(names.map(async (name) => (await stat(join(folder, name))).size));
  return { bytes: sizes.reduce((sum, size) => sum + size, 0), files: names.length };
}

const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
