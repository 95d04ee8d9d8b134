import type { RowOf } from '#shared/schema.ts';

/** What a scanner would send for one pack in hand. */
export type DemoScan = {
  /** The printed GTIN as EAN-13, as a keyboard wedge types it; null for a GTIN that is no EAN-13. */
  readonly ean13: string | null;
  /**
   * GS1 DataMatrix with its AIM prefix: (01) GTIN, (17) expiry, (10) batch, FNC1, (21) serial. An expiry that means
   * never is left out: the two digits of a year reach no further than 50 years (GS1 General Specifications §7.12).
   */
  readonly dataMatrix: string;
};

export type ScanOf = {
  /** The pack's code, 'gtin:' and 14 digits. */
  readonly code: string;
  readonly batch: Pick<RowOf<'batch'>, 'code' | 'expiresOn'>;
  /** Up to 20 characters. */
  readonly serial: string;
};

/** Codes to drive a till with. RangeError for a code that is no GTIN. */
export function demoScan({ code, batch, serial }: ScanOf): DemoScan {
  const gtin = /^gtin:(\d{14})$/.exec(code)?.[1];
  if (gtin === undefined) throw new RangeError(`not a GTIN: ${code}`);
  const expiry = batch.expiresOn < NEVER_FROM ? `17${batch.expiresOn.slice(2).replaceAll('-', '')}` : '';
  return {
    ean13: gtin.startsWith('0') ? gtin.slice(1) : null,
    dataMatrix: `]d201${gtin}${expiry}10${batch.code}${GS}21${serial}`,
  };
}

const NEVER_FROM = '2070-01-01';

/** FNC1 as it is transmitted. */
const GS = '\u001d';

/** A scan of every batch whose pack has a GTIN, in the order given; serials count from 1. */
export function* demoScans(
  batches: Iterable<RowOf<'batch'>>,
  packCodes: Iterable<RowOf<'pack_code'>>,
): Generator<DemoScan & { readonly batchId: string; readonly packId: string }> {
  const codes = new Map<string, string>();
  for (const { packId, code } of packCodes)
    if (code.startsWith('gtin:') && !codes.has(packId)) codes.set(packId, code);
  let count = 0;
  for (const batch of batches) {
    const code = codes.get(batch.packId);
    if (code === undefined) continue;
    count += 1;
    yield {
      batchId: batch.id,
      packId: batch.packId,
      ...demoScan({ code, batch, serial: String(count).padStart(10, '0') }),
    };
  }
}
