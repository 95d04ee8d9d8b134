import { err, ok, type Result } from '#shared/kernel/result.ts';
import { checkElements, type Gs1Element, type Gs1Elements, type Gs1Rules } from './gs1.ts';
import { AIS, type Ai } from './gs1-ais.ts';
import { isDigits } from './gtin.ts';
import type { ScanRefusal } from './scan-types.ts';

/** Whether a string is to be read as a Digital Link: http(s) in all lower or all upper case, as GS1's own reader has it. */
export const looksLikeWebAddress = (text: string): boolean => /^(https?|HTTPS?):\/\//.test(text);

/**
 * Reads an uncompressed GS1 Digital Link URI (standard 1.4): the rightmost primary key of the path, its qualifiers in
 * the order the key allows, and AIs among the query parameters; other parameters and the fragment are no business of ours.
 * `start` is where the URI begins in `raw`; positions in refusals are indexes into `raw`.
 */
export function parseDigitalLink(
  raw: string,
  start: number,
  rules: Gs1Rules,
): Result<Gs1Elements, ScanRefusal> {
  const illegal = raw.slice(start).search(/[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]|%(?![0-9A-Fa-f]{2})/);
  if (illegal >= 0) return err({ code: 'bad-uri', position: start + illegal });
  const host = raw.indexOf('//', start) + 2;
  const end = indexOrEnd(raw, '#', host);
  const query = Math.min(indexOrEnd(raw, '?', host), end);
  const path = Math.min(indexOrEnd(raw, '/', host), query);
  if (path === host) return err({ code: 'bad-uri', position: host });

  const keyed = pathElements(raw, path, query);
  if (!keyed.ok) return keyed;
  const attributes = queryElements(raw, query + 1, end);
  if (!attributes.ok) return attributes;
  const twice = attributes.value.find(({ ai }) => keyed.value.some((element) => element.ai === ai));
  if (twice) return err({ code: 'duplicate-ai', position: twice.position, ai: twice.ai.ai });
  return checkElements([...keyed.value, ...attributes.value], rules);
}

type Piece = { readonly text: string; readonly position: number };

function pathElements(raw: string, from: number, to: number): Result<readonly Gs1Element[], ScanRefusal> {
  const segments = pieces(raw.slice(from + 1, to), from + 1, /\//);
  for (let i = segments.length - 2; i >= 0; i -= 2) {
    const key = AIS.get(segments[i]?.text ?? '');
    if (!key?.keyQualifiers) continue;
    const elements: Gs1Element[] = [];
    for (let j = i; j < segments.length; j += 2) {
      const element = elementOf(segments[j], segments[j + 1]);
      if (!element.ok) return element;
      elements.push(element.value);
    }
    const order = elements.slice(1).map(({ ai }) => ai.ai);
    if (key.keyQualifiers.some((sequence) => isInOrder(order, sequence))) return ok(elements);
    return err({ code: 'digital-link-order', position: elements[1]?.position ?? from, ai: key.ai });
  }
  return err({ code: 'no-digital-link-key', position: from });
}

function queryElements(raw: string, from: number, to: number): Result<readonly Gs1Element[], ScanRefusal> {
  const elements: Gs1Element[] = [];
  for (const { text, position } of pieces(raw.slice(from, to), from, /[&;]/)) {
    const equals = text.indexOf('=');
    const name = equals < 0 ? text : text.slice(0, equals);
    // Only numbers are taken for AIs: `?linkType=…` and the like belong to the resolver.
    if (equals < 0 || !isDigits(name)) continue;
    const element = elementOf(
      { text: name, position },
      { text: text.slice(equals + 1), position: position + equals + 1 },
    );
    if (!element.ok) return element;
    if (!element.value.ai.linkAttribute) {
      return err({ code: 'not-a-digital-link-attribute', position, ai: name });
    }
    elements.push(element.value);
  }
  return ok(elements);
}

function elementOf(name: Piece | undefined, value: Piece | undefined): Result<Gs1Element, ScanRefusal> {
  const ai = AIS.get(name?.text ?? '');
  if (!ai) return err({ code: 'unknown-ai', position: name?.position ?? 0 });
  const position = value?.position ?? 0;
  const data = percentDecoded(value?.text ?? '');
  if (data === null) return err({ code: 'bad-uri', position, ai: ai.ai });
  const padded = paddedGtin(ai, data);
  return ok({ ai, data: padded, position: position - (padded.length - data.length) });
}

/** A Digital Link may carry a GTIN-8, -12 or -13 as it is printed; its check digit is checked afterwards. */
const paddedGtin = (ai: Ai, data: string): string =>
  ai.ai === '01' && (data.length === 8 || data.length === 12 || data.length === 13)
    ? data.padStart(14, '0')
    : data;

function percentDecoded(text: string): string | null {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return null; // percent codes that are no UTF-8
  }
}

/** Whether `names` is a subsequence of `sequence`. */
function isInOrder(names: readonly string[], sequence: readonly string[]): boolean {
  let at = 0;
  for (const name of names) {
    const found = sequence.indexOf(name, at);
    if (found < 0) return false;
    at = found + 1;
  }
  return true;
}

function pieces(text: string, position: number, separator: RegExp): readonly Piece[] {
  let at = position;
  return text.split(separator).map((piece) => {
    const found = { text: piece, position: at };
    at += piece.length + 1;
    return found;
  });
}

const indexOrEnd = (text: string, what: string, from: number): number => {
  const index = text.indexOf(what, from);
  return index < 0 ? text.length : index;
};
