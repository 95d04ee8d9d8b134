import fc from 'fast-check';
import { expect, test } from 'vitest';
import { plainDate } from '#shared/kernel/calendar.ts';
import { holdOn } from './customer-erasure.ts';
import { decipherField, encipherField, type FieldCipher, personalFields } from './customer-fields.ts';

const seed = 20261122;
/** No cipher: shows what is given to one, and opens only what was sealed with the same. */
const glass: FieldCipher<string> = {
  seal: (key, plain, context) => ({
    nonce: 'n'.repeat(16),
    sealed: hex(JSON.stringify([key, context, plain])),
  }),
  open(key, { nonce, sealed }, context) {
    const text = unhex(sealed);
    if (nonce !== 'n'.repeat(16) || text === null) return null;
    const [k, c, plain]: string[] = JSON.parse(text);
    return k === key && c === context ? (plain ?? '') : null;
  },
};
const hex = (text: string) =>
  [...text].map((c) => (c.codePointAt(0) ?? 0).toString(16).padStart(6, '0')).join('');
const unhex = (text: string) =>
  (text.match(/[0-9a-f]{6}/g) ?? []).map((h) => String.fromCodePoint(Number.parseInt(h, 16))).join('');

test('what was enciphered in a place is deciphered there, with that key, and nowhere else', () => {
  const field = fc.constantFrom(...personalFields);
  fc.assert(
    fc.property(fc.string(), field, field, (plain, here, there) => {
      const place = { customerId: 'c1', field: here, key: 'k1' };
      const text = encipherField(glass, { ...place, plain });
      expect(text).toMatch(/^1\.n{16}\.[\w-]+$/);
      expect(decipherField(glass, { ...place, text })).toEqual({ ok: true, value: plain });
      const refused = { ok: false, error: { code: 'WRONG_KEY' } };
      expect(decipherField(glass, { ...place, text, key: 'k2' })).toEqual(refused);
      expect(decipherField(glass, { ...place, text, customerId: 'c2' })).toEqual(refused);
      if (there !== here) expect(decipherField(glass, { ...place, text, field: there })).toEqual(refused);
    }),
    { seed },
  );
});

test('the context that is authenticated names table, customer and field', () => {
  const contexts: string[] = [];
  const spy: typeof glass = {
    ...glass,
    seal(key, plain, context) {
      contexts.push(context);
      return glass.seal(key, plain, context);
    },
  };
  encipherField(spy, { customerId: 'c1', field: 'phone', key: 'k', plain: 'x' });
  expect(contexts).toEqual(['customer/c1/phone']);
});

test.each([
  '',
  'Anna Berg',
  '1.',
  '2.nnnnnnnnnnnnnnnn.aaaaaaaaaaaaaaaaaaaaaa',
  '1.nnnn.aaaaaaaaaaaaaaaaaaaaaa',
  '1.nnnnnnnnnnnnnnnn.aa',
])('plain text, another version and half a text are not sealed: %j', (text) => {
  const asked = { customerId: 'c1', field: 'name', key: 'k1', text } as const;
  expect(decipherField(glass, asked)).toEqual({ ok: false, error: { code: 'NOT_SEALED' } });
});

test('of several duties to keep data the one that lasts longest holds, until its last day', () => {
  const rule = (name: string, until: string) => () => ({ rule: name, until: plainDate(until) });
  const rules = [() => null, rule('invoice', '2027-01-31'), rule('register', '2027-06-30')];
  expect(holdOn('c1', [], plainDate('2026-01-01'))).toBeNull();
  expect(holdOn('c1', rules, plainDate('2027-06-30'))).toEqual({ rule: 'register', until: '2027-06-30' });
  expect(holdOn('c1', rules.toReversed(), plainDate('2027-01-31'))).toMatchObject({ rule: 'register' });
  expect(holdOn('c1', rules, plainDate('2027-07-01'))).toBeNull();
});
