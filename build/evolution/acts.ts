import type { Change, Row } from '#shared/replica/changeset.ts';
import { keysOf } from '../simulate/keys.ts';
import { type Act, day, hq, storeId, till } from './act.ts';
import { insert, set } from './changes.ts';
import { saleChanges } from './sale.ts';
import { tillActs } from './till-acts.ts';

const audit = (at: number, id: string, action: string, more: Row = {}): Change =>
  insert('audit_entry', {
    ...{ id, storeId, tillId: 'till 1', ...day(at), actorId: 'manager', action, subjectId: null },
    ...{ reason: null, details: null, ...more },
  });

const movement = (at: number, id: string, batchId: string, more: Row): Change =>
  insert('stock_movement', {
    ...{ id, storeId, batchId, packId: 'pack-1', kind: 'adjust', documentId: 'doc', documentLine: null },
    ...{ ...day(at), actorId: 'manager', reason: null, ...more },
  });

const decision = (at: number, id: string, kind: string, endsId: string | null): Change =>
  insert('batch_decision', {
    ...{ id, storeId, batchId: 'batch-1', kind, endsId, reason: 'looks odd', ...day(at), actorId: 'manager' },
  });

const device = (id: string, at: number, over: Row = {}): Change =>
  set('device', id, {
    ...{ tillId: `till ${id.slice(-1)}`, storeId, publicKey: keysOf(id).publicKey, inc: 1, enrolledAt: at },
    ...{ revoked: false, ...over },
  });

/** Every type of transaction that a till or HQ writes, with every table and every column at least once. */
export const acts: readonly Act[] = [
  hq('bootstrap', () => [
    set('org', 'org', { name: 'Pestle Pharmacies', signingKey: keysOf('hq').publicKey, recoveryKey: 'r' }),
    set('role', 'role-all', { name: 'All', permissions: ALL }),
  ]),
  hq('store', () => [set('store', storeId, STORE)]),
  hq('till', () => [
    set('till', 'till 1', { storeId, code: 'T01', name: 'Front' }),
    set('till', 'till 2', { storeId, code: 'T02', name: 'Back' }),
  ]),
  hq('enrolment', (at) => [device('till-1', at), device('till-2', at)]),
  hq('person', () => [
    set('person', 'manager', { name: 'Amina Haddad', shortName: 'Amina', language: 'ar', active: true }),
    set('staff', 'staff-1', {
      ...{ storeId, personId: 'manager', roleId: 'role-all', pinVerifier: '$argon2id$x', active: true },
    }),
  ]),
  hq('import.catalogue', () => catalogue),
  hq('setting', () => [
    set('setting', 'setting-org', { storeId: null, key: 'sales.receipt', value: { footer: 'Merci' } }),
    set('setting', 'setting-1', { storeId, key: 'sales.limit', value: 10 }),
  ]),
  hq('import.stock', (at) => [
    ...['batch-1', 'batch-2'].flatMap((id, i) => [
      set('batch', id, {
        ...{ storeId, packId: 'pack-1', code: `KX${i}`, expiresOn: '2027-12-31', receivedAt: at },
        ...{ costMinor: 400, costQtyBase: 16, packPriceMinor: i === 0 ? null : 650 },
      }),
      movement(at, `open-${i}`, id, { kind: 'receive', qtyBase: 160, documentLine: i + 1 }),
    ]),
  ]),
  { ...till('till-1', 'sale', (at) => saleChanges({ storeId, at, n: 1 })), actor: 'manager' },
  till('till-2', 'sale', (at) => saleChanges({ storeId, at, n: 2 })),
  till('till-1', 'reprint', (at) => [audit(at, 'audit-1', 'sales.reprint', { subjectId: 'sale-1' })]),
  till('till-1', 'right-lent', (at) => [
    audit(at, 'audit-lent', 'reports.lent', { details: { authorisedBy: 'manager' } }),
  ]),
  till('till-1', 'customer', (at) => [
    set('customer', 'customer-1', { ...CUSTOMER, consent: true, mergedInto: null, createdAt: at }),
    set('customer', 'customer-2', { ...CUSTOMER, consent: false, mergedInto: 'customer-1', createdAt: at }),
  ]),
  till('till-2', 'customer', () => [set('customer', 'customer-1', { phone: '1.n2.cipher', consent: false })]),
  till('till-1', 'erasure', (at) => [
    insert('erasure', { id: 'erasure-1', subjectId: 'customer-2', at, actorId: 'manager', reason: 'asked' }),
  ]),
  till('till-1', 'batch-quarantine', (at) => [decision(at, 'held-1', 'quarantine', null)]),
  till('till-2', 'batch-quarantine', (at) => [decision(at, 'freed-1', 'release', 'held-1')]),
  hq('recall', (at) => [decision(at, 'recall-1', 'recall', null)]),
  till('till-2', 'goods-receipt', (at) => [
    set('batch', 'batch-3', {
      ...{ storeId, packId: 'pack-1', code: 'L77', expiresOn: '2028-06-30', receivedAt: at },
      ...{ costMinor: 300, costQtyBase: 32, packPriceMinor: null },
    }),
    movement(at, 'received-1', 'batch-3', { kind: 'receive', qtyBase: 32, documentLine: 1 }),
  ]),
  till('till-1', 'stock-adjustment', (at) => [
    movement(at, 'swap-1', 'batch-1', { qtyBase: 4, reason: 'batch swap' }),
    movement(at, 'swap-2', 'batch-2', { qtyBase: -4, reason: 'batch swap' }),
    audit(at, 'audit-2', 'inventory.batch-swapped', { reason: 'batch swap', details: { qtyBase: 4 } }),
  ]),
  hq('stock-adjustment', (at) => [
    movement(at, 'swap-3', 'batch-1', { qtyBase: -4 }),
    movement(at, 'swap-4', 'batch-2', { qtyBase: 4 }),
  ]),
  till('till-1', 'training', (at) => [
    audit(at, 'audit-training', 'training.begun', { details: { authorisedBy: 'manager' } }),
  ]),
  till('till-1', 'badge', (at) => [audit(at, 'audit-badge', 'auth.badge-printed', { subjectId: 'manager' })]),
  till('till-1', 'setting', () => [set('setting', 'setting-1', { value: 12 })]),
  till('till-1', 'time-confirmation', (at) => [audit(at, 'audit-3', 'time.confirmed', { details: { at } })]),
  till('till-2', 'sync-repair', (at) => [audit(at, 'audit-4', 'sync.repaired', { tillId: 'till 2' })]),
  {
    ...till('till-2', 'price', () => [set('price', 'price-1', { priceMinor: 1, validFrom: '2026-02-01' })]),
    refused: true,
  },
  hq('quarantine', (at) => [
    audit(at, 'audit-5', 'sync.quarantine.dismissed', { tillId: null }),
    insert('quarantine_decision', {
      ...{ id: 'decision-1', storeId, device: 'till-2', inc: 1, dseq: 6, decision: 'dismissed' },
      ...{ reason: 'prices are made at HQ', at, actorId: 'admin' },
    }),
  ]),
  hq('outage-file', (at) => [
    audit(at, 'audit-6', 'sync.outage-file.imported', { details: { changesets: 3 } }),
  ]),
  hq('sealed-key', (at) => [audit(at, 'audit-7', 'till.sealed-key-given', { details: { keys: 1 } })]),
  hq('stock-elsewhere', (at) => [
    set('stock_elsewhere', 'pack-1:0', { held: { S01: 160, S02: 16 } }),
    set('stock_elsewhere_store', storeId, { asOf: at }),
  ]),
  hq('seal', () => [set('setting', 'seal org', { storeId: null, key: 'log.seal', value: { to: 9 } })]),
  hq('incarnation', (at) => [device('till-2', at, { inc: 2 })]),
  hq('catalog', () => [
    set('pack', 'pack-2', { status: 'withdrawn' }),
    { t: 'price', op: 'delete', id: 'price-2' },
    { t: 'pack_code', op: 'delete', id: 'code-2' },
    { t: 'pack_code', op: 'undelete', id: 'code-2' },
  ]),
  ...tillActs,
  hq('revocation', (at) => [device('till-2', at, { inc: 2, revoked: true })]),
];

