import { readFileSync } from 'node:fs';

/** The vector files of the rules: each an array of cases with their input and `expected`. */
export type VectorFile = 'business-dates' | 'cash' | 'fefo' | 'refunds' | 'returns' | 'sales';

const FULL = new URL('../../shared/vectors/', import.meta.url);
const REDUCED = new URL('./vectors/', import.meta.url);
let noticed = false;

/** All cases of a vector file; where the full set beside the project is absent, its first 40 from build/vectors/. */
export function vectors<Case>(name: VectorFile): readonly Case[] {
  const full = read(new URL(`${name}.json`, FULL));
  if (full !== null) return JSON.parse(full);
  if (!noticed)
    console.warn('vectors: ../shared/vectors is absent, running the reduced copies in build/vectors');
  noticed = true;
  const lines = readFileSync(new URL(`${name}.jsonl`, REDUCED), 'utf8')
    .trimEnd()
    .split('\n');
  return lines.map((line) => JSON.parse(line));
}

function read(file: URL): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return null;
    throw error;
  }
}
