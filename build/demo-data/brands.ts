import type { Seeded } from './random.ts';

/** Makers that do not exist. */
export const holders = [
  'Halden',
  'Mirabec',
  'Ostravel',
  'Veltrane',
  'Quillon',
  'Sandmere',
  'Tarnelle',
  'Bredax',
  'Kestroy',
  'Lumavia',
  'Norhavn',
  'Pellworth',
  'Rosendal',
  'Silvarne',
  'Toravie',
  'Ulmaris',
  'Wexfarm',
  'Ysengar',
] as const;

/**
 * Invented brand names of three or four syllables, none twice. Names that real products bear are left out as far as
 * we know them: a test holds the list against the French register where that is at hand.
 */
export function createBrands(draw: Seeded, taken: Iterable<string>): { next(): string } {
  const used = new Set([...taken, ...realNames].map((name) => name.toLowerCase()));
  const make = () => {
    const middle = draw.chance(0.3) ? draw.pick(middles) : '';
    const name = draw.pick(heads) + draw.pick(middles) + middle + draw.pick(tails);
    return name.charAt(0).toUpperCase() + name.slice(1);
  };
  return {
    next() {
      let name = make();
      while (used.has(name.toLowerCase())) name = make();
      used.add(name.toLowerCase());
      return name;
    },
  };
}

const heads = [
  'bro',
  'cal',
  'dru',
  'el',
  'far',
  'glo',
  'hal',
  'jor',
  'kel',
  'lun',
  'mel',
  'nor',
  'ol',
  'pel',
  'quo',
  'ros',
  'sor',
  'tel',
  'ul',
  'ver',
  'wen',
  'yor',
  'zel',
  'bel',
  'cor',
  'dav',
  'fel',
  'gar',
  'hin',
  'kor',
  'lor',
  'mor',
  'nel',
  'tar',
];
const middles = [
  'va',
  'vi',
  'ra',
  'ri',
  'lo',
  'mi',
  'no',
  'ta',
  'du',
  'ke',
  'so',
  'ne',
  'bu',
  'ga',
  'pho',
  'sti',
];
const tails = [
  'rane',
  'vance',
  'lene',
  'dane',
  'velle',
  'quine',
  'sair',
  'thel',
  'nove',
  'mund',
  'stra',
  'wynn',
  'phane',
  'brel',
  'doux',
  'ville',
  'gard',
  'meon',
  'zelle',
  'rost',
];

/** Real names that the syllables could come near. */
const realNames = ['Celvista', 'Melarane', 'Norvance', 'Delursan', 'Valsarane'];
