import { type FileHandle, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Replaces a small file as a whole: after a power cut the old or the new content is there. Durable when it resolves. */
export async function writeDurably(file: string, text: string): Promise<void> {
  const unfinished = `${file}.new`;
  await withOpen(unfinished, 'w', async (handle) => {
    await handle.writeFile(text);
    await handle.sync();
  });
  await rename(unfinished, file);
  await syncFolderOf(file);
}

/** Makes a file's being there durable. Windows cannot open a folder, and journals renames. */
export async function syncFolderOf(file: string): Promise<void> {
  if (process.platform !== 'win32') await withOpen(dirname(file), 'r', (handle) => handle.sync());
}

/** The file's text, or null when there is none. */
export async function readIfThere(file: string): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (problem) {
    if (problem instanceof Error && 'code' in problem && problem.code === 'ENOENT') return null;
    throw problem;
  }
}

async function withOpen(
  file: string,
  flags: string,
  work: (handle: FileHandle) => Promise<void>,
): Promise<void> {
  const handle = await open(file, flags);
  try {
    await work(handle);
  } finally {
    await handle.close();
  }
}
