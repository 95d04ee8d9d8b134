import { z } from 'zod';
import type { KeyVault } from '../till/ports.ts';
import { readIfThere, writeDurably } from './durable-file.ts';

/**
 * The secrets of a till that has no OS keystore: a file its owner alone can read. That keeps other users out and is no
 * protection at rest: who has the disk has the key.
 */
export function openFileVault(file: string): KeyVault {
  const text = readIfThere(file);
  const values = new Map(Object.entries(text === null ? {} : stored.parse(JSON.parse(text))));
  return {
    get: (name) => values.get(name) ?? null,
    set(name, value) {
      writeDurably(file, JSON.stringify({ ...Object.fromEntries(values), [name]: value }));
      values.set(name, value);
    },
  };
}

const stored = z.record(z.string(), z.string());
