import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Change, type Envelope, openEnvelope, type Row } from '#shared/replica/changeset.ts';
import { type FeedRow, pushReply } from '#shared/replica/wire.ts';
import { tableFacts } from '#shared/schema.ts';
import { post, signIn, startTestHq, type TestHq } from '../../sync-server/intake/test-hq.ts';
import { sqlOf } from '../../sync-server/store/table-sql.ts';
import { keysOf } from '../simulate/keys.ts';
import { type Fixtures, readFixtures, versions } from './fixtures.ts';

/** Tills of every version push what they made then to HQ of today, over HTTP, into a Postgres of its own. */
let hq: TestHq;
beforeEach(async () => {
  hq = await startTestHq();
});
afterEach(() => hq.stop());

type Recorded = { readonly row: FeedRow; readonly envelope: Envelope };

const recordedBy = ({ scopes }: Fixtures, device: string): Recorded[] =>
  scopes
    .flatMap(({ rows }) => rows)
    .filter((row) => row.device === device)
    .map((row) => {
      const opened = openEnvelope(row.envelope);
      if (!opened.ok) throw new Error(`${row.scope} ${row.seq} does not open`);
      return { row, envelope: opened.value };
    })
    .sort((a, b) => a.envelope.dseq - b.envelope.dseq);

/** What HQ had before the tills began, without its own org and what it said of their end. */
const foundation = (old: Fixtures): Change[] =>
  recordedBy(old, 'hq')
    .filter(({ envelope: { type } }) => !LATE.includes(type))
    .flatMap(({ envelope }) => envelope.body.changes)
    .filter(({ t }) => t !== 'org');
const LATE = ['incarnation', 'revocation'];

test.each(versions().map(readFixtures))(
  'v$version: HQ takes what its tills made, and has their rows',
  async (old) => {
    for (const change of foundation(old)) await hq.write([change]);
    // Their people were there when they did it, months before this database was made.
    await hq.pool.query('UPDATE staff_period SET since = 0');
    await hq.pool.query('UPDATE role_period SET since = 0');
    const facts: Change[] = [];
    for (const device of ['till-1', 'till-2']) {
      const mine = recordedBy(old, device);
      const token = await signIn(hq.url, { device, inc: 1, sealer: keysOf(device).sealer });
      const changesets = mine.map(({ row }) => ({ text: row.envelope, hash: row.hash, sig: row.sig }));
      const answer = await post(
        hq.url,
        '/sync/push',
        { changesets, waiting: 0, oldestAt: null, version: 'old' },
        token,
      );
      const { verdicts } = pushReply.parse(await answer.json());
      expect(verdicts).toEqual(mine.map(({ envelope: { dseq } }) => ({ dseq, verdict: 'accepted' })));
      facts.push(...mine.flatMap(({ envelope }) => envelope.body.changes));
    }
    for (const change of facts)
      expect(await held(change), JSON.stringify(change)).toMatchObject(said(change));
    const { rows } = await hq.pool.query(
      `SELECT batch_id AS "batchId", pack_id AS "packId", qty_base AS "qtyBase" FROM on_hand WHERE store_id = $1 ORDER BY 1`,
      [old.storeId],
    );
    expect(rows).toEqual(old.rows.onHand);
  },
);

async function held(change: Change): Promise<Row> {
  const { select, toRow } = sqlOf(change.t);
  const { rows } = await hq.pool.query<Row>(
    select([change.op === 'insert' ? String(change.row.id) : change.id]),
  );
  return toRow(rows[0] ?? {});
}

/** A fact as it was stated; of an edit only its row, which others may have edited since. */
function said(change: Change): Row {
  if (change.op !== 'insert') return { id: change.id };
  const columns = tableFacts.get(change.t)?.columns ?? [];
  return Object.fromEntries(columns.map(({ property }) => [property, change.row[property] ?? null]));
}
