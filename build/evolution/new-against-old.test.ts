import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { openEnvelope } from '#shared/replica/changeset.ts';
import { sha256Hex } from '../../desktop/till/store/crypto.ts';
import { sectionsOf } from '../../sync-server/intake/snapshot-sql.ts';
import type { EndState } from './end-state.ts';
import type { Fixtures } from './fixtures.ts';
import { playHistory } from './history.ts';
import { everyLack, type Lack, tablesWithout } from './old-reader.ts';
import { openReader, type Reader } from './reader.ts';

let today: Omit<Fixtures, 'version'>;
beforeAll(async () => {
  today = await playHistory();
});

const openOld = (lacks: readonly Lack[]): Reader =>
  openReader({
    ...{ device: 'reader', storeId: today.storeId, nowMs: () => today.atMs },
    tables: tablesWithout(lacks),
  });

/** Everything up to a share of each scope's log. */
async function feed(till: Reader, share = 1): Promise<void> {
  for (const { scope, rows } of today.scopes)
    await till.feed(scope, rows.slice(0, Math.round(rows.length * share)));
}

async function takeBases(till: Reader): Promise<void> {
  for (const { scope, snapshot } of today.scopes) await till.base(scope, snapshot);
}

const places = (till: Reader) => today.scopes.map(({ scope }) => till.takeIn.cursor(scope));
const lackOf = ({ t, column, word }: Lack) =>
  [t, column, word].filter((part) => part !== undefined).join(' ');

/** On hand as the movements that lie here say it: what an old till counts, it counts right. */
function countedFrom({ tables }: EndState): Map<string, number> {
  const sums = new Map<string, number>();
  for (const { batchId, qtyBase } of tables.stock_movement ?? [])
    sums.set(String(batchId), (sums.get(String(batchId)) ?? 0) + Number(qtyBase));
  return sums;
}

test('whatever one thing an old till lacks, it takes in the rest, and everything after its upgrade', {
  timeout: 120_000,
}, async () => {
  const whole = openOld([]);
  await feed(whole);
  for (const lack of everyLack()) {
    const till = openOld([lack]);
    await feed(till);
    const before = till.endState();
    expect(places(till), lackOf(lack)).toEqual(places(whole));
    expect(new Map(before.onHand.map((row) => [row.batchId, row.qtyBase])), lackOf(lack)).toEqual(
      countedFrom(before),
    );
    const waited = till.deferred().length;
    expect(await till.upgrade(), lackOf(lack)).toBe(waited);
    expect(till.endState(), lackOf(lack)).toEqual(today.rows);
    expect([till.deferred(), till.takeIn.defers()], lackOf(lack)).toEqual([[], false]);
    till.close();
  }
  whole.close();
});

test('what is lacked waits; what is not used waits for nobody', async () => {
  const waits = async (lack: Lack): Promise<number> => {
    const till = openOld([lack]);
    await feed(till);
    const waited = till.deferred().length;
    till.close();
    return waited;
  };
  expect(await waits({ t: 'tender' })).toBe(2);
  expect(await waits({ t: 'batch', column: 'packPriceMinor' })).toBe(2);
  expect(await waits({ t: 'tender', column: 'kind', word: 'card' })).toBe(2);
  expect(await waits({ t: 'tender', column: 'kind', word: 'voucher' })).toBe(0);
});

test('many lacks, an upgrade at any moment and in steps: the rows are those of who knew all along', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(everyLack(), { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.nat(),
      async (lacks, share, some) => {
        const till = openOld(lacks);
        await feed(till, share);
        await till.upgrade(tablesWithout(lacks.slice(some % lacks.length)));
        await feed(till);
        await till.upgrade();
        expect(till.endState()).toEqual(today.rows);
        expect(till.deferred()).toEqual([]);
        till.close();
      },
    ),
    { numRuns: 60, seed: 6 },
  );
});

