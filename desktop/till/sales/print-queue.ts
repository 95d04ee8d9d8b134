import type { PrintJobView } from '#shared/sales/calls.ts';
import type { ReceiptDoc } from '#shared/sales/receipt.ts';
import type { Counter } from '../counter.ts';
import type { PrintOutcome, TillPorts } from '../ports.ts';
import { withLogo } from './receipt-design.ts';

type Job = {
  readonly id: string;
  readonly saleId: string;
  readonly kind: PrintJobView['kind'];
  readonly doc: string;
};

export type PrintQueue = ReturnType<typeof createPrintQueue>;

/** How long a printer may take over one receipt, and a closing till waits for it. In ms. */
type Patience = { readonly printMs: number; readonly stopMs: number };
const patience: Patience = { printMs: 60_000, stopMs: 3_000 };

type Ports = Pick<TillPorts, 'printer' | 'log'> & {
  /** A document with what is known of its signature (fiscal-queue.ts). */
  readonly marked?: (doc: ReceiptDoc, documentId: string) => ReceiptDoc;
};

/**
 * Receipts on their way to paper. A job is a row made in the transaction of its sale, so it exists when the sale does;
 * printing starts after the commit and can neither block nor undo it. A job that was under way when the till died is
 * `unknown`: a second receipt without the word COPY must not come out by itself.
 */
export function createPrintQueue(
  counter: Counter,
  { printer, log, marked = (doc) => doc }: Ports,
  { printMs, stopMs }: Patience = patience,
) {
  const { db, clock, live } = counter;
  const insert = db.prepare(
    `INSERT INTO print_job (id, sale_id, kind, state, doc, attempts, error, created_at, updated_at) VALUES (?, ?, ?, 'waiting', ?, 0, NULL, ?, ?)`,
  );
  const next = db.prepare<[], Job>(
    `SELECT id, sale_id AS saleId, kind, doc FROM print_job WHERE state = 'waiting' ORDER BY created_at, id LIMIT 1`,
  );
  const mark = db.prepare(
    `UPDATE print_job SET state = ?, error = ?, attempts = attempts + ?, updated_at = ? WHERE id = ?`,
  );
  const recent = db.prepare<[], Omit<PrintJobView, 'printer' | 'first'>>(
    `SELECT id, sale_id AS saleId, kind, state, error FROM print_job ORDER BY created_at DESC, id DESC LIMIT 20`,
  );
  const lastOf = db
    .prepare<[string], string>(
      `SELECT id FROM (SELECT id, state, kind FROM print_job WHERE sale_id = ? ORDER BY created_at DESC, id DESC LIMIT 1)
       WHERE state = 'failed' AND kind = 'receipt'`,
    )
    .pluck();
  const fateless = db.prepare<[string], { doc: string }>(
    `SELECT doc FROM print_job WHERE id = ? AND state IN ('failed', 'unknown')`,
  );
  const subject = db.prepare<[string], string>(`SELECT sale_id FROM print_job WHERE id = ?`).pluck();
  const resume = db.prepare(
    `UPDATE print_job SET state = 'waiting', error = NULL, doc = ?, updated_at = ? WHERE id = ?`,
  );
  let working: Promise<void> | null = null;
  let stopped = false;
  let abandoned = false;

  counter.transact('print jobs left by a crash', () => {
    db.prepare(
      `UPDATE print_job SET state = 'unknown', error = 'till-stopped', updated_at = ? WHERE state = 'printing'`,
    ).run(clock.nowMs());
  });

  const setState = (
    id: string,
    state: PrintJobView['state'],
    { error = null, attempt = 0 }: { error?: string | null; attempt?: 0 | 1 } = {},
  ) => {
    counter.transact('print job', () => mark.run(state, error, attempt, clock.nowMs(), id), 'prints');
  };

  async function work(): Promise<void> {
    for (let job = next.get(); job && !stopped; job = next.get()) {
      setState(job.id, 'printing', { attempt: 1 });
      const outcome = await tryPrint(job);
      // The database may be closed by now; the next start finds the job under way and calls it unknown.
      if (abandoned) return;
      setState(job.id, outcome.state, { error: wordsOf(outcome) });
    }
  }

  async function tryPrint(job: Job): Promise<PrintOutcome> {
    const late = timeout(printMs, { state: 'unknown', reason: 'timeout' } as const);
    try {
      const { logo } = counter.setting('sales.receipt-design');
      return await Promise.race([printer.print(withLogo(JSON.parse(job.doc), logo)), late.promise]);
    } catch (problem) {
      log.warn('print-failed', { job: job.id, problem: String(problem) });
      return { state: 'failed', reason: 'error' };
    } finally {
      late.cancel();
    }
  }

  /** A disk that takes no row stops printing until the next kick; it must not stop the till. */
  function begin(): void {
    if (stopped) return;
    working ??= work().then(
      () => {
        working = null;
        if (!abandoned && next.get()) begin();
      },
      (problem) => {
        working = null;
        log.warn('print-queue-stopped', { problem: String(problem) });
      },
    );
  }

  return {
    /** Adds a job in the caller's transaction. */
    add({ saleId, kind, doc }: { saleId: string; kind: Job['kind']; doc: ReceiptDoc }): string {
      const id = counter.ids.next();
      const nowMs = clock.nowMs();
      insert.run(id, saleId, kind, JSON.stringify(marked(doc, saleId)), nowMs, nowMs);
      return id;
    },
    /** Prints what waits, one after the other; called after a commit. The answer to the cashier goes out first. */
    kick(): void {
      live.changed('prints');
      setImmediate(begin);
    },
    jobs: (): PrintJobView[] => recent.all().map((job) => ({ ...job, ...whereOf(job.error, printer) })),
    /**
     * Prints a job again that left no paper, or of which a person says so: it is still the first print and says no COPY.
     * Its pulse is left out: the drawer was for the sale's moment. False where there is no such job.
     */
    again(id: string): boolean {
      const job = fateless.get(id);
      if (!job) return false;
      counter.transact('print job', () => resume.run(withoutPulse(job.doc), clock.nowMs(), id), 'prints');
      setImmediate(begin);
      return true;
    },
    /** A person has seen the paper of a job whose fate was unknown. False where there is no such job. */
    cameOut(id: string): boolean {
      if (!fateless.get(id)) return false;
      setState(id, 'printed');
      return true;
    },
    /** The sale, return or report a job is of; null where there is no such job. */
    subjectOf: (id: string): string | null => subject.get(id) ?? null,
    /** The job of a sale's receipt that certainly left no paper, if the last one did not. */
    failedOf: (saleId: string): string | null => lastOf.get(saleId) ?? null,
    /** Waits a while for the job on the printer; starts no other. */
    async stop(): Promise<void> {
      stopped = true;
      const late = timeout(stopMs, null);
      await Promise.race([working, late.promise]);
      late.cancel();
      abandoned = working !== null;
    },
  };
}

