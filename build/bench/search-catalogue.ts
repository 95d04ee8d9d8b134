import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync } from 'node:zlib';
import Database from 'better-sqlite3';
import { parse } from 'csv-parse/sync';
import { drizzle } from 'drizzle-orm/better-sqlite3';
import { migrate } from 'drizzle-orm/better-sqlite3/migrator';

/** A pack with its medicine, as far as the search looks at it. */
export type CataloguePack = {
  readonly medicine: string;
  readonly brand: string;
  readonly generics: readonly { readonly name: string; readonly strength: string }[];
  readonly form: string;
  readonly holder: string;
  readonly label: string;
  readonly packSize: number;
  readonly codes: readonly string[];
  readonly withdrawn: boolean;
};

const REGISTER = new URL('../../../shared/data/bdpm2022/catalog_normalised_2022.csv.gz', import.meta.url);
const MIGRATIONS = fileURLToPath(new URL('../../migrations/sqlite', import.meta.url));

/** Random numbers from 0 to below 1, the same for the same seed (mulberry32). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** The French register of 2022 (BDPM, 20,739 packs) beside the project, or null where it is absent. */
export function realPacks(): readonly CataloguePack[] | null {
  if (!existsSync(REGISTER)) return null;
  const rows: readonly Record<string, string>[] = parse(gunzipSync(readFileSync(REGISTER)), {
    columns: true,
  });
  return rows.map((row) => ({
    medicine: row.cis ?? '',
    brand: row.name ?? '',
    generics: (row.active ?? '').split(/\s*[;+]\s*/).map(splitStrength),
    form: row.form ?? '',
    holder: row.holder ?? '',
    label: row.pack ?? '',
    packSize: Math.max(1, Number(/de (\d+) /.exec(row.pack ?? '')?.[1] ?? 1)),
    codes: [`gtin:${row.gtin14}`, `cip7:${row.cip7}`],
    withdrawn: row.marketed === '0',
  }));
}

/** Packs of invented brands over real generic names. */
export function inventedPacks(count: number, random: () => number): readonly CataloguePack[] {
  return Array.from({ length: count }, (_, i) => {
    const generic = pick(GENERICS, random);
    const strength = `${pick(['5', '10', '20', '250', '500', '1 000'], random)} mg`;
    const [form, unit] = pick(FORMS, random);
    const packSize = pick([7, 10, 14, 16, 28, 30, 90], random);
    const holder = capital(inventedWord(random));
    const name = random() < 0.4 ? `${generic.toUpperCase()} ${holder}` : inventedWord(random).toUpperCase();
    return {
      medicine: `invented ${i}`,
      brand: `${name} ${strength}, ${form}`,
      generics: [{ name: generic, strength }],
      form,
      holder,
      label: `boîte de ${packSize} ${unit}`,
      packSize,
      codes: [`gtin:0${String(2_000_000_000_000 + i * 7919)}`, `sku:AB${i}`],
      withdrawn: random() < 0.1,
    };
  });
}

/** `count` packs: the given ones, then copies of them under invented brand words, one new word for each old one. */
export function multiplied(
  packs: readonly CataloguePack[],
  count: number,
  random: () => number,
): readonly CataloguePack[] {
  const words = [...new Set(packs.map((p) => firstWord(p.brand)))].filter((w) => w.length >= 4);
  const made = [...packs];
  for (let round = 1; made.length < count; round++) {
    const renamed = new Map(words.map((w) => [w, blend(pick(words, random), pick(words, random))]));
    for (const [i, pack] of packs.entries()) {
      if (made.length === count) break;
      const word = firstWord(pack.brand);
      made.push({
        ...pack,
        medicine: `${pack.medicine} ${round}`,
        brand: pack.brand.replace(word, renamed.get(word) ?? word),
        codes: [`gtin:0${String(4_000_000_000_000 + (round * 1_000_003 + i) * 7919)}`],
      });
    }
  }
  return made;
}

/** A database with the till's schema in a file of its own or in memory. */
export function openSearchDatabase(file = ':memory:'): Database.Database {
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('temp_store = MEMORY');
  db.pragma('cache_size = -32000');
  migrate(drizzle(db), { migrationsFolder: MIGRATIONS });
  return db;
}

