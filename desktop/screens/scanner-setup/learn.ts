import { GS, type ScannerLayout, type ScannerProfile } from '#shared/auth/scanner-profile.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { type Stroke, type Token, tokensOf } from '../scanner/stroke.ts';
import { type TestCode, type TestCodeId, testCodes } from './test-codes.ts';

/** A test code, and the strokes by which the scanner sent it. */
export interface Reading {
  readonly code: TestCodeId;
  readonly strokes: readonly Stroke[];
}

/** What the codes that were read leave open: the profile then holds the likelier answer. */
export type Unsure = 'layout' | 'identifier' | 'separator';

export interface Learnt {
  readonly profile: ScannerProfile;
  readonly unsure: readonly Unsure[];
}

/**
 * Why nothing could be learnt. `UNREADABLE`: the code is not in what was sent, on no layout; `CASE`: it is, but for
 * upper and lower case; `CHECK_DIGIT`: but for its last digit; `VARIES`: what stands around the data is another one with
 * every code, and is no AIM identifier.
 */
export type LearnError =
  | { readonly code: 'UNREADABLE' | 'CASE' | 'CHECK_DIGIT'; readonly at: TestCodeId }
  | { readonly code: 'VARIES' };

/** Learns how a scanner sends its codes from one to three of the test codes; each of them at most once. */
export function learnScanner(readings: readonly Reading[]): Result<Learnt, LearnError> {
  for (const reading of readings) {
    const problem = problemWith(reading);
    if (problem) return err(problem);
  }
  const onKeys = physical.flatMap((layout) => explain(readings, layout));
  // The places of the keys hold whatever layout the till is switched to; their characters only for this one.
  const profiles = onKeys.length > 0 ? onKeys : explain(readings, 'as-typed');
  const [profile] = profiles;
  if (!profile) return err({ code: 'VARIES' });
  return ok({ profile, unsure: unsureOf(profiles, readings) });
}

const physical: readonly ScannerLayout[] = ['us', 'fr', 'de'];
const layouts: readonly ScannerLayout[] = [...physical, 'as-typed'];

/** Why this code cannot be found in its strokes, or null: it can. Tells at once whether the right code was scanned. */
export function problemWith({ code, strokes }: Reading): LearnError | null {
  const test = testCodes[code];
  const heard = layouts.map((layout) => tokensOf(strokes, layout));
  if (heard.some((tokens) => find(tokens, test).length > 0)) return null;
  const lower = { ...test, data: test.data.toLowerCase() };
  const folded = heard.map((tokens) =>
    tokens.map((token) => (token.length === 1 ? token.toLowerCase() : token)),
  );
  if (folded.some((tokens) => find(tokens, lower).length > 0)) return { code: 'CASE', at: code };
  const short = { ...test, data: test.data.slice(0, -1) };
  if (code === 'ean' && heard.some((tokens) => find(tokens, short).length > 0))
    return { code: 'CHECK_DIGIT', at: code };
  return { code: 'UNREADABLE', at: code };
}

/** Every way in which a layout explains all of the readings by one profile, the likeliest first. */
function explain(readings: readonly Reading[], layout: ScannerLayout): readonly ScannerProfile[] {
  const found = readings.map(({ code, strokes }) => ({
    letter: testCodes[code].aimLetter,
    ways: find(tokensOf(strokes, layout), testCodes[code]),
  }));
  return combinations(found).flatMap((chosen) => {
    const [first] = chosen;
    if (!first || chosen.some(({ suffix, end }) => suffix !== first.suffix || end !== first.end)) return [];
    const separators = chosen.flatMap(({ separator }) => separator ?? []);
    const separator = separators[0] ?? { separator: 'raw', separatorText: '' };
    const { suffix, end } = first;
    return beginnings(chosen).map((beginning) => ({ layout, ...beginning, suffix, end, ...separator }));
  });
}

type Separator = Pick<ScannerProfile, 'separator' | 'separatorText'>;

/** One place of a code's data in what was sent. */
interface Found {
  readonly before: string;
  readonly suffix: string;
  readonly end: ScannerProfile['end'];
  /** Null for a code without one. */
  readonly separator: Separator | null;
}

/** Where the data stands in the tokens, with what stands around it. */
function find(tokens: readonly Token[], { data }: TestCode): readonly Found[] {
  const [head = '', tail] = data.split(GS);
  const places: Found[] = [];
  for (let at = 0; at + head.length <= tokens.length; at++) {
    if (!standsAt(tokens, head, at)) continue;
    const behind = at + head.length;
    for (const gap of tail === undefined ? [0] : gaps) {
      if (tail !== undefined && !standsAt(tokens, tail, behind + gap)) continue;
      const separator = tail === undefined ? null : separatorOf(tokens.slice(behind, behind + gap));
      const ending = endingOf(tokens.slice(behind + gap + (tail?.length ?? 0)));
      const before = beforeOf(tokens.slice(0, at), separator);
      if (ending && before !== null && separator !== undefined) places.push({ before, ...ending, separator });
    }
  }
  return places;
}

