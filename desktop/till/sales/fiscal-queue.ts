import type { FiscalView } from '#shared/auth/calls-printers.ts';
import { LATE, restAfter } from '#shared/sales/fiscal.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import { type FiscalMark, fiscalReceipt } from '#shared/sales/receipt-fiscal.ts';
import type { Counter } from '../counter.ts';
import type { FiscalAnswer, FiscalFailure, FiscalProvider, Log } from '../ports.ts';
import { createFiscalBook, type FiscalEntry, type FiscalMarks, isAfter } from './fiscal-book.ts';

/**
 * In ms. `signMs`: how long a device may take before the next document is asked about; what it says after that still
 * counts. `lateMs`: what is signed longer after its document is late. `firstMs` to `mostMs`: how long a device that
 * failed is left alone.
 */
type Patience = Record<'signMs' | 'lateMs' | 'firstMs' | 'mostMs', number>;
const patience: Patience = { signMs: 20_000, lateMs: 10_000, firstMs: 1_000, mostMs: 300_000 };

type Deps = {
  readonly counter: Counter;
  readonly provider: FiscalProvider | undefined;
  readonly log: Log;
  /** A fact was written: HQ may hear of it. */
  readonly onWritten?: () => void;
  readonly patience?: Partial<Patience>;
};
/** `late`: its receipt went out while the device was known to have failed. */
type Pending = FiscalEntry & { readonly late: boolean; failures: number; notBefore: number };

/**
 * Signing by a fiscal device: follows the till's own chain, so that no sale waits for it and none is forgotten, whatever
 * stops. Without a device the chain is the signature and nothing more is written. A document's first failure is a fact,
 * as its signature is; tries between are not. Documents made before a device was set up are the chain's.
 */
