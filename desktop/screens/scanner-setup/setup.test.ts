import { expect, test } from 'vitest';
import type { ScannerProfile } from '#shared/auth/scanner-profile.ts';
import { strokesOfText } from '../scanner/stroke.ts';
import { type Layout, shown, strikeAs } from './fake-wedge.ts';
import { begin, hear, pass, type Setup } from './setup.ts';
import { type TestCodeId, testCodeIds } from './test-codes.ts';

const set: ScannerProfile & { readonly layout: Layout } = {
  layout: 'us',
  prefix: '*',
  aim: true,
  inner: '',
  suffix: '',
  end: 'Tab',
  separator: 'f8',
  separatorText: '',
};
const scan = (setup: Setup, code: TestCodeId, scannerId = 'wedge') =>
  hear(setup, { scannerId, slowestMs: 4, strokes: strikeAs(set, 'fr', shown[code]) });

test('three codes in their order, and the scanner is known', () => {
  const done = testCodeIds.reduce((setup, code) => scan(setup, code), begin);
  expect(done).toMatchObject({ shown: null, problem: null, learnt: { profile: set, unsure: [] } });
});

test('a code that is not the one shown, or none of them, is said and changes nothing else', () => {
  const first = scan(begin, 'code128');
  expect(scan(first, 'ean')).toEqual({ ...first, problem: { code: 'OTHER_CODE' } });
  const stranger = { scannerId: 'wedge', slowestMs: 4, strokes: strokesOfText('3400936403114') };
  expect(hear(first, stranger)).toMatchObject({ problem: { code: 'UNREADABLE' }, shown: 'dataMatrix' });
  expect(scan(hear(first, stranger), 'dataMatrix')).toMatchObject({ problem: null, shown: 'ean' });
});

test('a code that the scanner cannot read is passed over, and what that leaves open is said', () => {
  const done = scan(pass(scan(begin, 'code128')), 'ean');
  expect(done.learnt).toMatchObject({ profile: { layout: 'us', aim: true }, unsure: ['separator'] });
});

test('all of them passed over begin anew', () => {
  expect(pass(pass(pass(begin)))).toEqual({ ...begin, problem: { code: 'NOTHING_READ' } });
});

test('another scanner begins anew; a slow one is said', () => {
  expect(scan(scan(begin, 'code128'), 'dataMatrix', 'hid:/dev/hidraw0')).toEqual({
    ...begin,
    problem: { code: 'OTHER_SCANNER' },
  });
  const slow = { scannerId: 'wedge', slowestMs: 45, strokes: strikeAs(set, 'us', shown.code128) };
  expect(hear(begin, slow)).toEqual({ ...begin, problem: { code: 'SLOW' } });
});
