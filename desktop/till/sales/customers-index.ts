import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import { compareCodePoints } from '#shared/kernel/text.ts';
import {
  type CustomerTerms,
  customerTerms,
  looksSame,
  rankCustomer,
  readQuery,
} from '#shared/sales/customer-search.ts';
import { openField } from './customers-cipher.ts';
import type { SubjectKeys } from './subject-keys.ts';

type Entry = { readonly id: string; readonly terms: CustomerTerms; readonly createdAt: number };
type Sealed = {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly createdAt: number;
};

export type CustomerIndex = ReturnType<typeof createCustomerIndex>;

/** Rows deciphered at a time while the index is made: a few milliseconds, then the cashier goes first. */
const SLICE_ROWS = 250;

/**
 * What customers are found by, in memory alone: a disk that never had it needs no purging. Made at the first search,
 * in slices; it follows the table by being told what changed (`touch`), and looks again only when it is asked.
 */
export function createCustomerIndex({ db, keys }: { readonly db: Database; readonly keys: SubjectKeys }) {
  const columns = `id, name, phone, created_at AS createdAt FROM customer WHERE NOT deleted AND merged_into IS NULL`;
  const page = db.prepare<[string, number], Sealed>(`SELECT ${columns} AND id > ? ORDER BY id LIMIT ?`);
  const one = db.prepare<[string], Sealed>(`SELECT ${columns} AND id = ?`);
  const entries = new Map<string, Entry>();
  const unreadable = new Set<string>();
  const touched = new Set<string>();
  let made: Promise<void> | null = null;

  function put(row: Sealed): void {
    unreadable.delete(row.id);
    entries.delete(row.id);
    if (keys.isDestroyed(row.id)) return;
    const entry = read(row);
    if (entry) entries.set(row.id, entry);
    else unreadable.add(row.id);
  }

  function read({ id, name, phone, createdAt }: Sealed): Entry | null {
    const key = keys.find(id);
    const plain = key && openField(key, { customerId: id, field: 'name', text: name });
    if (!key || plain === null) return null;
    const number = openField(key, { customerId: id, field: 'phone', text: phone });
    return { id, terms: customerTerms({ name: plain, phone: number }), createdAt };
  }

  function drop(id: string): void {
    entries.delete(id);
    unreadable.delete(id);
  }

  async function make(): Promise<void> {
    for (let after = ''; ; ) {
      const rows = page.all(after, SLICE_ROWS);
      for (const row of rows) put(row);
      const last = rows.at(-1);
      if (!last || rows.length < SLICE_ROWS) return;
      after = last.id;
      await nextTurn();
      if (!db.open) return;
    }
  }

  async function current(): Promise<void> {
    made ??= make().catch((problem: unknown) => {
      made = null;
      throw problem;
    });
    await made;
    for (const id of touched) {
      const row = one.get(id);
      if (row) put(row);
      else drop(id);
    }
    touched.clear();
  }

  return {
    /** The row, or its key, is not what it was. */
    touch: (id: string): void => {
      touched.add(id);
    },
    drop,
    /** The table has a new base: everything is looked at again. */
    reset(): void {
      made = null;
      entries.clear();
      unreadable.clear();
    },
    /** Ids, best first; with nothing typed the newest. `unreadable`: how many rows have no key here. */
    async find(text: string, limit: number): Promise<{ ids: string[]; more: boolean; unreadable: number }> {
      await current();
      const query = readQuery(text);
      const found = [...entries.values()].flatMap((entry) => {
        const rank = rankCustomer(entry.terms, query);
        return rank === null ? [] : { entry, rank };
      });
      const blank = query.words.length === 0 && query.digits === '';
      found.sort((a, b) => (blank ? byAge(a.entry, b.entry) : a.rank - b.rank || byName(a.entry, b.entry)));
      const ids = found.slice(0, limit).map(({ entry }) => entry.id);
      return { ids, more: found.length > limit, unreadable: unreadable.size };
    },
    /** Who looks like the same person. */
    async alike(person: { readonly name: string; readonly phone: string | null }): Promise<string[]> {
      await current();
      const terms = customerTerms(person);
      return [...entries.values()].filter((entry) => looksSame(entry.terms, terms)).map(({ id }) => id);
    },
  };
}

const byAge = (a: Entry, b: Entry) => b.createdAt - a.createdAt || compareCodePoints(b.id, a.id);
const byName = (a: Entry, b: Entry) =>
  compareCodePoints(a.terms.words.join(' '), b.terms.words.join(' ')) || compareCodePoints(a.id, b.id);
