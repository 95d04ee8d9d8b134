import type { Result } from '../kernel/result.ts';
import type { Envelope, OpenError, Sealed, Verifier } from './changeset.ts';
import { genesisHash } from './changeset.ts';

/** One changeset of a pushed batch whose hash and place in the chain are sound; `envelope` is null where unreadable. */
export type Link = {
  readonly dseq: number;
  readonly sealed: Sealed;
  readonly envelope: Envelope | null;
  readonly why: string;
};

export type ChainProblem =
  /** Not signed by this device, or the text is not what was hashed. Nothing is kept, no key is occupied. */
  | { readonly code: 'FORGED' }
  /** The same key with another hash, or a chain that does not continue: a cloned disk or a restored backup. */
  | { readonly code: 'FORK'; readonly dseq: number }
  /**
   * The batch begins past the head, or leaves one out: send from `after` on. `hash` is what HQ has there: another than
   * the sender's where HQ was restored and has since had the number from another machine.
   */
  | { readonly code: 'GAP'; readonly after: number; readonly hash: string };

export type ChainEnd = { readonly dseq: number; readonly hash: string };

export type Chain = {
  readonly device: { readonly id: string; readonly inc: number; readonly publicKey: string };
  readonly head: ChainEnd | null;
  /** Hashes HQ has answered before, by dseq. */
  readonly seen: ReadonlyMap<number, { readonly hash: string }>;
};

export type ChainTools = Verifier & { readonly open: (text: string) => Result<Envelope, OpenError> };

/**
 * Hashes, signatures and the chain, before anything is looked up by a key that came from outside. The dseq of a batch
 * ascend one by one, so its last changeset is its newest and that one's signature covers all before it.
 */
export function verifyChain(
  chain: Chain,
  batch: readonly Sealed[],
  tools: ChainTools,
): { links: readonly Link[] } | { problem: ChainProblem } {
  const { device, head, seen } = chain;
  const last = batch.at(-1);
  if (last && !tools.verify(device.publicKey, last.hash, last.sig)) return { problem: { code: 'FORGED' } };
  const links: Link[] = [];
  let tail = head ?? { dseq: 0, hash: genesisHash };
  for (const sealed of batch) {
    if (tools.sha256Hex(sealed.text) !== sealed.hash) return { problem: { code: 'FORGED' } };
    const opened = tools.open(sealed.text);
    const key = opened.ok ? opened.value : keyOf(sealed.text);
    if (!key || key.device !== device.id || key.inc !== device.inc) return { problem: { code: 'FORGED' } };
    const previous = links.at(-1);
    const gap = { problem: { code: 'GAP', after: tail.dseq, hash: tail.hash } } as const;
    if (previous && key.dseq !== previous.dseq + 1) return gap;
    const before = seen.get(key.dseq);
    if (before && before.hash !== sealed.hash) return { problem: { code: 'FORK', dseq: key.dseq } };
    if (!before && key.dseq > tail.dseq + 1) return gap;
    // What others have handed up behind a hole is seen, and the chain goes on through it, if it is one chain.
    const follows = key.dseq === tail.dseq + 1;
    if (follows ? key.prevHash !== tail.hash : !before) return { problem: { code: 'FORK', dseq: key.dseq } };
    if (follows) tail = { dseq: key.dseq, hash: sealed.hash };
    links.push({
      dseq: key.dseq,
      sealed,
      envelope: opened.ok ? opened.value : null,
      why: opened.ok ? '' : opened.error.code,
    });
  }
  return { links };
}

/**
 * Changesets of a chain handed up by another than their author, each by its own signature: there may be holes where
 * the author's other scopes or refused changesets stand. What is not the author's, or is another under a number known
 * already, is passed over: `passed` counts it.
 */
export function verifyRelayed(
  { device, seen }: Omit<Chain, 'head'>,
  batch: readonly Sealed[],
  tools: ChainTools,
): { links: readonly Link[]; passed: number } {
  const links = new Map<number, Link>();
  for (const sealed of batch) {
    const opened = tools.sha256Hex(sealed.text) === sealed.hash ? tools.open(sealed.text) : null;
    if (!opened?.ok) continue;
    const { dseq } = opened.value;
    if (opened.value.device !== device.id || opened.value.inc !== device.inc) continue;
    if (!tools.verify(device.publicKey, sealed.hash, sealed.sig)) continue;
    if ((seen.get(dseq)?.hash ?? sealed.hash) !== sealed.hash) continue;
    links.set(dseq, { dseq, sealed, envelope: opened.value, why: '' });
  }
  const sorted = [...links.values()].sort((a, b) => a.dseq - b.dseq);
  return { links: sorted, passed: batch.length - sorted.length };
}

/** The number a text bears, readable as an envelope or not; null where it has none and is hence no changeset at all. */
export const dseqOf = (text: string): number | null => keyOf(text)?.dseq ?? null;

/** The chain's own members of a text that is otherwise no envelope: enough to refuse it and to go on behind it. */
function keyOf(text: string): { device: unknown; inc: unknown; dseq: number; prevHash: unknown } | null {
  try {
    const json: unknown = JSON.parse(text);
    if (typeof json !== 'object' || json === null) return null;
    const { device, inc, dseq, prevHash } = json as Partial<
      Record<'device' | 'inc' | 'dseq' | 'prevHash', unknown>
    >;
    return typeof dseq === 'number' && Number.isSafeInteger(dseq) && dseq > 0
      ? { device, inc, dseq, prevHash }
      : null;
  } catch {
    return null;
  }
}

/** The changesets of one business transaction that came together; `whole` says whether all its parts are here. */
export type TransactionLinks = { readonly links: readonly Link[]; readonly whole: boolean };

/**
 * The batch as business transactions. One whose parts are not all here is left to the next batch when it stands at the
 * end of this one; anywhere else (and where it is all there is) it can never become whole, and is not waited for.
 */
export function wholeTransactions(links: readonly Link[]): readonly TransactionLinks[] {
  const groups: { tx: string | null; links: Link[] }[] = [];
  for (const link of links) {
    const tx = link.envelope?.tx ?? null;
    const open = groups.at(-1);
    if (open && tx !== null && open.tx === tx) open.links.push(link);
    else groups.push({ tx, links: [link] });
  }
  const judged = groups.map(({ links: of }) => ({
    links: of,
    whole: (of[0]?.envelope?.parts ?? of.length) === of.length,
  }));
  const cut = judged.at(-1);
  return cut && !cut.whole && judged.length > 1 ? judged.slice(0, -1) : judged;
}
