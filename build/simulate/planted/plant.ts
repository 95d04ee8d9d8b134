import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Bug } from './bugs.ts';

const root = new URL('../../../', import.meta.url);

/**
 * Plants a bug in everything this thread imports from now on. Production code knows nothing of it. Fails where a text
 * is not found exactly once, so that a bug does not silently vanish when the code it is planted in changes.
 */
export function plant({ name, edits }: Bug): { readonly planted: () => void } {
  const left = new Set(edits);
  registerHooks({
    load(url, context, nextLoad) {
      const loaded = nextLoad(url, context);
      const mine = edits.filter(({ file }) => new URL(file, root).href === url);
      if (mine.length === 0) return loaded;
      let source = textOf(loaded.source);
      for (const edit of mine) {
        const parts = source.split(edit.from);
        if (parts.length !== 2)
          throw new Error(
            `"${name}" is to be planted where ${fileURLToPath(url)} says ${edit.from}: found ${parts.length - 1} times`,
          );
        source = parts.join(edit.to);
        left.delete(edit);
      }
      return { ...loaded, source };
    },
  });
  return {
    planted() {
      for (const { file } of left) throw new Error(`"${name}" was not planted: ${file} was never loaded`);
    },
  };
}

function textOf(source: unknown): string {
  if (typeof source === 'string') return source;
  if (source instanceof Uint8Array) return Buffer.from(source).toString('utf8');
  throw new Error('a module without a source');
}
