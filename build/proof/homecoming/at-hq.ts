import type pg from 'pg';
import { addToDigest, emptyDigest } from '#shared/replica/log-digest.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { sha256Hex } from '../../../desktop/till/store/crypto.ts';
import type { ChainOrg } from './chain-org.ts';
import type { Read } from './light-till.ts';
import type { Sums } from './pushed.ts';

type Held = { readonly org: ChainOrg; readonly chains: readonly Chain[]; readonly sums: Sums };
type Chain = { readonly device: string; readonly dseq: number; readonly hash: string };

/** What HQ's tables have otherwise than the tills have made it, read past all of HQ's code; empty where all is there. */
export async function wrongAtHq(pool: pg.Pool, { org, chains, sums }: Held): Promise<string[]> {
  const one = async (sql: string): Promise<number> =>
    Number((await pool.query<{ n: string }>(`SELECT coalesce(${sql})::text AS n`)).rows[0]?.n);
  const counts: readonly (readonly [what: string, sql: string, due: number])[] = [
    ['sales', '(SELECT count(*) FROM sale), 0', sums.sales],
    ['sale changesets in the log', `(SELECT count(*) FROM change_log WHERE type = 'sale'), 0`, sums.sales],
    ['lines', '(SELECT count(*) FROM sale_line), 0', 2 * sums.sales],
    ['money', '(SELECT sum(total_minor) FROM sale), 0', sums.totalMinor],
    ['money by the lines', '(SELECT sum(amount_minor) FROM sale_line), 0', sums.totalMinor],
    ['tax', '(SELECT sum(tax_minor) FROM sale_tax), 0', sums.taxMinor],
    ['changesets in quarantine', '(SELECT count(*) FROM quarantine), 0', 0],
    ['receipt series with a gap', `(SELECT count(*) FROM (${GAPS}) g), 0`, 0],
    ['scopes whose numbers have a hole', `(SELECT count(*) FROM (${HOLES}) h), 0`, 0],
  ];
  const wrong: string[] = [];
  for (const [what, sql, due] of counts) {
    const found = await one(sql);
    if (found !== due) wrong.push(`${what}: ${found} at HQ, ${due} made`);
  }
  wrong.push(...(await wrongTenders(pool, sums)), ...(await wrongStock(pool, org, sums)));
  return [...wrong, ...(await wrongHeads(pool, chains))];
}

const GAPS = `SELECT receipt_series FROM sale GROUP BY receipt_series
  HAVING min(receipt_n) <> 1 OR max(receipt_n) <> count(*) OR count(DISTINCT receipt_n) <> count(*)`;
const HOLES = `SELECT scope FROM change_log GROUP BY scope HAVING min(seq) <> 1 OR max(seq) <> count(*)`;

async function wrongTenders(pool: pg.Pool, { tenders }: Sums): Promise<string[]> {
  const { rows } = await pool.query<{ kind: string; sum: string }>(
    'SELECT kind, sum(amount_minor)::text AS sum FROM tender GROUP BY kind',
  );
  const found = new Map(rows.map(({ kind, sum }) => [kind, Number(sum)]));
  return [...new Set([...found.keys(), ...tenders.keys()])]
    .filter((kind) => found.get(kind) !== tenders.get(kind))
    .map((kind) => `paid by ${kind}: ${found.get(kind)} at HQ, ${tenders.get(kind)} made`);
}

/** HQ's running sum of each batch, and its movements summed up again, against what was sold of it. */
async function wrongStock(
  pool: pg.Pool,
  { storeIds, batches, opening }: ChainOrg,
  { sold }: Sums,
): Promise<string[]> {
  const { rows } = await pool.query<{ batchId: string; kept: string; counted: string }>(
    `SELECT h.batch_id AS "batchId", h.qty_base::text AS kept, m.sum::text AS counted FROM on_hand h
       JOIN (SELECT batch_id, sum(qty_base) AS sum FROM stock_movement GROUP BY batch_id) m USING (batch_id)`,
  );
  const found = new Map(rows.map((row) => [row.batchId, row]));
  return storeIds.flatMap(batches).flatMap((batchId) => {
    const due = opening - (sold.get(batchId) ?? 0);
    const { kept, counted } = found.get(batchId) ?? {};
    return Number(kept) === due && Number(counted) === due
      ? []
      : [`batch ${batchId}: HQ keeps ${kept}, its movements make ${counted}, ${due} are left`];
  });
}

/** HQ's end of each chain is the till's: through the hashes it stands for all before it. */
async function wrongHeads(pool: pg.Pool, chains: readonly Chain[]): Promise<string[]> {
  const { rows } = await pool.query<{ device: string; dseq: string; hash: string }>(
    'SELECT device, dseq::text, hash FROM chain_head',
  );
  const found = new Map(rows.map(({ device, dseq, hash }) => [device, `${dseq} ${hash}`]));
  return chains.flatMap(({ device, dseq, hash }) => {
    if (dseq === 0 || found.get(device) === `${dseq} ${hash}`) return [];
    return [`the chain of ${device} ends at ${found.get(device)} and not at ${dseq} ${hash}`];
  });
}

/** How far a till that has read everything stands in its store's log, with the digest worked out here. */
export async function readToTheEnd(pool: pg.Pool, storeId: string): Promise<Read> {
  const scope = storeScope(storeId);
  let [digest, seq, epoch] = [emptyDigest, 0, ''];
  for (;;) {
    const { rows } = await pool.query<{ n: string; hash: string; epoch: string }>(
      `SELECT l.seq::text AS n, l.hash, l.epoch FROM change_log l
        WHERE l.scope = $1 AND l.seq > $2 ORDER BY l.seq LIMIT 20000`,
      [scope, seq],
    );
    for (const { n, hash } of rows) digest = addToDigest(digest, { seq: Number(n), hash }, sha256Hex);
    const last = rows.at(-1);
    if (!last) return { scope, seq, epoch, digest };
    [seq, epoch] = [Number(last.n), last.epoch];
  }
}
