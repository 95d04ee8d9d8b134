import { createPublicKey } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { openEnvelope } from '#shared/replica/changeset.ts';
import type { ChainEnd } from '#shared/replica/verify.ts';
import type { Answer } from '#shared/replica/verify-journal.ts';
import type { LogCopy, LogRow, QuarantineRow } from '#shared/replica/verify-log.ts';
import { lockDataDir } from '../../sync-server/store/data-dir.ts';
import { startEmbedded } from '../../sync-server/store/embedded.ts';
// Its pool sets how 64-bit integers are read.
import '../../sync-server/store/pool.ts';

export type ReadLog = {
  readonly copy: LogCopy;
  readonly keys: ReadonlyMap<string, string>;
  readonly hqKey: string;
};
type Client = Pick<pg.ClientBase, 'query'>;

/** HQ's log out of its database: a postgres:// address, or HQ's data folder whose HQ has been stopped. */
export async function readHq(where: string): Promise<ReadLog> {
  if (/^postgres(ql)?:/.test(where)) return readFrom(where);
  if (!existsSync(join(where, 'database'))) throw new Error(`${where} is no data folder of an HQ`);
  // Its Postgres is started for the reading, which would end the one of an HQ that runs there.
  const lock = lockDataDir(where);
  if (!lock.ok) throw new Error(`an HQ (process ${lock.error.pid}) runs in ${where}: stop it first`);
  const database = await startEmbedded({ dir: join(where, 'database'), persistent: true });
  try {
    return await readFrom(database.url);
  } finally {
    await database.stop();
    lock.value.release();
  }
}

async function readFrom(url: string): Promise<ReadLog> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY');
    return await readLog(client);
  } finally {
    await client.end();
  }
}

/** Everything of one moment: the caller's transaction must be REPEATABLE READ. */
export async function readLog(client: Client): Promise<ReadLog> {
  const all = async <T extends pg.QueryResultRow>(sql: string) => (await client.query<T>(sql)).rows;
  const [hq] = await all<{ device: string; inc: number; epoch: string; pem: string }>(
    'SELECT device, inc, epoch, signing_key_pem AS pem FROM hq_identity WHERE one = 1',
  );
  if (!hq) throw new Error('this database has no org yet');
  const { pem, ...identity } = hq;
  const rows = await all<LogRow>(LOG);
  const heads = await all<{ scope: string; seq: number }>('SELECT scope, seq FROM scope_head');
  const devices = await all<{ id: string; key: string }>('SELECT id, public_key AS key FROM device');
  const hqKey = createPublicKey(pem).export({ format: 'jwk' }).x ?? '';
  return {
    copy: {
      rows,
      quarantine: await all<QuarantineRow>(QUARANTINE),
      answers: await all<Answer>('SELECT device, inc, dseq, hash, verdict, reason FROM change_seen'),
      ends: await all<ChainEnd>('SELECT device, inc, dseq, hash FROM chain_head'),
      heads: new Map(heads.map(({ scope, seq }) => [scope, seq])),
      hq: identity,
    },
    keys: new Map([
      ...devices.map(({ id, key }) => [id, key] as const),
      ...signedKeys(rows, hq.device),
      [hq.device, hqKey],
    ]),
    hqKey,
  };
}

/** Devices' keys as HQ signed for them; the table of devices is only their fold. */
function signedKeys(rows: readonly LogRow[], hqDevice: string): Map<string, string> {
  const keys = new Map<string, string>();
  for (const { device, text } of rows) {
    const opened = device === hqDevice && text.includes('"publicKey"') ? openEnvelope(text) : null;
    for (const change of opened?.ok ? opened.value.body.changes : [])
      if (change.op === 'set' && change.t === 'device' && typeof change.cols.publicKey === 'string')
        keys.set(change.id, change.cols.publicKey);
  }
  return keys;
}

const LOG = `
  SELECT scope, seq, epoch, device, inc, dseq, type, v, eff_hlc AS "effHlc", hash, sig, envelope AS text, counted,
         (extract(epoch FROM at) * 1000000)::bigint AS "atMicros"
    FROM change_log ORDER BY scope, seq`;
const QUARANTINE = `
  SELECT id, device, inc, dseq, scope, NULL::bigint AS seq, type, text, hash, sig, reason, state
    FROM quarantine ORDER BY device, inc, dseq`;