/** Writes packs as catalogue rows (ids 'p000000', 'p000001', …), and three batches on hand for every pack `stocked` says so of. */
export function fillCatalogue(
  db: Database.Database,
  packs: readonly CataloguePack[],
  stocked: (index: number) => boolean,
): void {
  const medicine = db.prepare(
    `INSERT OR IGNORE INTO medicine (id, kind, brand, generics, form, route, holder, schedule_class, tall_man, generic_group, discount_allowed, register_ref, deleted, stamps)
     VALUES (?, 'medicine', ?, ?, ?, '', ?, 'general', '', '', 1, '', 0, '{}')`,
  );
  const pack = db.prepare(
    `INSERT INTO pack (id, medicine_id, label, pack_size, base_unit, breakable, tax_class_id, status, register_ref, deleted, stamps)
     VALUES (?, ?, ?, ?, 'tablet', 0, '', ?, '', 0, '{}')`,
  );
  const code = db.prepare(
    "INSERT INTO pack_code (id, pack_id, code, deleted, stamps) VALUES (?, ?, ?, 0, '{}')",
  );
  const onHand = db.prepare('INSERT INTO on_hand (batch_id, pack_id, qty_base) VALUES (?, ?, ?)');
  db.transaction(() => {
    for (const [i, it] of packs.entries()) {
      const id = packId(i);
      medicine.run(it.medicine, it.brand, JSON.stringify(it.generics), it.form, it.holder);
      pack.run(id, it.medicine, it.label, it.packSize, it.withdrawn ? 'withdrawn' : 'active');
      for (const [n, text] of it.codes.entries()) code.run(`${id}c${n}`, id, text);
      if (stocked(i)) for (let n = 0; n < 3; n++) onHand.run(`${id}b${n}`, id, n * it.packSize);
    }
  })();
}

/** One random edit at a letter after the first two of three: a letter lost, doubled, replaced or swapped with its neighbour. */
export function withTypo(word: string, random: () => number): string {
  const at = Math.floor(random() * (word.length - 1));
  const letter = String.fromCharCode(97 + Math.floor(random() * 26));
  const kind = Math.floor(random() * 4);
  if (kind === 0) return word.slice(0, at) + word.slice(at + 1);
  if (kind === 1) return word.slice(0, at) + letter + word.slice(at);
  if (kind === 2) return word.slice(0, at) + letter + word.slice(at + 1);
  return word.slice(0, at) + (word[at + 1] ?? '') + (word[at] ?? '') + word.slice(at + 2);
}

/** The id of the n-th pack: ascending, as ids made one after another are. */
export const packId = (n: number): string => `p${String(n).padStart(6, '0')}`;

const firstWord = (brand: string): string => /^[\p{L}\p{M}]+/u.exec(brand)?.[0] ?? '';
const capital = (word: string): string => word.slice(0, 1).toUpperCase() + word.slice(1);
/** The beginning of one word with the end of another. */
const blend = (a: string, b: string): string =>
  a.slice(0, Math.ceil(a.length * 0.6)) + b.slice(Math.floor(b.length * 0.6));

function pick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new Error('nothing to pick from');
  return item;
}

function splitStrength(active: string): { name: string; strength: string } {
  const at = active.search(/\s\d/);
  return at < 0
    ? { name: active, strength: '' }
    : { name: active.slice(0, at), strength: active.slice(at + 1) };
}

function inventedWord(random: () => number): string {
  const syllables = 2 + Math.floor(random() * 3);
  return (
    Array.from({ length: syllables }, () => pick(ONSETS, random) + pick(VOWELS, random)).join('') +
    pick(CODAS, random)
  );
}

const ONSETS = [
  'b',
  'br',
  'c',
  'd',
  'dr',
  'f',
  'g',
  'l',
  'm',
  'n',
  'p',
  'pr',
  'r',
  's',
  't',
  'tr',
  'v',
  'z',
  'x',
];
const VOWELS = ['a', 'e', 'i', 'o', 'u', 'y', 'ia', 'eo'];
const CODAS = ['', 'l', 'n', 'x', 'r', 'm', 's', 'zol', 'pril', 'mab'];
const FORMS = [
  ['comprimé pelliculé', 'comprimés'],
  ['gélule', 'gélules'],
  ['solution buvable', 'sachets'],
] as const;
const GENERICS = [
  'paracétamol',
  'ibuprofène',
  'amoxicilline',
  'oméprazole',
  'lévothyroxine',
  'metformine',
  'amlodipine',
  'ramipril',
  'atorvastatine',
  'prednisone',
  'prednisolone',
  'tramadol',
  'codéine',
  'cétirizine',
  'loratadine',
  'salbutamol',
];
