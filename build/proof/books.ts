import { createPublicKey, verify } from 'node:crypto';
import type { Database } from 'better-sqlite3';
import { verifyChain } from '#shared/replica/chain.ts';
import { openEnvelope, type Sealed } from '#shared/replica/changeset.ts';
import { sha256Hex } from '../../desktop/till/store/crypto.ts';
import { createIdentityStore } from '../../desktop/till/store/identity.ts';
import { rowsOf } from './rows.ts';

/**
 * Everything that must hold in a till's books at any moment between two transactions, whatever killed the till before:
 * what is wrong, in words, or nothing. `publicKey` is the device's, base64url.
 */
export function problemsIn(db: Database, publicKey: string): readonly string[] {
  const integrity = db.pragma('integrity_check') as readonly { integrity_check: string }[];
  return [
    ...integrity.map((row) => row.integrity_check).filter((said) => said !== 'ok'),
    ...problemsInBooks(db, publicKey),
  ];
}

/** The same without a look at every page: what the till wrote, not where SQLite put it. */
export function problemsInBooks(db: Database, publicKey: string): readonly string[] {
  return [
    ...sums.flatMap(([what, sql]) => rowsOf(db, sql).map((row) => `${what}: ${JSON.stringify(row)}`)),
    ...chainProblems(db, publicKey),
  ];
}

/** Each finds rows only where something is wrong. */
const sums: readonly (readonly [string, string])[] = [
  [
    'on hand is not the sum of its movements',
    `SELECT * FROM (SELECT batch_id, sum(qty_base) AS moved FROM stock_movement GROUP BY batch_id) m
     FULL JOIN on_hand h USING (batch_id) WHERE coalesce(moved, 0) <> coalesce(qty_base, 0)`,
  ],
  [
    'a receipt number is missing or given twice',
    `SELECT receipt_series, count(*) AS sales, count(DISTINCT receipt_n) AS numbers, min(receipt_n) AS first,
       max(receipt_n) AS last, c.n AS given
     FROM sale JOIN counter c ON c.series = receipt_series GROUP BY receipt_series
     HAVING first <> 1 OR last <> sales OR numbers <> sales OR given <> sales`,
  ],
  [
    'the number of a Z-report is missing or given twice',
    `SELECT z_series, count(*) AS closes, count(DISTINCT z_n) AS numbers, max(z_n) AS last, c.n AS given
     FROM shift_close JOIN counter c ON c.series = z_series GROUP BY z_series
     HAVING last <> closes OR numbers <> closes OR given <> closes`,
  ],
  ['a shift was closed twice', `SELECT shift_id FROM shift_close GROUP BY shift_id HAVING count(*) > 1`],
  ['a sale is in no shift', `SELECT receipt_no FROM sale WHERE shift_id NOT IN (SELECT id FROM shift)`],
  [
    'the number of a return is missing or given twice',
    `SELECT return_series, count(*) AS returns, count(DISTINCT return_n) AS numbers, max(return_n) AS last, c.n AS given
     FROM sale_return JOIN counter c ON c.series = return_series GROUP BY return_series
     HAVING last <> returns OR numbers <> returns OR given <> returns`,
  ],
  [
    'a number was given that nothing has',
    `SELECT series, n FROM counter WHERE n > 0 AND series NOT IN (SELECT receipt_series FROM sale)
       AND series NOT IN (SELECT z_series FROM shift_close) AND series NOT IN (SELECT return_series FROM sale_return)`,
  ],
  [
    'a sale is not the sum of its lines',
    `SELECT receipt_no, total_minor, tax_mode, (SELECT sum(amount_minor) FROM sale_line WHERE sale_id = s.id) AS amounts,
       line_count, (SELECT count(*) FROM sale_line WHERE sale_id = s.id) AS lines
     FROM sale s WHERE lines <> line_count OR total_minor <> amounts + CASE tax_mode WHEN 'exclusive' THEN tax_minor ELSE 0 END`,
  ],
  [
    'the tax of a sale is not that of its lines and rates',
    `SELECT receipt_no, tax_minor, (SELECT sum(tax_minor) FROM sale_line WHERE sale_id = s.id) AS of_lines,
       (SELECT sum(tax_minor) FROM sale_tax WHERE sale_id = s.id) AS of_rates
     FROM sale s WHERE of_lines <> tax_minor OR of_rates <> tax_minor`,
  ],
  [
    'tenders less change are not the total with its rounding',
    `SELECT receipt_no, total_minor, (SELECT sum(amount_minor) FROM tender WHERE sale_id = s.id) AS paid
     FROM sale s WHERE coalesce(paid, 0) - change_minor <> total_minor + cash_rounding_minor`,
  ],
  [
    'a line did not move as much stock as it sold',
    `SELECT l.sale_id, l.line_no, l.qty_base,
       (SELECT -sum(qty_base) FROM stock_movement WHERE document_id = l.sale_id AND document_line = l.line_no) AS moved
     FROM sale_line l LEFT JOIN pack p ON p.id = l.pack_id LEFT JOIN medicine m ON m.id = p.medicine_id
     WHERE m.sold_as IS NULL AND moved IS NOT l.qty_base`,
  ],
  [
    'a stopped batch was sold',
    `SELECT m.id, b.code, b.expires_on FROM stock_movement m JOIN sale s ON s.id = m.document_id JOIN batch b ON b.id = m.batch_id
     WHERE b.expires_on < date(s.at / 1000, 'unixepoch')`,
  ],
  [
    'a sale has no receipt to print, or two',
    `SELECT receipt_no, (SELECT count(*) FROM print_job p WHERE p.sale_id = s.id AND p.kind = 'receipt') AS jobs
     FROM sale s WHERE jobs <> 1`,
  ],
  [
    'a sale is not in the journal once',
    `SELECT receipt_no, (SELECT count(*) FROM journal j WHERE j.subject_id = s.id AND j.type = 'sale') AS changesets
     FROM sale s WHERE changesets <> 1`,
  ],
  [
    'the journal has a sale that is nowhere else',
    `SELECT dseq FROM journal WHERE type = 'sale' AND subject_id NOT IN (SELECT id FROM sale)`,
  ],
];

