import { err, ok, type Result } from '#shared/kernel/result.ts';
import { AIS, type Ai, aiAt, matchesAi } from './gs1-ais.ts';
import { elementFault } from './gs1-checks.ts';
import type { ScanRefusal } from './scan-types.ts';

/** FNC1 as scanners transmit it between elements. */
export const GS = '\u001d';

/** One AI with its data, and where the data stood. */
export type Gs1Element = { readonly ai: Ai; readonly data: string; readonly position: number };
export type Gs1Rules = { readonly todayYear: number; readonly requirePairs?: boolean };
export type Gs1Elements = {
  readonly elements: Readonly<Record<string, string>>;
  readonly missing: readonly string[];
};

/**
 * Reads an element string, e.g. `010340093010827717280100` + GS + …, from index `start` of `raw` to its end.
 * Positions in refusals are indexes into `raw`. One FNC1 may lead and one may trail.
 */
export function parseElementString(
  raw: string,
  start: number,
  rules: Gs1Rules,
): Result<Gs1Elements, ScanRefusal> {
  const found: Gs1Element[] = [];
  let at = raw[start] === GS ? start + 1 : start;
  if (at >= raw.length) return err({ code: 'empty', position: at });
  while (at < raw.length) {
    const ai = aiAt(raw, at);
    if (!ai) return err({ code: raw[at] === GS ? 'empty-element' : 'unknown-ai', position: at });
    const position = at + ai.ai.length;
    const separator = raw.indexOf(GS, position);
    const limit = separator < 0 ? raw.length : separator;
    const end = ai.fixedLength > 0 ? Math.min(limit, position + ai.fixedLength) : limit;
    found.push({ ai, data: raw.slice(position, end), position });
    at = end === separator ? end + 1 : end;
  }
  return checkElements(found, rules);
}

/** Reads the form printed for people, `(01)03400930108277(17)280100`; `\(` is a bracket that belongs to the data. */
export function parseBracketed(raw: string, rules: Gs1Rules): Result<Gs1Elements, ScanRefusal> {
  const found: Gs1Element[] = [];
  let at = 0;
  while (at < raw.length) {
    const close = raw.indexOf(')', at);
    if (raw[at] !== '(' || close < 0) return err({ code: 'bad-format', position: at });
    const ai = AIS.get(raw.slice(at + 1, close));
    if (!ai) return err({ code: 'unknown-ai', position: at + 1 });
    let end = raw.indexOf('(', close);
    while (end > 0 && raw[end - 1] === '\\') end = raw.indexOf('(', end + 1);
    if (end < 0) end = raw.length;
    const data = raw
      .slice(close + 1, end)
      .replaceAll('\\(', '(')
      .trim();
    found.push({ ai, data, position: close + 1 });
    at = end;
  }
  return checkElements(found, rules);
}

/** Every element right in itself, none twice with different data, and none beside one it excludes. */
export function checkElements(
  found: readonly Gs1Element[],
  rules: Gs1Rules,
): Result<Gs1Elements, ScanRefusal> {
  const elements: Record<string, string> = {};
  for (const { ai, data, position } of found) {
    const fault = elementFault(ai, data, rules.todayYear);
    if (fault) return err({ code: fault.code, position: position + fault.offset, ai: ai.ai });
    const before = elements[ai.ai];
    if (before !== undefined && before !== data) return err({ code: 'duplicate-ai', position, ai: ai.ai });
    elements[ai.ai] = data;
  }
  const present = Object.keys(elements);
  const clash = found.find(({ ai }) => excludesOne(ai, present));
  if (clash) return err({ code: 'excluded-pair', position: clash.position, ai: clash.ai.ai });
  const missing = found.flatMap(({ ai }) => unmetNeeds(ai, present));
  const lacking = rules.requirePairs ? found.find(({ ai }) => unmetNeeds(ai, present).length > 0) : undefined;
  if (lacking) return err({ code: 'missing-pair', position: lacking.position, ai: lacking.ai.ai });
  return ok({ elements, missing: missing.length > 1 ? [...new Set(missing)] : missing });
}

const excludesOne = (ai: Ai, present: readonly string[]): boolean =>
  ai.excludes.length > 0 &&
  present.some((other) => other !== ai.ai && ai.excludes.some((pattern) => matchesAi(pattern, other)));

function unmetNeeds(ai: Ai, present: readonly string[]): string[] {
  const has = (pattern: string) => present.some((other) => matchesAi(pattern, other));
  return ai.needs
    .filter((clause) => !clause.some((all) => all.every(has)))
    .map((clause) => `${ai.ai}:${clause.map((all) => all.join('+')).join(',')}`);
}
