import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createIds, idFromDigest, idTimeMs, isId, parseId, uuidV7 } from './ids.ts';

test('a UUIDv7 is laid out as in the example of RFC 9562 A.6', () => {
  const random = Uint8Array.of(0x0c, 0xc3, 0x18, 0xc4, 0xdc, 0x0c, 0x0c, 0x07, 0x39, 0x8f);
  expect(uuidV7(0x017f22e279b0, random)).toBe('017f22e2-79b0-7cc3-98c4-dc0c0c07398f');
  expect(idTimeMs('017f22e2-79b0-7cc3-98c4-dc0c0c07398f')).toBe(0x017f22e279b0);
});

test('ids are valid and carry their time for any bytes', () => {
  const bytes = fc.uint8Array({ minLength: 10, maxLength: 10 });
  fc.assert(
    fc.property(fc.nat({ max: 2 ** 48 - 1 }), bytes, (ms, random) => {
      const id = uuidV7(ms, random);
      expect(isId(id)).toBe(true);
      expect(idTimeMs(id)).toBe(ms);
    }),
    { seed: 5, numRuns: 500 },
  );
});

test('ids of one source ascend while the clock stands, steps back and jumps, whatever the dice say', () => {
  const steps = fc.array(fc.integer({ min: -5_000, max: 5_000 }), { maxLength: 200 });
  fc.assert(
    fc.property(steps, fc.uint8Array({ minLength: 10, maxLength: 10 }), (clockSteps, dice) => {
      let now = 1_800_000_000_000;
      const ids = createIds({ clock: { nowMs: () => now }, random: { bytes: () => dice } });
      let last = '';
      for (const step of clockSteps) {
        now += step;
        const id = ids.next();
        expect(id > last && isId(id)).toBe(true);
        last = id;
      }
    }),
    { seed: 5, numRuns: 200 },
  );
});

test('more ids in one millisecond than the counter holds still ascend and differ', () => {
  const bytes = new Uint8Array(10).fill(0xff);
  const ids = createIds({ clock: { nowMs: () => 1_800_000_000_000 }, random: { bytes: () => bytes } });
  const made = Array.from({ length: 10_000 }, () => ids.next());
  expect(new Set(made).size).toBe(10_000);
  expect(made).toEqual(made.toSorted());
  expect((idTimeMs(made.at(-1) ?? '') ?? 0) - 1_800_000_000_000).toBeLessThan(5);
});

test('a digest gives one UUIDv8', () => {
  const digest = Uint8Array.from({ length: 32 }, (_, i) => i * 8 + 7);
  expect(idFromDigest(digest)).toBe('070f171f-272f-873f-874f-575f676f777f');
  expect(digest[6]).toBe(0x37); // the caller's bytes stay as they were
  expect(isId(idFromDigest(digest))).toBe(true);
  expect(idTimeMs(idFromDigest(digest))).toBeNull();
  expect(() => idFromDigest(digest.subarray(0, 16))).toThrow(RangeError);
});

test('ids from outside are taken in any case and refused in any other form', () => {
  const id = '017f22e2-79b0-7cc3-98c4-dc0c0c07398f';
  expect(parseId(id.toUpperCase())).toEqual({ ok: true, value: id });
  for (const text of [
    '',
    `{${id}}`,
    id.replaceAll('-', ''),
    id.replace('7cc3', '4cc3'),
    id.replace('98c4', 'c8c4'),
    `${id}\n`,
  ]) {
    expect(parseId(text)).toEqual({ ok: false, error: { code: 'not-an-id', text } });
  }
});

test('times and bytes that do not fit are bugs', () => {
  expect(() => uuidV7(-1, new Uint8Array(10))).toThrow(RangeError);
  expect(() => uuidV7(2 ** 48, new Uint8Array(10))).toThrow(RangeError);
  expect(() => uuidV7(1.5, new Uint8Array(10))).toThrow(RangeError);
  expect(() => uuidV7(1, new Uint8Array(9))).toThrow(RangeError);
});