function chainProblems(db: Database, publicKey: string): string[] {
  const { device, inc, dseq, headHash } = createIdentityStore(db).read();
  const chain = db
    .prepare<[], Sealed & { dseq: number }>(`SELECT dseq, text, hash, sig FROM journal ORDER BY inc, dseq`)
    .all();
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: publicKey }, format: 'jwk' });
  const signed = new Set(
    chain
      .filter(({ hash, sig }) => verify(null, Buffer.from(hash, 'hex'), key, Buffer.from(sig, 'base64url')))
      .map(({ hash, sig }) => `${hash} ${sig}`),
  );
  const isSigned = (hash: string, sig: string) => signed.has(`${hash} ${sig}`);
  const unsigned = chain.filter(({ hash, sig }) => !isSigned(hash, sig));
  const verified = verifyChain(
    { device: { id: device, inc, publicKey }, head: null, seen: new Map() },
    chain,
    {
      ...{ sha256Hex, open: openEnvelope },
      verify: (_, hash, sig) => isSigned(hash, sig),
    },
  );
  const last = chain.at(-1);
  return [
    ...unsigned.map((changeset) => `changeset ${changeset.dseq} is not signed by this till`),
    ...('problem' in verified ? [`the chain is broken: ${JSON.stringify(verified.problem)}`] : []),
    ...(dseq === chain.length && (!last || last.hash === headHash)
      ? []
      : [`the head is not the last changeset`]),
    ...('links' in verified ? verified.links.flatMap((link) => writtenProblems(db, link.sealed.text)) : []),
  ];
}

/** Facts a changeset says were written and that are not there. */
function writtenProblems(db: Database, text: string): string[] {
  const opened = openEnvelope(text);
  if (!opened.ok) return [`a changeset cannot be read: ${opened.error.code}`];
  return opened.value.body.changes.flatMap((change) => {
    if (change.op !== 'insert' || !factTables.has(change.t)) return [];
    const there = rowsOf(db, `SELECT 1 FROM "${change.t}" WHERE id = ?`, change.row.id);
    return there.length > 0 ? [] : [`${change.t} ${String(change.row.id)} is signed for and not there`];
  });
}
const factTables = new Set(['sale', 'sale_line', 'sale_tax', 'tender', 'stock_movement', 'audit_entry']);
