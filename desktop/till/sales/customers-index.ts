import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Database } from 'better-sqlite3';
import {
  type CustomerTerms,
  customerTerms,
  looksSame,
  rankCustomer,
  readQuery,
} from '#shared/sales/customer-search.ts';
import { openField } from './customers-cipher.ts';
import type { SubjectKeys } from './subject-keys.ts';

type Entry = {
  readonly id: string;
  readonly terms: CustomerTerms;
  /** The name as it is sorted by. */
  readonly order: string;
  readonly createdAt: number;
};
type Sealed = {
  readonly id: string;
  readonly name: string;
  readonly phone: string | null;
  readonly createdAt: number;
};

export type CustomerIndex = ReturnType<typeof createCustomerIndex>;

/** Rows deciphered at a time while the index is made: a few milliseconds, then the cashier goes first. */
const SLICE_ROWS = 100;

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
  /** All of them in both orders: sorted when asked after a change, not at every letter. */
  let sorted: { readonly byName: readonly Entry[]; readonly byAge: readonly Entry[] } | null = null;

  function put(row: Sealed): void {
    drop(row.id);
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
    const terms = customerTerms({ name: plain, phone: number });
    return { id, terms, order: terms.words.join(' '), createdAt };
  }

  function drop(id: string): void {
    sorted = null;
    entries.delete(id);
    unreadable.delete(id);
  }

  function inOrder() {
    sorted ??= {
      byName: [...entries.values()].sort((a, b) => compare(a.order, b.order) || compare(a.id, b.id)),
      byAge: [...entries.values()].sort((a, b) => b.createdAt - a.createdAt || compare(b.id, a.id)),
    };
    return sorted;
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
      sorted = null;
      entries.clear();
      unreadable.clear();
    },
    /** Ids, best first; with nothing typed the newest. `unreadable`: how many rows have no key here. */
    async find(text: string, limit: number): Promise<{ ids: string[]; more: boolean; unreadable: number }> {
      await current();
      const query = readQuery(text);
      const blank = query.words.length === 0 && query.digits === '';
      const ranks: Entry[][] = [[], [], []];
      for (const entry of blank ? inOrder().byAge : inOrder().byName) {
        const rank = blank ? 0 : rankCustomer(entry.terms, query);
        if (rank !== null) ranks[rank]?.push(entry);
      }
      const found = ranks.flat();
      const ids = found.slice(0, limit).map(({ id }) => id);
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

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
