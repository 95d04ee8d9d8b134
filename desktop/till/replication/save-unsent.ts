import { z } from 'zod';
import { localDate } from '#shared/kernel/zone.ts';
import type { Sealed, Sealer } from '#shared/replica/changeset.ts';
import { receiptSeries } from '#shared/sales/receipt-number.ts';
import type { Counter } from '../counter.ts';
import { refuse } from '../refuse.ts';
import { createPreferences } from '../store/preferences.ts';
import { writeOutageBundle } from './outage-bundle.ts';

type UnsentFile = { readonly fileName: string; readonly base64: string; readonly changesets: number };

/** Everything this till has not sent, in one file sealed to HQ's key. Nothing changes here: it is still sent when it can be. */
export function createUnsentSaver({ db, identity, clock, shop, till }: Counter, sealer: Sealer) {
  // One run of the chain, without the holes of what HQ has answered in between: those are duplicates there.
  const unsent = db.prepare<{ inc: number }, Sealed>(
    `SELECT text, hash, sig FROM journal
     WHERE inc = :inc AND dseq >= (SELECT min(dseq) FROM journal WHERE state = 'waiting' AND inc = :inc) ORDER BY dseq`,
  );
  const preferences = createPreferences(db);
  const epoch = db.prepare<[], string>(`SELECT epoch FROM cursor ORDER BY at DESC LIMIT 1`).pluck();

  return async (): Promise<UnsentFile> => {
    const { device, inc } = identity.read();
    const bundleKey = preferences.read('hq-bundle-key', z.string());
    if (bundleKey === null) refuse({ code: 'NO_HQ_KEY' });
    const rows = unsent.all({ inc });
    if (rows.length === 0) refuse({ code: 'NOTHING_WAITING' });
    const nowMs = clock.nowMs();
    const bytes = await writeOutageBundle({
      ...{ rows, device, inc, sealer, nowMs },
      bundleKey,
      epoch: epoch.get() ?? '',
    });
    const { code: storeCode, zone } = shop();
    const series = receiptSeries({ storeCode, tillCode: till().code, inc });
    return {
      fileName: `pestle-${series}-${localDate(nowMs, zone)}.pestle`,
      base64: bytes.toString('base64'),
      changesets: rows.length,
    };
  };
}