const ALL = [
  'sales.sell',
  'sales.reprint',
  'sales.customers.erase',
  'inventory.adjust',
  'inventory.quarantine',
].concat([
  ...['purchasing.receive', 'auth.settings.edit', 'sales.return', 'sales.void', 'sales.shift'],
  ...['sales.cash.move', 'sales.account.edit', 'sales.no-sale', 'auth.people.edit'],
]);

const STORE = {
  ...{ code: 'S01', name: 'Rue Haute', addressLines: ['1 rue Haute'], licence: 'L1', taxNumber: 'FR1' },
  ...{ receiptFooter: '', zone: 'Europe/Paris', dayStartHour: 4, currency: 'EUR', minorDigits: 2 },
  ...{ cashStepMinor: 1, taxMode: 'inclusive', minShelfLifeDays: 30, language: 'fr' },
};

const CUSTOMER = {
  ...{
    name: '1.n.cipher',
    phone: '1.n.cipher',
    email: '1.n.cipher',
    address: '1.n.cipher',
    note: '1.n.cipher',
  },
};

const medicine = (id: string, scheduleClass: string): Change =>
  set('medicine', id, {
    ...{ kind: 'medicine', brand: 'Doliprane', generics: [{ name: 'paracetamol', strength: '500 mg' }] },
    ...{ form: 'tablet', route: 'oral', holder: 'Holder', scheduleClass, tallMan: '', genericGroup: '' },
    ...{ discountAllowed: true, registerRef: `bdpm:${id}`, soldAs: null },
  });

const pack = (n: number): readonly Change[] => [
  set('pack', `pack-${n}`, {
    ...{ medicineId: `medicine-${n}`, label: 'box of 16', packSize: 16, baseUnit: 'tablet', breakable: true },
    ...{ taxClassId: 'tax-1', status: 'active', registerRef: `bdpm:pack-${n}` },
  }),
  set('pack_code', `code-${n}`, { packId: `pack-${n}`, code: `gtin:0340093000001${n}` }),
];

const catalogue: readonly Change[] = [
  set('tax_class', 'tax-1', { name: 'Medicines' }),
  set('tax_rate', 'rate-1', { taxClassId: 'tax-1', pct3: [2100], validFrom: '2026-01-01' }),
  medicine('medicine-1', 'general'),
  medicine('medicine-2', 'prescription'),
  set('medicine', 'medicine-2', { soldAs: 'service' }),
  ...pack(1),
  ...pack(2),
  set('price', 'price-1', { packId: 'pack-1', storeId: null, priceMinor: 500, validFrom: '2026-01-01' }),
  set('price', 'price-2', { packId: 'pack-1', storeId, priceMinor: 480, validFrom: '2026-02-01' }),
];
