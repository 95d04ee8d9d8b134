import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { uuidV7 } from '#shared/kernel/ids.ts';
import { bodyVersion, type Change, genesisHash, type Sealed, seal } from '#shared/replica/changeset.ts';
import { tick, zeroHlc } from '#shared/replica/hlc.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { createSealer } from '../store/signing.ts';

/** A till that exists in a test only: makes changesets signed and chained like a real one's. */
export type TestDevice = ReturnType<typeof createTestDevice>;

export const testId = (): string => uuidV7(Date.now(), randomBytes(10));

export function createTestDevice({
  device = testId(),
  inc = 1,
  storeId,
  tillId = testId(),
}: {
  readonly device?: string;
  readonly inc?: number;
  readonly storeId: string;
  readonly tillId?: string;
}) {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const sealer = createSealer(privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());
  let head = { dseq: 0, hash: genesisHash };
  let hlc = zeroHlc;

  return {
    device,
    inc,
    storeId,
    tillId,
    sealer,
    publicKey: publicKey.export({ format: 'jwk' }).x ?? '',
    /** The end of the chain as the device has it. */
    head: () => head,
    /** Takes the chain back, as a restored backup or a cloned disk does. */
    rewind: (to: { dseq: number; hash: string }) => {
      head = to;
    },
    make: (changes: readonly Change[], over: Partial<MadeWith> = {}): Sealed => {
      const nowMs = over.at ?? Date.now();
      hlc = tick(hlc, nowMs);
      const sealed = seal(
        {
          device,
          inc,
          dseq: head.dseq + 1,
          tx: over.tx ?? testId(),
          parts: over.parts ?? 1,
          prevHash: head.hash,
          hlc,
          type: over.type ?? 'sale',
          v: bodyVersion,
          scope: over.scope ?? storeScope(storeId),
          actor: over.actor ?? 'cashier',
          at: nowMs,
          skew: null,
          body: { changes },
        },
        sealer,
      );
      head = { dseq: head.dseq + 1, hash: sealed.hash };
      return sealed;
    },
  };
}

type MadeWith = {
  readonly type: string;
  readonly scope: string;
  readonly actor: string;
  readonly at: number;
  readonly tx: string;
  readonly parts: number;
};

/** The rows of one cash sale of two lines: 8 facts, about 1.5 KB as a changeset. */
export function saleRows({
  storeId,
  tillId,
  receiptN,
  batchId = 'batch-1',
  id = testId(),
  series = `S01-${id.slice(-8).toUpperCase()}A`,
}: {
  readonly storeId: string;
  readonly tillId: string;
  readonly receiptN: number;
  readonly batchId?: string;
  readonly id?: string;
  /** Of the receipt's number; one of its own for each sale unless a test is about numbers. */
  readonly series?: string;
}): Change[] {
  const at = Date.now();
  const day = { at, businessDate: '2026-03-02' };
  const sale = {
    id,
    storeId,
    tillId,
    receiptNo: `${series}-${String(receiptN).padStart(6, '0')}`,
    receiptSeries: series,
    receiptN,
    ...day,
    cashierId: 'nobody',
    currency: 'EUR',
    taxMode: 'inclusive',
    lineCount: 2,
    discountMinor: 0,
    taxMinor: 21,
    totalMinor: 1000,
    cashRoundingMinor: 0,
    changeMinor: 0,
  };
  const line = (lineNo: number) => ({
    id: testId(),
    saleId: id,
    storeId,
    lineNo,
    packId: 'pack-1',
    name: 'PARACÉTAMOL 500 mg',
    scheduleClass: 'general',
    qtyBase: 16,
    packSize: 16,
    baseUnit: 'tablet',
    packPriceMinor: 500,
    grossMinor: 500,
    lineDiscountMinor: 0,
    cartDiscountMinor: 0,
    amountMinor: 500,
    taxMinor: 10,
    taxClassId: 'tax-1',
    taxPct3: [2100],
    discountReason: null,
  });
  const movement = (documentLine: number) => ({
    id: testId(),
    storeId,
    batchId,
    packId: 'pack-1',
    kind: 'sell',
    qtyBase: -16,
    documentId: id,
    documentLine,
    ...day,
    actorId: 'nobody',
    reason: null,
  });
  const tax = (pct3: number) => ({
    id: testId(),
    saleId: id,
    storeId,
    taxPct3: [pct3],
    baseMinor: 979,
    taxMinor: 21,
    componentsMinor: [21],
  });
  const tender = {
    id: testId(),
    saleId: id,
    storeId,
    lineNo: 1,
    kind: 'cash',
    amountMinor: 1000,
    reference: null,
    authorisedAt: null,
  };
  const facts: [string, Record<string, unknown>][] = [
    ['sale', sale],
    ['sale_line', line(1)],
    ['sale_line', line(2)],
    ['sale_tax', tax(2100)],
    ['sale_tax', tax(5500)],
    ['tender', tender],
    ['stock_movement', movement(1)],
    ['stock_movement', movement(2)],
  ];
  return facts.map(([t, row]) => ({ t, op: 'insert', row }));
}
