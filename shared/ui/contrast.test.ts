import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';

/** Text and its grounds, as the comments of tokens.css pair them: 4.5:1 (WCAG 2.2 AA, 1.4.3). */
const text: Readonly<Record<string, readonly string[]>> = {
  ink: [
    'bg',
    'surface',
    'surface-2',
    'surface-3',
    'brand-soft',
    'flash',
    'stop-soft',
    'warn-soft',
    'info-soft',
    'rx-soft',
    'ok-soft',
  ],
  muted: ['bg', 'surface', 'surface-2', 'surface-3', 'brand-soft', 'flash'],
  faint: ['bg', 'surface', 'surface-2'],
  brand: ['bg', 'surface', 'brand-soft'],
  'on-brand': ['brand', 'brand-hover'],
  'on-brand-soft': ['brand-soft'],
  'on-stop': ['stop'],
  ok: ['surface', 'ok-soft', 'flash'],
  warn: ['surface', 'warn-soft'],
  stop: ['surface', 'stop-soft', 'brand-soft'],
  info: ['surface', 'info-soft'],
  rx: ['surface', 'rx-soft'],
  'exp-far': ['surface', 'brand-soft', 'flash'],
  'exp-soon': ['exp-soon-soft'],
  'exp-near': ['exp-near-soft'],
  'exp-last': ['exp-last-soft'],
  'exp-past': ['exp-past-soft'],
};

/** Edges of controls, the focus ring and the colours of charts against what they lie on: 3:1 (1.4.11). */
const shapes: Readonly<Record<string, readonly string[]>> = {
  'line-control': ['surface', 'bg'],
  focus: ['surface', 'bg', 'surface-2', 'stop-soft'],
  brand: ['surface', 'bg'],
  stop: ['surface', 'bg'],
  'chart-1': ['surface'],
  'chart-2': ['surface'],
  'chart-3': ['surface'],
  'chart-4': ['surface'],
  'chart-5': ['surface'],
  'chart-6': ['surface'],
};

const css = readFileSync(new URL('tokens.css', import.meta.url), 'utf8');
const light = coloursOf(/:root \{(.*?)\n\}/s);
const themes = { light, dark: new Map([...light, ...coloursOf(/\[data-theme="dark"\] \{(.*?)\n\}/s)]) };

describe.each(Object.entries(themes))('the %s theme', (_, colours) => {
  test.each(pairs(text))('writes %s on %s readably', (ink, ground) => {
    expect(contrast(colour(colours, ink), colour(colours, ground))).toBeGreaterThanOrEqual(4.5);
  });
  test.each(pairs(shapes))('draws %s on %s visibly', (edge, ground) => {
    expect(contrast(colour(colours, edge), colour(colours, ground))).toBeGreaterThanOrEqual(3);
  });
});

/** The watermark of a training darkens what is lighter than `surface-3`, in the dark theme the other way round (main.css). */
test.each(Object.entries(themes))(
  'in the %s theme every text stays readable under a watermark',
  (name, colours) => {
    const mark = colour(colours, 'surface-3');
    const under = (token: string): string =>
      blended(colour(colours, token), mark, name === 'light' ? Math.min : Math.max);
    for (const [ink, ground] of pairs(text))
      expect(contrast(under(ink), under(ground)), `${ink} on ${ground}`).toBeGreaterThanOrEqual(4.5);
  },
);

function blended(one: string, other: string, choose: (a: number, b: number) => number): string {
  const channel = (hex: string, at: number) => Number.parseInt(hex.slice(at, at + 2), 16);
  const mixed = [1, 3, 5].map((at) => choose(channel(one, at), channel(other, at)));
  return `#${mixed.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}

test('the measure itself: black on white is 21:1, #767676 just passes', () => {
  expect(contrast('#000000', '#ffffff')).toBe(21);
  expect(contrast('#767676', '#ffffff')).toBeCloseTo(4.54, 2);
});

function coloursOf(block: RegExp): Map<string, string> {
  const body = block.exec(css)?.[1] ?? '';
  return new Map(
    [...body.matchAll(/--([\w-]+):\s*(#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]),
  );
}

function colour(colours: ReadonlyMap<string, string>, name: string): string {
  const found = colours.get(name);
  if (!found) throw new Error(`tokens.css has no colour --${name}`);
  return found;
}

function pairs(table: Readonly<Record<string, readonly string[]>>): [string, string][] {
  return Object.entries(table).flatMap(([front, grounds]) =>
    grounds.map((ground): [string, string] => [front, ground]),
  );
}

/** WCAG's contrast ratio of two `#rrggbb` colours. */
function contrast(a: string, b: string): number {
  const [low = 0, high = 0] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high + 0.05) / (low + 0.05);
}

function luminance(hex: string): number {
  const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => {
    const part = Number.parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
