import { describe, expect, test } from 'vitest';
import { settings } from '#shared/auth/settings.ts';
import { normaliseBatchCode } from '#shared/inventory/batch.ts';
import { expiryClass } from '#shared/inventory/expiry.ts';
import { plainDate } from '#shared/kernel/calendar.ts';
import { isId } from '#shared/kernel/ids.ts';
import { tableFacts, tables } from '#shared/schema.ts';
import { checkRow } from '#shared/tables/row.ts';
import { demoCatalogue } from './catalogue.ts';
import { type Demo, demoOrg, stockAndPeopleFor } from './demo.ts';
import { type DemoChange, inChunks } from './rows.ts';

const options = { seed: 7, todayIso: '2026-11-24' };
const demo = demoOrg(options);
const all = changesIn(demo);

describe('the demo as changes', () => {
  test('every change is a whole row of its table, with every column in its type', () => {
    const bad = all.flatMap((change) => {
      const facts = tableFacts.get(change.t);
      if (facts === undefined) return [{ table: change.t }];
      const checked = checkRow(facts, rowOf(change));
      return checked.ok ? [] : [checked.error];
    });
    expect(bad).toEqual([]);
  });

  test('ids are ids, and no two rows share one', () => {
    const ids = all.map((change) => String(rowOf(change).id));
    expect(ids.filter((id) => !isId(id))).toEqual([]);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('every reference names a row that came before it', () => {
    const seen = new Set<string>();
    const missing: string[] = [];
    for (const change of all) {
      for (const [column, id] of Object.entries(references(change)))
        if (!seen.has(id)) missing.push(`${change.t}.${column}`);
      seen.add(String(rowOf(change).id));
    }
    expect([...new Set(missing)]).toEqual([]);
  });

  test('rows of a store are in its part alone, rows of the org in none', () => {
    const strangers = demo.stores.flatMap((store) =>
      [...store.setUp()].filter((change) => rowOf(change).storeId !== store.storeId),
    );
    expect(strangers).toEqual([]);
    expect([...demo.org()].filter(({ t }) => tables[tableName(t)].facts.scope === 'store')).toEqual([]);
  });

  test('the same seed and day give the same changes, another seed others', () => {
    const again = changesIn(demoOrg(options));
    expect(JSON.stringify(again)).toBe(JSON.stringify(all));
    const [first] = demoOrg({ ...options, seed: 8 }).org();
    expect(first).not.toEqual(all[0]);
  });

  test('chunks hold all of them in order, at most 500 each', () => {
    const chunks = [...inChunks(all)];
    expect(Math.max(...chunks.map((chunk) => chunk.length))).toBe(500);
    expect(chunks.flat()).toEqual(all);
  });

  test('stored settings pass their own check', () => {
    const stored = all.filter(({ t }) => t === 'setting').map(rowOf);
    expect(stored.map(({ key }) => key)).toEqual([
      'sales.quick-keys',
      'sales.prescription-policy',
      'sales.prescription-policy',
    ]);
    expect(settings['sales.quick-keys'].parse(stored[0]?.value)).toHaveLength(9);
    for (const { value } of stored.slice(1))
      expect(settings['sales.prescription-policy'].safeParse(value).success).toBe(true);
  });
});

test('each store has the loose teas in its drawers, in grams', () => {
  const teas = all.filter((change) => change.t === 'pack' && rowOf(change).baseUnit === 'g');
  expect(teas.map((change) => rowOf(change).breakable)).toEqual([true, true]);
  const ids = teas.map((change) => rowOf(change).id);
  for (const store of demo.stores) {
    const received = [...store.setUp()]
      .map(rowOf)
      .filter(({ packId, qtyBase }) => qtyBase && ids.includes(packId));
    expect(received.map(({ qtyBase }) => Number(qtyBase) >= 5000)).toEqual([true, true]);
  }
});

describe('the people', () => {
  test('a PIN has four digits for a cashier and six above, and no two people of a store share one', () => {
    for (const { role, pin } of demo.signIns) expect(pin).toMatch(role === 'cashier' ? /^\d{4}$/ : /^\d{6}$/);
    const places = demo.signIns.map(({ storeCode, pin }) => `${storeCode} ${pin}`);
    expect(new Set(places).size).toBe(places.length);
  });

  test('every sign-in belongs to a staff row without a verifier', () => {
    const staff = new Map(
      all.filter(({ t }) => t === 'staff').map((change) => [String(rowOf(change).id), rowOf(change)]),
    );
    expect(demo.signIns.map(({ staffId }) => staff.get(staffId)?.pinVerifier)).toEqual(
      demo.signIns.map(() => null),
    );
    expect(staff.size).toBe(demo.signIns.length);
  });

  test('the former device of each till is incarnation 1 and revoked, so a till that enrols is at least B', () => {
    const devices = all.filter(({ t }) => t === 'device').map(rowOf);
    expect(devices.map(({ inc, revoked }) => ({ inc, revoked }))).toEqual(
      demo.organisation.stores.flatMap(({ tills }) => tills.map(() => ({ inc: 1, revoked: true }))),
    );
  });
});

describe('the stock', () => {
  const batches = all.filter(({ t }) => t === 'batch').map(rowOf);
  const onHand = new Map<string, number>();
  for (const { batchId, qtyBase } of all.filter(({ t }) => t === 'stock_movement').map(rowOf))
    onHand.set(String(batchId), (onHand.get(String(batchId)) ?? 0) + Number(qtyBase));

  test('what is on hand is never below zero, and every batch came in once', () => {
    expect([...onHand.values()].filter((qty) => qty < 0)).toEqual([]);
    expect(onHand.size).toBe(batches.length);
  });

  test('about ten thousand batches have every age, on the shelf too', () => {
    expect(batches.length).toBeGreaterThan(9000);
    const ages: Record<string, number> = { past: 0, last: 0, near: 0, soon: 0, far: 0 };
    for (const { id, expiresOn } of batches) {
      if ((onHand.get(String(id)) ?? 0) <= 0) continue;
      const age = expiryClass(plainDate(String(expiresOn)), plainDate(options.todayIso));
      ages[age] = (ages[age] ?? 0) + 1;
    }
    for (const count of Object.values(ages)) expect(count).toBeGreaterThan(batches.length / 50);
    expect(ages.far).toBeGreaterThan(batches.length / 2);
  });

  test('batch codes are in normal form, no pack has one twice in a store, and goods came in before they expired', () => {
    for (const { code, expiresOn, receivedAt } of batches) {
      expect(normaliseBatchCode(String(code))).toEqual({ ok: true, value: code });
      expect(Number(receivedAt)).toBeLessThan(Date.parse(String(expiresOn)));
    }
    const names = batches.map(({ storeId, packId, code }) => `${storeId} ${packId} ${code}`);
    expect(new Set(names).size).toBe(names.length);
  });

  test('a few batches are recalled or quarantined, and a release names its quarantine', () => {
    const decisions = all.filter(({ t }) => t === 'batch_decision').map(rowOf);
    const kinds = decisions.map(({ kind }) => kind);
    expect(kinds.filter((kind) => kind === 'recall')).toHaveLength(6);
    expect(kinds.filter((kind) => kind === 'quarantine')).toHaveLength(10);
    const quarantines = new Set(decisions.filter(({ kind }) => kind === 'quarantine').map(({ id }) => id));
    expect(
      decisions.filter(({ kind }) => kind === 'release').filter(({ endsId }) => quarantines.has(endsId)),
    ).toHaveLength(4);
  });
});

describe('a register that is there already', () => {
  test('gets people, stock and history in the same shape, and no catalogue row', () => {
    const register = demoCatalogue({ seed: 99, todayIso: options.todayIso });
    const own = new Set(register.packs.map(({ id }) => id));
    const changes = changesIn(stockAndPeopleFor(options, register));
    const made = new Set(changes.map(({ t }) => t));
    for (const t of ['tax_class', 'tax_rate', 'medicine', 'pack', 'pack_code', 'price'])
      expect(made).not.toContain(t);
    for (const t of ['org', 'staff', 'batch', 'stock_movement', 'sale', 'tender']) expect(made).toContain(t);
    expect(
      changes.map(rowOf).filter(({ packId }) => packId !== undefined && !own.has(String(packId))),
    ).toEqual([]);
  });
});

function changesIn({ org, stores }: Demo): DemoChange[] {
  return [...org(), ...stores.flatMap((store) => [...store.setUp(), ...[...store.history()].flat()])];
}

function rowOf(change: DemoChange): Readonly<Record<string, unknown>> {
  return change.op === 'insert' ? change.row : { id: change.id, ...change.cols };
}

function tableName(t: string): keyof typeof tables {
  const found = Object.values(tables).find(({ name }) => name === t);
  if (found === undefined) throw new Error(`no table ${t}`);
  return found.name;
}

/** Columns that hold another row's id; a delivery is a document without a row of its own. */
function references(change: DemoChange): Record<string, string> {
  const row = rowOf(change);
  const columns = [
    'storeId',
    'tillId',
    'personId',
    'roleId',
    'medicineId',
    'packId',
    'taxClassId',
    'batchId',
    'saleId',
    'endsId',
    'actorId',
    'cashierId',
  ];
  if (row.kind === 'sell') columns.push('documentId');
  return Object.fromEntries(
    columns.flatMap((column) => (typeof row[column] === 'string' ? [[column, String(row[column])]] : [])),
  );
}
