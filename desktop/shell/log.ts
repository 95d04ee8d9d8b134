import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** Why the shell or the till stopped or refused, for whoever has to help. */
export type ShellLog = (event: string, details?: Readonly<Record<string, unknown>>) => void;

const rotateAt = 1_000_000; // bytes; with the one before kept, 2 MB at most

/**
 * A log of one JSON line an event, on this machine only. What could be a person's name, a product or a key never
 * gets into it: of the details, numbers, booleans and a program's own words are kept, the rest is cut.
 * There are no crash dumps beside it: a dump is the till's memory, with names and keys in it.
 */
export function createShellLog(file: string, nowMs: () => number): ShellLog {
  mkdirSync(dirname(file), { recursive: true });
  return (event, details = {}) => {
    const line = JSON.stringify({ at: new Date(nowMs()).toISOString(), event, ...withoutPersons(details) });
    try {
      if (existsSync(file) && statSync(file).size > rotateAt) renameSync(file, `${file}.1`);
      appendFileSync(file, `${line}\n`, { mode: 0o600 });
    } catch {
      // A full disk must not stop the till for the sake of its log.
    }
  };
}

/**
 * What a program says and a person is not called: `NEWER_SCHEMA`, `render-process-gone`, `TypeError`,
 * `till.mjs:120:8`. It cannot tell a lower-case name from a word: details are ours to choose with care.
 */
const programWord =
  /^(?=.{1,40}$)([A-Z0-9_]+|[a-z0-9]+(-[a-z0-9]+)*|[A-Za-z]*Error|[\w.-]+\.[cm]?[jt]s:\d+:\d+)$/;

function withoutPersons(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(details).map(([key, value]) => [key, kept(value)]));
}

function kept(value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) return value.map(kept);
  return typeof value === 'string' && programWord.test(value) ? value : '(left out)';
}
