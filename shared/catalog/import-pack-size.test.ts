import { expect, test } from 'vitest';
import { packSizeReader } from './import-pack-size.ts';
import type { PackSizeRules } from './import-profile.ts';

const rules: PackSizeRules = {
  units: [
    { words: ['comprimé', 'tablet'], unit: 'tablet', breakable: true },
    { words: ['gélule'], unit: 'capsule', breakable: true },
  ],
  containers: [
    { words: ['plaquette', 'blister', 'box'], unit: 'piece', breakable: false },
    { words: ['flacon', 'bottle'], unit: 'bottle', breakable: false },
    { words: ['ampoule'], unit: 'ampoule', breakable: true },
    { words: ['récipient'], unit: 'dose', breakable: true },
  ],
  of: ['de', 'of'],
  times: ['x', '×'],
  accessory: ['avec', 'with'],
};
const read = packSizeReader(rules);

test.each([
  ['plaquette(s) thermoformée(s) de 16 comprimé(s)', '16 tablet'],
  ['4 plaquette(s) PVC-Aluminium de 14  comprimé(s)', '56 tablet'],
  ['2 boxes of 3 blisters of 10 tablets', '60 tablet'],
  ['30 gélules', '30 capsule'],
  ['2 x 8 tablets', '16 tablet'],
  ['plaquette de 11 comprimés blancs et 10 comprimés roses', '21 tablet'],
  ['2 flacon(s) de 45 comprimé(s) (conditionnement multiple de 90 comprimés)', '90 tablet'],
  ['1 flacon(s) de 100 ml', '1 bottle'],
  ['10 ampoule(s) en verre de 5 ml', '10 ampoule'],
  ['20 récipient(s) de 2 ml par plaquette de 5 récipients', '20 dose'],
  ['flacon de 30 ml avec 1 ampoule', '1 bottle'],
  ['1 flacon(s) en verre - 1 ampoule(s) de 2 ml', null],
  ['1 plaquette de 7 comprimés - 1 plaquette de 7 gélules', null],
  ['5 flacons de 1,5 ml', '5 bottle'],
  ['0 comprimé', null],
  ['kit', null],
  ['', null],
])('%s holds %s', (label, expected) => {
  const content = read(label);
  expect(content && `${content.packSize} ${content.baseUnit}`).toBe(expected);
});

test('a pack of one is not broken', () => {
  expect(read('1 ampoule de 5 ml')?.breakable).toBe(false);
  expect(read('5 ampoules de 5 ml')?.breakable).toBe(true);
});
