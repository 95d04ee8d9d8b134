import type { FiscalAnswer, FiscalDocument } from '../../till/ports.ts';

/**
 * The line protocol of an external signer, in ASCII. The till says
 * `SIGN <id> <sale|return|z> <hash> <number> <total in minor units> <ms since 1970>`; the device answers
 * `SIGNED <id> <signature>` or `REFUSED <id> <reason>`. Said again, one id is signed once and answered alike.
 */
export const signLine = ({ documentId, kind, hash, number, totalMinor, at }: FiscalDocument): Uint8Array =>
  Buffer.from(`SIGN ${documentId} ${kind} ${hash} ${number} ${totalMinor} ${at}\n`, 'latin1');

/** The first whole line about this document; undefined as long as there is none. Other lines are not ours. */
export function readAnswer(bytes: readonly number[], documentId: string): FiscalAnswer | undefined {
  const lines = Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1);
  for (const line of lines) {
    const [, word, id, rest = ''] = /^(SIGNED|REFUSED) (\S+)(?: (.*))?$/.exec(line.trim()) ?? [];
    if (id !== documentId) continue;
    if (word === 'REFUSED') return { state: 'failed', reason: 'refused' };
    // A signature of blanks or of line noise would be printed and kept for ten years.
    if (/^[\x21-\x7e]{1,400}$/.test(rest)) return { state: 'signed', signature: rest };
  }
  return undefined;
}