test('a snapshot covers what waited below it, and is taken again by who can read all of it', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.subarray(everyLack().filter(isPossible), { minLength: 1, maxLength: 12 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      async (lacks, share) => {
        const till = openOld(lacks);
        await feed(till, share);
        await takeBases(till);
        expect(till.deferred().every(({ type }) => type === '(snapshot)')).toBe(true);
        expect(till.endState().onHand).toEqual(today.rows.onHand);
        expect(await till.upgrade()).toBe(0);
        for (const { scope, snapshot } of today.scopes)
          if (till.takeIn.wantsBase(scope)) await till.base(scope, snapshot);
        expect(inSnapshots(till.endState())).toEqual(inSnapshots(today.rows));
        expect(till.deferred()).toEqual([]);
        till.close();
      },
    ),
    { numRuns: 40, seed: 7 },
  );
});

test('what waits of a numbering that a restored HQ has lost goes with the next base', async () => {
  const till = openOld([{ t: 'batch', column: 'packPriceMinor' }]);
  await feed(till);
  expect(till.deferred().length).toBeGreaterThan(0);
  for (const { scope, snapshot } of today.scopes) {
    const [head = '', ...rest] = snapshot;
    const shorter = { ...(JSON.parse(head) as object), seq: 1, epoch: 'after the restore' };
    await till.base(scope, [JSON.stringify(shorter), ...rest]);
  }
  expect(till.deferred().every(({ type }) => type === '(snapshot)')).toBe(true);
  expect(await till.upgrade()).toBe(0);
  till.close();
});

/** A version that has the lines of a sale has its table. */
const isPossible = ({ t, column }: Lack): boolean => t !== 'sale' || column !== undefined;

/** Without audit entries, which no snapshot holds. */
function inSnapshots({ tables, onHand }: EndState): EndState {
  const held = new Set(today.scopes.flatMap(({ scope }) => sectionsOf(scope).map(({ t }) => t)));
  return { tables: Object.fromEntries(Object.entries(tables).filter(([name]) => held.has(name))), onHand };
}

test('what waited goes into the base, under what lies over it', async () => {
  const till = openOld([{ t: 'batch', column: 'packPriceMinor' }]);
  await feed(till, 0.5);
  const mine = { costMinor: 1, costQtyBase: 1 };
  const { replica, identity, transact } = till.store;
  transact('own edit', () =>
    replica.record({
      ...{ type: 'batch-edit', actor: 'manager', subjectId: null },
      changes: [{ t: 'batch', op: 'set', id: 'batch-2', cols: mine }],
    }),
  );
  await feed(till);
  await till.upgrade();
  const seen = till.endState().tables.batch?.find(({ id }) => id === 'batch-2');
  expect(seen).toMatchObject({ ...mine, packPriceMinor: 650 });
  transact('refused', () => replica.dropPending(identity.read()));
  expect(till.endState()).toEqual(today.rows);
  till.close();
});

test('a newer body and an unreadable envelope are kept whole, and the feed goes on', async () => {
  const till = openOld([]);
  const [org, store] = today.scopes;
  if (!org || !store) throw new Error('no scopes');
  await till.feed(org.scope, org.rows);
  const strange = store.rows.map((row, i) =>
    i === 4 ? newer(row.envelope) : i === 5 ? '{"a new":"form"}' : null,
  );
  const rows = store.rows.map((row, i) => {
    const envelope = strange[i] ?? row.envelope;
    return { ...row, envelope, hash: sha256Hex(envelope) };
  });
  await till.feed(store.scope, rows);
  expect(till.takeIn.cursor(store.scope)?.seq).toBe(rows.length);
  expect(till.deferred().map(({ seq }) => seq)).toEqual([5, 6]);
  expect(await till.upgrade()).toBe(0);
  expect(till.deferred()).toHaveLength(2);
  till.close();
});

function newer(text: string): string {
  const opened = openEnvelope(text);
  if (!opened.ok) throw new Error('a fixture that does not open');
  return JSON.stringify({ ...opened.value, v: opened.value.v + 1 });
}
