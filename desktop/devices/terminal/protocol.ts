import type { CardAnswer, CardOrder } from '../../till/ports.ts';

/**
 * The line protocol of the simulated terminal, in ASCII. The till says `CHARGE <id> <minor> <currency>`,
 * `REFUND <id> <minor> <currency>` or `ASK <id>`; the terminal answers `APPROVED <id> <reference>`,
 * `DECLINED <id> <reason>` or `NONE <id>`: it has never heard of that attempt, and will not carry it out from now on.
 * One id is carried out once: said again, `CHARGE` is answered with what became of it.
 */
export const question = {
  charge: (order: CardOrder): Uint8Array => line('CHARGE', order),
  refund: (order: CardOrder): Uint8Array => line('REFUND', order),
  ask: (attemptId: string): Uint8Array => Buffer.from(`ASK ${attemptId}\n`, 'latin1'),
};

const line = (verb: string, { attemptId, amountMinor, currency }: CardOrder): Uint8Array =>
  Buffer.from(`${verb} ${attemptId} ${amountMinor} ${currency}\n`, 'latin1');

/** The first whole line about this attempt; undefined as long as there is none. Lines about others are not ours. */
export function readAnswer(bytes: readonly number[], attemptId: string): CardAnswer | undefined {
  const lines = Buffer.from(bytes).toString('latin1').split('\n').slice(0, -1);
  for (const one of lines) {
    const [, word, id, rest = ''] = /^(APPROVED|DECLINED|NONE) (\S+)(?: (.*))?$/.exec(one.trim()) ?? [];
    if (id !== attemptId) continue;
    if (word === 'APPROVED') return { code: 'approved', reference: rest.slice(0, 64) };
    if (word === 'DECLINED') return { code: 'declined', reason: rest.slice(0, 64) };
    return { code: 'not-charged', reason: '' };
  }
  return undefined;
}
