import { knowsPage } from '../code-pages.ts';

/** ESC t on Epson printers: number → page, where iconv-lite has the page. */
export const epsonPages: ReadonlyMap<number, string> = new Map(
  Object.entries({
    0: 'cp437',
    2: 'cp850',
    3: 'cp860',
    4: 'cp863',
    5: 'cp865',
    13: 'cp857',
    14: 'cp737',
    15: 'iso88597',
    16: 'windows1252',
    17: 'cp866',
    18: 'cp852',
    19: 'cp858',
    33: 'cp775',
    34: 'cp855',
    35: 'cp861',
    36: 'cp862',
    37: 'cp864',
    38: 'cp869',
    39: 'iso88592',
    40: 'iso885915',
    44: 'cp1125',
    45: 'windows1250',
    46: 'windows1251',
    47: 'windows1253',
    48: 'windows1254',
    49: 'windows1255',
    50: 'windows1256',
    51: 'windows1257',
    52: 'windows1258',
  })
    .filter(([, page]) => knowsPage(page))
    .map(([number, page]) => [Number(number), page]),
);

/** Every number means the page a printer starts with: what a printer without ESC t would print. */
export const onlyFirstPage: ReadonlyMap<number, string> = new Map([[0, 'cp437']]);
