import type { ReaderScan } from '#shared/auth/calls-scanners.ts';
import type { TillClient } from '../link.ts';

type Scanned = NonNullable<ReaderScan['scan']>;

/**
 * Hands on the codes of scanners that the till reads itself (USB, serial), each once, also over a connection that was
 * lost and came back. Returns the way to stop.
 */
export function followScans(client: TillClient, onScan: (scan: Scanned) => void): () => void {
  const end = new AbortController();
  void follow(client, onScan, end.signal);
  return () => end.abort();
}

async function follow(client: TillClient, onScan: (scan: Scanned) => void, signal: AbortSignal) {
  let after: number | null = null;
  while (!signal.aborted) {
    try {
      for await (const { seq, scan } of await client.auth.scanners.scans({ after }, { signal })) {
        if (signal.aborted) return;
        after = seq;
        if (scan) onScan(scan);
      }
    } catch {
      // The connection says so to the person; here there is only trying again.
    }
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
}
