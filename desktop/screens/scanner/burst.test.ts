import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { GS } from '#shared/auth/scanner-profile.ts';
import { type BurstOptions, createBurstDetector, type KeyInput, type Settled } from './burst.ts';

const digits = '3400936403114';

describe('a scanner', () => {
  test('is caught in a field, outside one and on a button, and its Enter is swallowed', () => {
    for (const editable of [true, false]) {
      const seen = play([...burst(digits, { editable })]);
      expect(seen).toEqual({ scans: [digits], page: [], retracted: editable ? 1 : 0 });
    }
  });

  test('leaves the text of a field as it was', () => {
    const seen = play([
      ...typed('par', { editable: true }),
      ...burst(digits, { editable: true, from: 1000 }),
    ]);
    expect(seen).toEqual({ scans: [digits], page: ['p', 'a', 'r'], retracted: 1 });
  });

  test('fires no shortcut: a HIBC code begins with +, which adds one to a line', () => {
    const seen = play(burst('+A123BJC5D6E71G', { editable: true }));
    expect(seen).toEqual({ scans: ['+A123BJC5D6E71G'], page: [], retracted: 0 });
  });

  test.each([
    ['ctrl-]', [key(']', { code: 'BracketRight', ctrl: true })]],
    ['f8', [key('F8', { code: 'F8' })]],
    [
      'alt-029',
      [
        key('Alt', { code: 'AltLeft' }),
        ...'029'.split('').map((d) => key(d, { code: `Numpad${d}`, alt: true })),
        key('Alt', { code: 'AltLeft', type: 'up' }),
      ],
    ],
    ['ctrl-]', [key(GS, { code: '' })]],
  ] as const)('sends GS as %s', (groupSeparator, separator) => {
    const keys = [
      ...chars('0103400936403114'),
      ...chars('10AB12'),
      ...separator,
      ...chars('17281231'),
      key('Enter'),
    ];
    expect(play(timed(keys, 4, 0), { groupSeparator }).scans).toEqual([
      `010340093640311410AB12${GS}17281231`,
    ]);
  });

  test('may send its Enter late', () => {
    const [enter, ...rest] = burst(digits, { editable: false }).reverse();
    const late = { ...key('Enter'), atMs: (enter?.atMs ?? 0) + 70 };
    expect(play([...rest.reverse(), late])).toEqual({ scans: [digits], page: [], retracted: 0 });
  });

  test('is read by its keys where the till has another layout', () => {
    const azerty = chars('3400936403114').map((input, i) => ({
      ...input,
      key: 'à&é"\'(-è_ç'.charAt(Number(digits.charAt(i))),
    }));
    expect(play(timed([...azerty, key('Enter')], 3, 0), { layout: 'us' }).scans).toEqual([digits]);
  });

  test.each([
    ['Enter', [key('Enter'), key('Enter')]],
    ['Ctrl+J', [key('Enter'), key('Control'), key('j', { ctrl: true })]],
    ['a tab', [key('Tab'), key('Enter')]],
  ])('sends CR LF, of which %s answers nothing', (_, end) => {
    expect(play(timed([...chars(digits), ...end], 4, 0)).page).toEqual([]);
  });

  test('may end with nothing at all, and is a code once it has stopped', () => {
    const keys = timed(chars(digits), 4, 0);
    const options = { end: 'idle' } as const;
    expect(play(keys, options)).toEqual({ scans: [digits], page: [], retracted: 1 });
    expect(play([...keys, ...timed(chars('ab'), 120, 1000)], options)).toEqual({
      scans: [digits],
      page: ['a', 'b'],
      retracted: 1,
    });
    expect(play(timed(chars('dolo'), 4, 0), options).page).toEqual([...'dolo']);
  });

  test('loses and doubles none of 20 codes a second for a minute, in fields, outside them, by Enter and by Tab', () => {
    const codes = Array.from(
      { length: 1200 },
      (_, i) => `${i % 3 ? '34009' : '+A123'}${String(i).padStart(8, '0')}`,
    );
    const keys = codes.flatMap((code, i) => {
      const struck = [...chars(code), key(i % 5 ? 'Enter' : 'Tab')];
      return timed(struck, 2, i * 50).map((input) => ({ ...input, editable: i % 2 === 0 }));
    });
    const seen = play(keys);
    expect(seen.scans).toEqual(codes);
    expect(seen.page).toEqual([]);
  });
});

describe('a person', () => {
  test('types at 20 keys a second, Enter included, and every key arrives in order', () => {
    const words = [...'paracetamol 500'].map((char) => key(char));
    const keys = timed([...words, key('Enter')], 50, 0);
    expect(play(keys).page).toEqual([...'paracetamol 500', 'Enter']);
  });

  test('may hold a key down: repeats are no burst', () => {
    const keys = timed(
      [key('0'), ...Array.from({ length: 12 }, () => key('0', { repeat: true })), key('Enter')],
      15,
      0,
    );
    expect(play(keys)).toEqual({ scans: [], page: [...'0'.repeat(13), 'Enter'], retracted: 0 });
  });

  test('keeps Ctrl+Enter, arrows and function keys', () => {
    const keys = timed([key('Enter', { ctrl: true }), key('ArrowDown'), key('F8')], 5, 0);
    expect(play(keys).page).toEqual(['Enter', 'ArrowDown', 'F8']);
  });

  test('who strikes six keys at once outside a field fires no shortcut', () => {
    expect(play(timed(chars('qwerty').map(unfocused), 5, 0)).page).toEqual([]);
  });
});

