import type { Sealed } from '#shared/replica/changeset.ts';
import type { BenchOrg } from './hq-catalogue.ts';
import { type BenchDevice, enrolDevice, pushBody } from './sync-devices.ts';
import { saleChanges } from './sync-sales.ts';

/** Changesets in one push: what SYNC.md's goal says. */
export const BATCH = 50;

export type Pushing = { readonly device: BenchDevice; readonly batches: readonly (readonly Sealed[])[] };

/** Devices of the codes given, each with its sales made and signed, `each` batches of 50, ready to be sent. */
export async function prepareSales(
  org: BenchOrg,
  { url, codes, each }: { readonly url: string; readonly codes: readonly string[]; readonly each: number },
): Promise<readonly Pushing[]> {
  const pushing: Pushing[] = [];
  for (const [n, code] of codes.entries()) {
    const device = await enrolDevice(url, code);
    const { tillId, storeId } = device.identity;
    let receiptN = 0;
    const sale = (): Sealed => {
      receiptN += 1;
      const at = 2 * (n * each * BATCH + receiptN);
      const changes = saleChanges({
        ...{ storeId, tillId, cashierId: org.cashier.personId, receiptSeries: `B${n}`, receiptN },
        packs: [org.pack(at), org.pack(at + 1)],
        nextId: device.ids.next,
      });
      return device.make('sale', org.cashier.personId, changes);
    };
    const batches = Array.from({ length: each }, () => Array.from({ length: BATCH }, sale));
    pushing.push({ device, batches });
  }
  return pushing;
}

/** Sends it all, every device one batch after another, the devices at once: milliseconds. */
export async function pushAll(pushing: readonly Pushing[]): Promise<number> {
  const bodies = await Promise.all(pushing.map(({ batches }) => Promise.all(batches.map(pushBody))));
  const from = performance.now();
  await Promise.all(
    pushing.map(async ({ device }, n) => {
      for (const body of bodies[n] ?? []) {
        const { verdicts } = await device.push(body);
        const bad = verdicts.find(({ verdict }) => verdict !== 'accepted');
        if (bad || verdicts.length !== BATCH) throw new Error(`not accepted: ${JSON.stringify(bad)}`);
      }
    }),
  );
  return performance.now() - from;
}
