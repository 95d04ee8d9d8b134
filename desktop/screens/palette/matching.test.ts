import { expect, test } from 'vitest';
import { matching } from './matching.ts';

const commands = ['Sync status', 'Pay', 'Type the quantity', 'Réseau'].map((name) => ({ name, detail: '' }));
const found = (text: string) => matching(commands, text).map(({ name }) => name);

test('names that begin with it come first, then words, then the rest', () => {
  expect(found('s')).toEqual(['Sync status', 'Réseau']);
  expect(found('t')).toEqual(['Type the quantity', 'Sync status']);
  expect(found('')).toEqual(commands.map(({ name }) => name));
});

test('accents and case do not count, and the mark is on the original', () => {
  expect(matching(commands, 'RES')).toMatchObject([{ name: 'Réseau', ranges: [[0, 3]] }]);
});
