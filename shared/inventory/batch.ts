import { type Digest, idOfName } from '#shared/kernel/ids.ts';
import { err, ok, type Result } from '#shared/kernel/result.ts';

/** What `normaliseBatchCode` refuses. */
export type BatchCodeError = {
  readonly code: 'empty-batch-code' | 'batch-code-too-long' | 'bad-batch-code';
  readonly text: string;
};

/** GS1 allows 20 characters in AI (10); registers and suppliers outside GS1 get some room beyond it. */
const LONGEST = 40;

/**
 * A batch code in the form in which two spellings of one batch are equal: NFKC, without white space, in upper case.
 * Scanned, typed and imported codes all pass through it before they name a batch, since a person copying `kx 220-a`
 * off a box must meet the batch that was scanned as `KX220-A`. Control and invisible characters are refused.
 */
export function normaliseBatchCode(text: string): Result<string, BatchCodeError> {
  const code = text.normalize('NFKC').replace(/\s+/gu, '').toUpperCase().normalize('NFKC'); // ΐ in upper case is in parts
  if (code === '') return err({ code: 'empty-batch-code', text });
  if (/[\p{C}\p{Z}]/u.test(code)) return err({ code: 'bad-batch-code', text });
  if (code.length > LONGEST) return err({ code: 'batch-code-too-long', text });
  return ok(code);
}

/**
 * The id of a batch: named by store, pack and code, so that two tills that meet the batch offline make one row.
 * `code` is in normal form already (`normaliseBatchCode`).
 */
export const batchId = (
  digest: Digest,
  { storeId, packId, code }: { readonly storeId: string; readonly packId: string; readonly code: string },
): string => idOfName(digest, `batch:${storeId}:${packId}:${code}`);

/**
 * The id of the row that holds what customers brought back of a batch and nobody has looked at yet: same code and expiry,
 * quarantined, beside the batch itself, which stays on sale (docs/decisions/0009). A recall of a batch names both.
 */
export const returnedBatchId = (digest: Digest, ofBatchId: string): string =>
  idOfName(digest, `returned:${ofBatchId}`);
