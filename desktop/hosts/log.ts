import { appendFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { dirname } from 'node:path';

/** What happened to the shell or the till, for whoever has to help. */
export type FileLog = (event: string, details?: Readonly<Record<string, unknown>>) => void;

const rotateAt = 1_000_000; // bytes; with the one before kept, 2 MB at most

/**
 * A log of one JSON line an event, on this machine only. What could be a person's name, a product or a key never
 * gets into it: of the details, numbers, booleans and the program's own words are kept, the rest is cut.
 * There are no crash dumps beside it: a dump is the till's memory, with names and keys in it.
 */
export function createFileLog(file: string, nowMs: () => number): FileLog {
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
 * Keys whose strings are words of ours. What stands under another key is left out, whatever it looks like: a name in
 * small letters is a word, one in capitals a code, and a telephone number or a PIN a row of digits.
 */
const wordKeys: ReadonlySet<string> = new Set(['code', 'reason', 'what', 'why', 'state', 'kind', 'step']);
const programWord = /^(?=.{1,40}$)(?=.*[A-Za-z])([A-Z0-9_]+|[a-z0-9]+(-[a-z0-9]+)*)$/;
const errorName = /^(?:[A-Za-z]{0,40}Error|string|number|object|undefined|unknown)$/;
const place = /^[\w.-]{1,60}\.[cm]?[jt]s:\d+:\d+$/;

/** The details as they may lie in a log. */
export function withoutPersons(details: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(details).map(([key, value]) => [key, kept(key, value)]));
}

function kept(key: string, value: unknown): unknown {
  if (typeof value === 'number' || typeof value === 'boolean' || value === null) return value;
  if (Array.isArray(value)) return value.map((one) => kept(key, one));
  if (typeof value !== 'string') return LEFT_OUT;
  // Of an error that was turned into text, its kind; what it says may quote a row.
  if (key === 'problem') return /^[A-Za-z]{0,40}Error(?=:|$)/.exec(value)?.[0] ?? LEFT_OUT;
  const isWord = wordKeys.has(key) && programWord.test(value);
  return isWord || (key === 'name' && errorName.test(value)) || place.test(value) ? value : LEFT_OUT;
}

const LEFT_OUT = '(left out)';