/** Longest of what a scanner may send for a group separator: `{FNC1}`, `<GS>`. */
const gaps = [0, 1, 2, 3, 4, 5, 6, 7, 8];

const standsAt = (tokens: readonly Token[], text: string, at: number) =>
  [...text].every((char, i) => tokens[at + i] === char);

function separatorOf(tokens: readonly Token[]): Separator | undefined {
  const [only = ''] = tokens;
  if (tokens.length === 0) return { separator: 'missing', separatorText: '' };
  const key = tokens.length === 1 ? separatorKeys[only] : undefined;
  if (key) return { separator: key, separatorText: '' };
  const text = textOf(tokens);
  return text === null ? undefined : { separator: 'text', separatorText: text };
}

const separatorKeys: Readonly<Record<Token, ScannerProfile['separator']>> = {
  [GS]: 'raw',
  '<Ctrl+]>': 'ctrl-]',
  '<F8>': 'f8',
  '<Alt+029>': 'alt-029',
};

/** Some scanners send the FNC1 that begins a GS1 code, too: no prefix. Null when a key without a character is in it. */
function beforeOf(tokens: readonly Token[], separator: Separator | null | undefined): string | null {
  const last = tokens.at(-1);
  const isFnc1 = separator && last !== undefined && separatorKeys[last] === separator.separator;
  return textOf(isFnc1 ? tokens.slice(0, -1) : tokens);
}

/** Characters, then the key that ends the code; keys behind that one (LF after CR) are taken no notice of. */
function endingOf(tokens: readonly Token[]): Pick<Found, 'suffix' | 'end'> | null {
  const stop = tokens.findIndex((token) => token.length > 1);
  const suffix = textOf(stop < 0 ? tokens : tokens.slice(0, stop));
  if (suffix === null) return null;
  if (stop < 0) return { suffix, end: 'none' };
  const key = tokens[stop];
  if (key !== '<Enter>' && key !== '<Tab>') return null;
  return { suffix, end: key === '<Enter>' ? 'Enter' : 'Tab' };
}

const textOf = (tokens: readonly Token[]): string | null =>
  tokens.every((token) => [...token].length === 1) ? tokens.join('') : null;

type Beginning = Pick<ScannerProfile, 'prefix' | 'aim' | 'inner'>;
type Chosen = Found & { readonly letter: string };

/** What the texts before the data are made of: a prefix, with the AIM identifier of each symbol in it or without. */
function beginnings(chosen: readonly Chosen[]): readonly Beginning[] {
  const [first] = chosen;
  if (!first) return [];
  const withAim = [...first.before].flatMap((_, at): Beginning[] => {
    const parts = chosen.map(({ before, letter }) => {
      const id = before.slice(at, at + 3);
      const isAim = id.length === 3 && id.startsWith(`]${letter}`) && /[0-9A-Za-z]$/.test(id);
      return isAim ? { prefix: before.slice(0, at), inner: before.slice(at + 3) } : null;
    });
    const [part] = parts;
    const same = part && parts.every((other) => other?.prefix === part.prefix && other.inner === part.inner);
    return same ? [{ ...part, aim: true }] : [];
  });
  const isConstant = chosen.every(({ before }) => before === first.before);
  return isConstant ? [...withAim, { prefix: first.before, aim: false, inner: '' }] : withAim;
}

/** One of each; a code's data stands in what was sent once, or somebody has a strange prefix. */
function combinations(
  found: readonly { readonly letter: string; readonly ways: readonly Found[] }[],
): readonly (readonly Chosen[])[] {
  return found.reduce<readonly (readonly Chosen[])[]>(
    (all, { letter, ways }) => all.flatMap((some) => ways.map((way) => [...some, { ...way, letter }])),
    [[]],
  );
}

function unsureOf(profiles: readonly ScannerProfile[], readings: readonly Reading[]): readonly Unsure[] {
  const differ = (name: (profile: ScannerProfile) => string) => new Set(profiles.map(name)).size > 1;
  const unsure: Unsure[] = [];
  if (differ(({ layout }) => layout)) unsure.push('layout');
  if (differ(({ prefix, aim, inner, suffix }) => JSON.stringify([prefix, aim, inner, suffix])))
    unsure.push('identifier');
  const separates = readings.some(({ code }) => testCodes[code].data.includes(GS));
  if (!separates || differ(({ separator, separatorText }) => separator + separatorText))
    unsure.push('separator');
  return unsure;
}
