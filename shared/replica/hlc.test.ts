import fc from 'fast-check';
import { expect, test } from 'vitest';
import { effectiveHlc, hlcMs, isHlc, later, tick, zeroHlc } from './hlc.ts';

const seed = 20260301;
const ms = fc.integer({ min: 0, max: 4_000_000_000_000 });

test('every tick is later than the one before, whatever the clock does', () => {
  fc.assert(
    fc.property(fc.array(ms, { minLength: 1, maxLength: 50 }), (times) => {
      let last = zeroHlc;
      for (const nowMs of times) {
        const next = tick(last, nowMs);
        expect(next > last).toBe(true);
        expect(isHlc(next)).toBe(true);
        expect(hlcMs(next)).toBeGreaterThanOrEqual(Math.max(nowMs, hlcMs(last)));
        last = next;
      }
    }),
    { seed },
  );
});

test('texts sort as their times do', () => {
  fc.assert(
    fc.property(ms, ms, (a, b) => {
      fc.pre(a !== b);
      expect(tick(zeroHlc, a) < tick(zeroHlc, b)).toBe(a < b);
    }),
    { seed },
  );
});

test('a full counter runs into the next millisecond', () => {
  expect(tick('00000000000affff', 3)).toBe('00000000000b0000');
  expect(tick('00000000000a0001', 10)).toBe('00000000000a0002');
  expect(tick('00000000000a0001', 11)).toBe('00000000000b0000');
});

test('HQ’s order takes a stamp as written, up to a minute past its own clock', () => {
  expect(effectiveHlc(tick(zeroHlc, 50_000), 100_000)).toBe(tick(zeroHlc, 50_000));
  expect(effectiveHlc(tick(zeroHlc, 160_000), 100_000)).toBe(tick(zeroHlc, 160_000));
  expect(hlcMs(effectiveHlc(tick(zeroHlc, 31_536_000_000), 100_000))).toBe(160_000);
});

test('the later of two is one of them', () => {
  expect(later('00000000000a0000', '00000000000b0000')).toBe('00000000000b0000');
  expect(later('00000000000b0000', '00000000000a0000')).toBe('00000000000b0000');
});

test('what is no time is a bug', () => {
  expect(() => tick(zeroHlc, -0.5)).not.toThrow();
  expect(() => tick(zeroHlc, 1.5)).toThrow(RangeError);
  expect(() => tick(zeroHlc, 2 ** 48)).toThrow(RangeError);
  expect(isHlc('00000000000A0000')).toBe(false);
});
