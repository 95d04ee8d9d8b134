import { insertSnapshotsBare } from './hq-bootstrap.ts';
import type { BenchOrg } from './hq-catalogue.ts';
import { PACKS } from './hq-catalogue.ts';
import type { BenchHq } from './hq-host.ts';
import type { ActualPeer } from './peers/actual.ts';
import type { PouchPeer } from './peers/pouch.ts';
import type { BenchDevice } from './sync-devices.ts';
import { type BenchTill, joinAndScan, startTill } from './sync-tills.ts';

/** PouchDB takes a tenth of the catalogue, and its time counts ten times: all of it would take minutes. */
export const POUCH_SHARE = 10;

/** Milliseconds until a new till could sell; the two tills go on to sell in the other measurements. */
export type Bootstrap = {
  readonly pestle: readonly number[];
  readonly pouchdb: readonly number[];
  readonly actual: readonly number[];
  readonly raw: readonly number[];
};

type World = {
  readonly org: BenchOrg;
  readonly hq: BenchHq;
  readonly codes: readonly [string, string];
  readonly device: BenchDevice;
  readonly pouch: PouchPeer | null;
  readonly actual: ActualPeer | null;
  readonly started: (till: BenchTill) => void;
};

/** A new till and its peers take in 100,000 packs and 300,000 batches, twice, taking turns. */
export async function bootstrap(world: World): Promise<Bootstrap> {
  const times: { pestle: number[]; pouchdb: number[]; actual: number[]; raw: number[] } = {
    ...{ pestle: [], pouchdb: [], actual: [], raw: [] },
  };
  const { org, hq, device, pouch, actual } = world;
  for (const code of world.codes) {
    const till = await startTill();
    world.started(till);
    const from = performance.now();
    await joinAndScan(till, org, { url: hq.url, code });
    times.pestle.push(performance.now() - from);
    if (pouch) times.pouchdb.push(POUCH_SHARE * (await pouch.bootstrap(PACKS / POUCH_SHARE)));
    times.raw.push(
      await insertSnapshotsBare(device, async (database) => {
        if (actual) times.actual.push(await actual.bootstrap(database, PACKS));
      }),
    );
  }
  return times;
}
