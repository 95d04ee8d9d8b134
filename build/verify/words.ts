import type { Finding, Wrong } from '#shared/replica/verify.ts';

const words: Record<Wrong, string> = {
  NOT_AS_HASHED: 'its text is not what was hashed',
  BAD_SIGNATURE: 'its signature is not its device’s',
  UNKNOWN_KEY: 'nobody knows a key of its device',
  UNREADABLE: 'its text is no changeset',
  COLUMN_DIFFERS: 'a column is not what was signed',
  MISSING: 'changesets before it, or at the end, are missing',
  TWICE: 'another has its place in the chain',
  CHAIN_BROKEN: 'it does not name the changeset before it',
  HEAD_DIFFERS: 'it is not the end that is written down',
  ANSWER_DIFFERS: 'what HQ answered is another',
  NUMBER_MISSING: 'numbers of the scope are missing',
  NUMBER_TWICE: 'another has its number',
  COUNTED_DIFFERS: 'what HQ says was counted before it is not so',
  OUT_OF_ORDER: 'it is numbered before an earlier one of its chain',
  EPOCH_DIFFERS: 'its epoch is none of HQ’s there',
  TIME_DIFFERS: 'its time is outside of what HQ gives',
  NOT_AS_SEALED: 'its number, epoch or times are not as HQ sealed them',
};

/** A finding as a person reads it: where, then what. */
export function say({ where, device, inc, dseq, scope, seq, what, detail }: Finding): string {
  const chain = device === null ? '' : ` ${device}/${inc}/${dseq}`;
  const number = seq === null ? '' : ` (${scope} ${seq})`;
  const more = detail === '' ? '' : `: ${detail}`;
  return `${where}${chain}${number} ${words[what]}${more}`;
}
