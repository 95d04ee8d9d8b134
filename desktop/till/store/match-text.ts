/** A word as FTS5 takes it literally, whatever signs are in it. */
export const quoted = (word: string): string => `"${word.replaceAll('"', '""')}"`;
