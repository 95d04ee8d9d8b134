import type Database from 'better-sqlite3';
import { createDocumenter, type SearchDocument } from '#shared/catalog/search-text-document.ts';
import type { Generic } from '#shared/catalog/tables.ts';

/**
 * The rows of the index that stand for packs: one `search_pack` row a pack, and under the same rowid its names and its
 * codes in full text. By pack and not by medicine, because what is ranked, filtered and scanned is a pack (size, code,
 * withdrawal, stock) and a hit then costs one look-up by rowid; the names said again are a third more index.
 */
export type PackWriter = {
  /** Brings one pack up to date, or takes it out where it is no more; the answer is its name words. */
  write(packId: string, run: IndexRun): readonly string[];
  /** Brings the next packs in the order of their ids up to date; none is the end. */
  writePage(afterId: string, count: number, run: IndexRun): readonly WrittenPack[];
};
/** What one transaction or one rebuild keeps in mind, so that nothing is worked out or written twice. */
export type IndexRun = {
  readonly document: ReturnType<typeof createDocumenter>;
  readonly names: Set<string>;
  readonly forms: Set<string>;
  readonly formTexts: WeakSet<readonly string[]>;
};
export const indexRun = (): IndexRun => ({
  document: createDocumenter(),
  names: new Set(),
  forms: new Set(),
  formTexts: new WeakSet(),
});

export type WrittenPack = { readonly packId: string; readonly names: readonly string[] };

/** Prepares its statements once. */
export function createPackWriter(db: Database.Database): PackWriter {
  const sql = prepare(db);

  function remove(packId: string): void {
    const old = sql.indexed.get(packId);
    if (!old) return;
    sql.remove.run(old.id);
    sql.removeNames.run(old.id);
    sql.removeCodes.run(old.id);
  }

  /** Full-text rows are written only where their text changed: a withdrawal costs one small update. */
  function save(source: SourceRow, document: SearchDocument): void {
    const { brandKey, generic, words, codes } = document;
    const { packId, medicineId, packSize, withdrawn } = source;
    const row = { packId, medicineId, packSize, withdrawn, brandKey, words, codes };
    const old = sql.indexed.get(packId);
    if (old) sql.update.run(row);
    const id = old?.id ?? Number(sql.insert.run(row).lastInsertRowid);
    if (old?.words !== words || old.brandKey !== brandKey) {
      if (old) sql.removeNames.run(id);
      sql.insertNames.run(id, brandKey, generic);
    }
    if (old?.codes !== codes) {
      if (old) sql.removeCodes.run(id);
      sql.insertCodes.run(id, codes);
    }
  }

  function addForms(words: readonly string[], run: IndexRun): void {
    if (run.formTexts.has(words)) return;
    run.formTexts.add(words);
    for (const word of words) {
      if (/^\d/.test(word) || run.forms.has(word)) continue;
      run.forms.add(word);
      sql.addForm.run(word);
    }
  }

  function index(source: SourceRow, run: IndexRun): readonly string[] {
    const document = run.document(searchable(source));
    save(source, document);
    for (const words of document.formWords) addForms(words, run);
    return [...document.brandKey.split(' '), ...document.generic.split(' ')];
  }

  return {
    write(packId, run) {
      const source = sql.source.get(packId);
      if (source) return index(source, run);
      remove(packId);
      return [];
    },
    writePage: (after, count, run) =>
      sql.page.all({ after, count }).map((source) => ({ packId: source.packId, names: index(source, run) })),
  };
}

type SourceRow = {
  readonly packId: string;
  readonly medicineId: string;
  readonly label: string;
  readonly packSize: number;
  readonly withdrawn: number;
  readonly brand: string;
  readonly generics: string;
  readonly form: string;
  readonly holder: string;
  readonly codes: string | null;
};
type PackRow = {
  readonly packId: string;
  readonly medicineId: string;
  readonly packSize: number;
  readonly withdrawn: number;
  readonly brandKey: string;
  readonly words: string;
  readonly codes: string;
};
type IndexedRow = Pick<PackRow, 'brandKey' | 'words' | 'codes'> & { readonly id: number };

function searchable(source: SourceRow) {
  const generics: readonly Generic[] = JSON.parse(source.generics);
  return { ...source, generics, codes: source.codes === null ? [] : source.codes.split('\n') };
}

const SOURCE = `
  SELECT p.id AS packId, p.medicine_id AS medicineId, p.label, p.pack_size AS packSize,
    p.status = 'withdrawn' AS withdrawn, m.brand, m.generics, m.form, m.holder,
    (SELECT group_concat(c.code, char(10) ORDER BY c.code) FROM pack_code c
      WHERE c.pack_id = p.id AND c.deleted = 0) AS codes
  FROM pack p JOIN medicine m ON m.id = p.medicine_id
  WHERE p.deleted = 0 AND m.deleted = 0`;

function prepare(db: Database.Database) {
  return {
    source: db.prepare<[string], SourceRow>(`${SOURCE} AND p.id = ?`),
    page: db.prepare<{ after: string; count: number }, SourceRow>(
      `${SOURCE} AND p.id > :after ORDER BY p.id LIMIT :count`,
    ),
    indexed: db.prepare<[string], IndexedRow>(
      'SELECT id, brand_key AS brandKey, words, codes FROM search_pack WHERE pack_id = ?',
    ),
    insert: db.prepare<PackRow>(
      `INSERT INTO search_pack (pack_id, medicine_id, brand_key, pack_size, withdrawn, words, codes)
       VALUES (:packId, :medicineId, :brandKey, :packSize, :withdrawn, :words, :codes)`,
    ),
    update: db.prepare<PackRow>(
      `UPDATE search_pack SET medicine_id = :medicineId, brand_key = :brandKey, pack_size = :packSize,
         withdrawn = :withdrawn, words = :words, codes = :codes WHERE pack_id = :packId`,
    ),
    remove: db.prepare<[number]>('DELETE FROM search_pack WHERE id = ?'),
    insertNames: db.prepare<[number, string, string]>(
      'INSERT INTO search_name (rowid, brand, generic) VALUES (?, ?, ?)',
    ),
    removeNames: db.prepare<[number]>('DELETE FROM search_name WHERE rowid = ?'),
    insertCodes: db.prepare<[number, string]>('INSERT INTO search_code (rowid, codes) VALUES (?, ?)'),
    removeCodes: db.prepare<[number]>('DELETE FROM search_code WHERE rowid = ?'),
    addForm: db.prepare<[string]>('INSERT OR IGNORE INTO search_form (word) VALUES (?)'),
  };
}
