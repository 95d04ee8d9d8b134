import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { genesisHash, type Sealed, seal } from '#shared/replica/changeset.ts';
import { tick, zeroHlc } from '#shared/replica/hlc.ts';
import { writeOutageBundle } from '../desktop/till/replication/outage-bundle.ts';
import { createSealer } from '../desktop/till/store/crypto.ts';
import { openOutageBundle } from '../sync-server/intake/outage-file.ts';

const raw = (kind: 'ed25519' | 'x25519') => {
  const { publicKey, privateKey } =
    kind === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('x25519');
  return { publicKey: publicKey.export({ format: 'jwk' }).x ?? '', privateKey };
};
const till = raw('ed25519');
const hq = raw('x25519');
const bundleKey = { publicKey: hq.publicKey, privateKey: hq.privateKey.export({ format: 'jwk' }).d ?? '' };
const sealer = createSealer(till.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString());

function chain(count: number): Sealed[] {
  const rows: Sealed[] = [];
  let hlc = zeroHlc;
  for (let dseq = 5; dseq < 5 + count; dseq++) {
    hlc = tick(hlc, 1_772_000_000_000);
    const body = {
      changes: [{ t: 'sale', op: 'insert', row: { id: `${dseq}`, name: 'PARACÉTAMOL\n500 mg' } }],
    } as const;
    rows.push(
      seal(
        {
          ...{ device: 'device-1', inc: 2, dseq, tx: `tx-${dseq}`, parts: 1, hlc, type: 'sale', v: 1 },
          ...{ scope: 'store:1', actor: 'nobody', at: 1_772_000_000_000, skew: null, body },
          prevHash: rows.at(-1)?.hash ?? genesisHash,
        },
        sealer,
      ),
    );
  }
  return rows;
}

test('what a till writes, HQ opens, changeset by changeset as it was signed', async () => {
  const rows = chain(300);
  const file = await writeOutageBundle({
    ...{ rows, device: 'device-1', inc: 2, sealer, bundleKey: bundleKey.publicKey },
    ...{ epoch: 'epoch-1', nowMs: 1_772_000_000_000 },
  });
  const opened = await openOutageBundle(file, { bundleKey, keyOfDevice: async () => till.publicKey });
  if (!opened.ok) throw new Error(opened.error.code);
  expect(opened.value.header).toMatchObject({
    ...{ device: 'device-1', inc: 2, sealedTo: bundleKey.publicKey, epoch: 'epoch-1' },
    ...{ count: 300, firstDseq: 5, lastDseq: 304, madeAt: 1_772_000_000_000 },
  });
  const read: Sealed[] = [];
  for await (const one of opened.value.changesets) read.push(one);
  expect(read).toEqual(rows);
  expect(file.includes('PARAC')).toBe(false);
});