export function createFiscalQueue({ counter, provider, log, onWritten, patience: given }: Deps) {
  const { signMs, lateMs, ...rests } = { ...patience, ...given };
  const book = createFiscalBook(counter);
  const pending = new Map<string, Pending>();
  let marks: FiscalMarks = begin();
  let seen = marks.through;
  /** Of the device in a row, and until when it is left alone. */
  let failures = 0;
  let trouble: FiscalFailure | null = null;
  let notBefore = 0;
  let working = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let unlisten = () => {};

  /** With a device: where it begins, and how far it came before the last stop. */
  function begin(): FiscalMarks {
    const head = book.head();
    const known = book.marks();
    if (provider) return known ?? { since: head, through: head };
    if (known) book.forgetMarks();
    return { since: head, through: head };
  }

  function look(): void {
    const head = book.head();
    for (const entry of book.after(seen)) {
      const standing = book.standing(entry.documentId);
      if (standing.state === 'signed') continue;
      if (standing.state === 'failed' && standing.reason !== 'refused') trouble ??= 'offline';
      const before = standing.state === 'failed' ? 1 : 0;
      pending.set(entry.documentId, { ...entry, late: trouble !== null, failures: before, notBefore: 0 });
    }
    seen = head;
  }

  const due = (): Pending | undefined => {
    const now = performance.now();
    return now < notBefore ? undefined : [...pending.values()].find((one) => one.notBefore <= now);
  };

  /** Comes by again when the next may be asked about. */
  function later(): void {
    clearTimeout(timer);
    if (stopped || pending.size === 0) return;
    const next = Math.max(notBefore, Math.min(...[...pending.values()].map((one) => one.notBefore)));
    timer = setTimeout(run, Math.max(1, next - performance.now()));
  }

  /** A disk that takes no row stops a turn; it must not stop the till. */
  function run(): void {
    if (stopped || working) return;
    working = true;
    work()
      .catch((problem) => {
        log.warn('fiscal-queue', { problem: String(problem) });
        notBefore = performance.now() + rests.mostMs / 10;
      })
      .finally(() => {
        working = false;
        later();
      });
  }
  async function work(): Promise<void> {
    look();
    for (let one = due(); one && !stopped; one = due()) await attempt(one);
    keepMarks();
  }

  async function attempt(one: Pending): Promise<void> {
    if (!provider) return;
    const { documentId, kind, hash, number, totalMinor, at } = one;
    const asked = provider
      .sign({ documentId, kind, hash, number, totalMinor, at })
      .catch((problem): FiscalAnswer => {
        log.warn('fiscal-device', { problem: String(problem) });
        return { state: 'failed', reason: 'bad-answer' };
      });
    const answer = await within(signMs, asked);
    hear(one, answer ?? { state: 'failed', reason: 'no-answer' });
    if (answer === null) void asked.then((late) => late.state === 'signed' && hear(one, late));
  }

  function hear(one: Pending, answer: FiscalAnswer): void {
    if (stopped || !pending.has(one.documentId)) return;
    conclude(one, answer);
    const aboutDevice = answer.state === 'failed' && answer.reason !== 'refused';
    failures = aboutDevice ? failures + 1 : 0;
    trouble = aboutDevice ? answer.reason : null;
    notBefore = aboutDevice ? performance.now() + restAfter(failures, rests) : 0;
    counter.live.changed('prints');
  }

  /** In one transaction with what it stands on: the first signature counts, whoever heard it. */
  function conclude(one: Pending, answer: FiscalAnswer): void {
    const name = provider?.name ?? '';
    const written = counter.transact('fiscal', () => {
      const before = book.standing(one.documentId);
      if (before.state === 'signed') return false;
      if (answer.state === 'failed' && before.state === 'failed') return false;
      const late = one.late || before.state === 'failed' || counter.clock.nowMs() - one.at > lateMs;
      book.write(
        one,
        answer.state === 'signed'
          ? { provider: name, ...answer, reason: late ? LATE : null }
          : { provider: name, ...answer, signature: null },
      );
      return true;
    });
    if (answer.state === 'signed') pending.delete(one.documentId);
    else {
      one.failures += 1;
      one.notBefore = performance.now() + restAfter(one.failures, rests);
    }
    if (!written) return;
    counter.live.changed('sync');
    onWritten?.();
  }

  function keepMarks(): void {
    if (!provider || stopped) return;
    const first = pending.values().next().value;
    const through = first ? { inc: first.inc, dseq: first.dseq - 1 } : seen;
    if (!isAfter(through, marks.through) && book.marks() !== null) return;
    marks = { ...marks, through };
    counter.transact('fiscal', () => book.keepMarks(marks));
  }

  function markOf(documentId: string): FiscalMark {
    const place = book.place(documentId);
    if (!provider || (place && !isAfter(place, marks.since)))
      return place && { state: 'signed', signature: place.hash };
    const standing = book.standing(documentId);
    if (standing.state === 'signed') return standing;
    return standing.state === 'failed' || (place && trouble !== null) ? { state: 'failed' } : null;
  }

  return {
    start(): void {
      if (!provider) return;
      look();
      keepMarks();
      run();
      // Everything that writes a document says so here; many at once are one look.
      unlisten = counter.live.listen('sync', () => setImmediate(run));
    },
    /** A receipt or report with its signature as it is known now, or that the device is known to have failed. */
    marked: (doc: ReceiptDoc, documentId: string): ReceiptDoc =>
      fiscalReceipt(doc, markOf(documentId), counter.shop().language),
    state: (): FiscalView | null =>
      provider ? { name: provider.name, waiting: pending.size, trouble } : null,
    /** What is answered from now on is asked about again at the next start. */
    stop(): void {
      stopped = true;
      clearTimeout(timer);
      unlisten();
    },
  };
}

/** What comes in time, else null. */
async function within<T>(ms: number, asked: Promise<T>): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => {
    timer = setTimeout(() => resolve(null), ms);
  });
  try {
    return await Promise.race([asked, late]);
  } finally {
    clearTimeout(timer);
  }
}