/** The reason as it is kept: `paper-out`, or `paper-out>` and what the second printer made of it, nothing if it printed. */
function wordsOf(outcome: PrintOutcome): string | null {
  const reason = outcome.state === 'printed' ? '' : outcome.reason;
  if (outcome.because !== undefined) return `${outcome.because}>${reason}`;
  return reason === '' ? null : reason;
}

function whereOf(
  error: string | null,
  { name, secondName }: Pick<TillPorts['printer'], 'name' | 'secondName'>,
): Pick<PrintJobView, 'printer' | 'error' | 'first'> {
  const [because, reason] = error?.split('>') ?? [];
  if (because === undefined || reason === undefined) return { printer: name, error, first: null };
  return {
    printer: secondName ?? name,
    error: reason === '' ? null : reason,
    first: { printer: name, reason: because },
  };
}

function withoutPulse(doc: string): string {
  const { nodes, ...rest }: ReceiptDoc = JSON.parse(doc);
  return JSON.stringify({ ...rest, nodes: nodes.filter(({ kind }) => kind !== 'pulse') });
}

function timeout<T>(ms: number, value: T): { readonly promise: Promise<T>; readonly cancel: () => void } {
  let timer: NodeJS.Timeout | undefined;
  const promise = new Promise<T>((resolve) => {
    timer = setTimeout(() => resolve(value), ms);
  });
  return { promise, cancel: () => clearTimeout(timer) };
}