test('any keys: bursts become scans, everything else reaches the page once and in order', () => {
  const gaps = fc.oneof(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 31, max: 400 }));
  const strokes = fc.array(fc.tuple(fc.constantFrom(...'a1z9Q', 'Enter', 'Tab', 'ArrowUp'), gaps), {
    maxLength: 60,
  });
  const sessions = fc.tuple(
    strokes,
    fc.array(fc.tuple(fc.stringMatching(/^[0-9A-Z+]{6,20}$/), fc.integer({ min: 0, max: 12 })), {
      maxLength: 4,
    }),
    strokes,
  );
  fc.assert(
    fc.property(sessions, fc.boolean(), ([first, codes, last], editable) => {
      const keys: KeyInput[] = [];
      let at = 0;
      const strike = (name: string, gap: number) => {
        at += gap;
        keys.push({ ...key(name), atMs: at, editable });
      };
      for (const [name, gap] of first) strike(name, gap);
      for (const [code, gap] of codes) {
        at += 500;
        for (const char of code) strike(char, gap);
        strike('Enter', gap);
      }
      at += 500;
      for (const [name, gap] of last) strike(name, gap);
      const seen = play(keys);
      expect({ scans: seen.scans, page: seen.page }).toEqual(expected(keys, editable));
    }),
    { seed: 20261124, numRuns: 2000 },
  );
});

/** What should come of a list of keys, said the slow way: cut into runs, look at each as a whole. */
function expected(keys: readonly KeyInput[], editable: boolean) {
  const scans: string[] = [];
  const page: string[] = [];
  let run: string[] = [];
  let last = Number.NEGATIVE_INFINITY;
  let echoing = false;
  const giveBack = () => {
    if (editable || run.length < 6) page.push(...run);
    run = [];
  };
  for (const { key: name, atMs } of keys) {
    const terminator = name === 'Enter' || name === 'Tab';
    echoing = echoing && terminator && atMs - last <= 30;
    if (atMs - last > (terminator && run.length >= 6 ? 100 : 30)) giveBack();
    last = atMs;
    if (echoing) continue;
    if (name.length === 1) run.push(name);
    else if (terminator && run.length >= 6) {
      scans.push(run.join(''));
      run = [];
      echoing = true;
    } else {
      giveBack();
      page.push(name);
    }
  }
  giveBack();
  return { scans, page };
}

/** Plays keys against a page that shows what reached it, as the DOM adapter would. */
function play(keys: readonly KeyInput[], options: Partial<BurstOptions> = {}) {
  const detector = createBurstDetector(options);
  const scans: string[] = [];
  const page: string[] = [];
  let held: string[] = [];
  let burstStart = 0;
  let retracted = 0;
  const settle = ({ held: what, scan, retract }: Settled) => {
    if (what === 'release') page.push(...held);
    if (what !== 'keep') held = [];
    if (scan !== null) scans.push(scan);
    if (!retract) return;
    page.length = burstStart;
    retracted += 1;
  };
  let last = 0;
  for (const input of keys) {
    const patience = detector.patienceMs();
    if (patience > 0 && input.atMs - last > patience + 10) settle(detector.idle());
    last = input.atMs;
    const verdict = detector.feed(input);
    settle(verdict);
    if (verdict.key === 'hold') held.push(input.key);
    if (verdict.key === 'pass' && input.type === 'down' && !['Shift', 'Alt', 'Control'].includes(input.key)) {
      burstStart = page.length;
      page.push(input.key);
    }
  }
  settle(detector.idle());
  return { scans, page, retracted };
}

function key(name: string, more: Partial<KeyInput> = {}): KeyInput {
  const code = /^[a-z]$/i.test(name) ? `Key${name.toUpperCase()}` : /^\d$/.test(name) ? `Digit${name}` : name;
  return { type: 'down', key: name, code, atMs: 0, editable: true, ...more };
}

function chars(text: string): KeyInput[] {
  return [...text].map((char) => key(char));
}

const unfocused = (input: KeyInput): KeyInput => ({ ...input, editable: false });

function timed(keys: readonly KeyInput[], gap: number, from: number): KeyInput[] {
  return keys.map((input, i) => ({ ...input, atMs: from + i * gap }));
}

function burst(
  code: string,
  { editable, from = 0, gap = 3 }: { editable: boolean; from?: number; gap?: number },
): KeyInput[] {
  return timed([...chars(code), key('Enter')], gap, from).map((input) => ({ ...input, editable }));
}

function typed(text: string, { editable }: { editable: boolean }): KeyInput[] {
  return timed(chars(text), 120, 0).map((input) => ({ ...input, editable }));
}
