import fc from 'fast-check';
import { expect, test } from 'vitest';
import { customerTerms, looksSame, maskPhone, rankCustomer, readQuery } from './customer-search.ts';

const seed = 20261122;
const person = (name: string, phone: string | null = null) => customerTerms({ name, phone });
const rank = (typed: string, name: string, phone: string | null = null) =>
  rankCustomer(person(name, phone), readQuery(typed));

test('case, accents, ligatures and the forms of Arabic letters do not keep a customer from being found', () => {
  for (const [typed, name] of [
    ['zenobie', 'ZÉNOBIE Quatrefages'],
    ['lefevre', 'Lefèvre'],
    ['strasse', 'Anna Straße'],
    ['coeur', 'Cœur Sacré'],
    ['oneill', "O'Neill Oneill"],
    ['احمد', 'أَحْمَد'],
    ['فاطمه', 'فاطمة'],
    ['على', 'علي'],
  ] as const)
    expect(rank(typed, name), typed).not.toBeNull();
});

test('a whole number goes first, then words in their own places, then words anywhere', () => {
  expect(rank('06 12 34 56 78', 'Anna Berg', '+33 6 12 34 56 78')).toBe(0);
  expect(rank('٠٦١٢٣٤٥٦٧٨', 'Anna Berg', '0612345678')).toBe(0);
  expect(rank('an be', 'Anna Berg')).toBe(1);
  expect(rank('be an', 'Anna Berg')).toBe(2);
  expect(rank('5678 anna', 'Anna Berg', '0612345678')).toBe(1);
  expect(rank('anna 99', 'Anna Berg', '0612345678')).toBeNull();
  expect(rank('nna', 'Anna Berg')).toBeNull();
  expect(rank('', 'Anna Berg')).toBe(1);
});

test('one number however it is written, or one name where the number cannot tell, look the same', () => {
  const anna = person('Anna Berg', '06 12 34 56 78');
  expect(looksSame(anna, person('A. Berg', '0033612345678'))).toBe(true);
  expect(looksSame(anna, person('Berg, ANNA'))).toBe(true);
  expect(looksSame(anna, person('Anna Berg', '0711223344'))).toBe(false);
  expect(looksSame(anna, person('Anna Bergen'))).toBe(false);
  expect(looksSame(person('!'), person('?'))).toBe(false);
  expect(looksSame(person('Anna Berg', '17'), person('Bella Carr', '17'))).toBe(false);
});

test('a masked number keeps its form and two digits', () => {
  expect(maskPhone('+33 6 12 34 56 78')).toBe('+•• • •• •• •• 78');
  expect(maskPhone('٠٦١٢')).toBe('••١٢');
  expect(maskPhone('7')).toBe('7');
});

test('everybody is found by their own name and number, and looks like themselves', () => {
  const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
  const phone = fc.stringMatching(/^\+?[0-9 ]{0,20}$/);
  fc.assert(
    fc.property(name, phone, (n, p) => {
      const terms = person(n, p);
      const words = { ...readQuery(n), digits: '' };
      expect(rankCustomer(terms, words)).not.toBeNull();
      expect(looksSame(terms, terms)).toBe(terms.words.length > 0 || /(\d ?){7}/.test(p));
      expect(maskPhone(p).replace(/[^\d]/g, '').length).toBeLessThanOrEqual(2);
    }),
    { seed, numRuns: 500 },
  );
});
