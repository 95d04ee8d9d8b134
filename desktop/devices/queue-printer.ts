import { spawn } from 'node:child_process';
import { oneAtATime } from './line-printer.ts';
import type { Printer, PrinterStatus, PrintOutcome } from './printer.ts';

export type QueuePrinterOptions = {
  /** The printer's name in the system: a CUPS queue, or a printer of Windows. */
  readonly queue: string;
  readonly platform?: NodeJS.Platform;
  /** How long the system may take to accept a job. */
  readonly withinMs?: number;
};

/**
 * A printer that the system keeps a queue for, given our bytes as they are (`lp -o raw`; under Windows the spooler's
 * data type RAW). The system says that it has the job, never that it is on paper.
 */
export function createQueuePrinter(options: QueuePrinterOptions): Printer {
  const { queue, platform = process.platform, withinMs = 20_000 } = options;
  const spooler = platform === 'win32' ? windowsSpooler : cups;
  const inTurn = oneAtATime();
  return {
    print: (bytes) =>
      inTurn(async () => printed(await run(spooler.print(queue), { input: bytes, withinMs }), bytes)),
    status: () => inTurn(async () => statusOf(await run(spooler.look(queue), { withinMs }))),
  };
}

/** Names of the queues that CUPS has, or none where it is not there. */
export async function listQueues(withinMs = 2000): Promise<readonly string[]> {
  const ran = await run({ command: 'lpstat', args: ['-e'], env: {} }, { withinMs });
  return ran.code === 0 ? ran.said.split('\n').filter((line) => line.trim() !== '') : [];
}

type Command = {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
};
type Spooler = { readonly print: (queue: string) => Command; readonly look: (queue: string) => Command };

const cups: Spooler = {
  print: (queue) => ({ command: 'lp', args: ['-d', queue, '-o', 'raw', '-s'], env: {} }),
  look: (queue) => ({ command: 'lpstat', args: ['-p', queue], env: {} }),
};

const powershell = (script: string, queue: string): Command => ({
  command: 'powershell.exe',
  args: ['-NoProfile', '-NonInteractive', '-Command', script],
  // Never in the script's own text: a printer's name is data.
  env: { PESTLE_QUEUE: queue },
});

/** Windows gives raw bytes to a printer through winspool alone, which PowerShell can call and Node cannot. */
const windowsSpooler: Spooler = {
  print: (queue) => powershell(rawPrint, queue),
  look: (queue) => powershell('(Get-Printer -Name $env:PESTLE_QUEUE -ErrorAction Stop).PrinterStatus', queue),
};

const rawPrint = `$ErrorActionPreference = 'Stop'
Add-Type -TypeDefinition @'
using System; using System.IO; using System.Runtime.InteropServices;
public static class Raw {
  [StructLayout(LayoutKind.Sequential, CharSet = CharSet.Unicode)]
  public class Doc { public string Name; public string File; public string Type; }
  [DllImport("winspool.drv", CharSet = CharSet.Unicode, SetLastError = true)] static extern bool OpenPrinterW(string n, out IntPtr h, IntPtr d);
  [DllImport("winspool.drv", CharSet = CharSet.Unicode, SetLastError = true)] static extern int StartDocPrinterW(IntPtr h, int l, [In] Doc d);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool StartPagePrinter(IntPtr h);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool WritePrinter(IntPtr h, byte[] b, int c, out int w);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool EndPagePrinter(IntPtr h);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool EndDocPrinter(IntPtr h);
  [DllImport("winspool.drv", SetLastError = true)] static extern bool ClosePrinter(IntPtr h);
  public static int Send(string name) {
    var all = new MemoryStream(); Console.OpenStandardInput().CopyTo(all); var bytes = all.ToArray();
    IntPtr h; int written;
    if (!OpenPrinterW(name, out h, IntPtr.Zero)) return 2;
    try {
      if (StartDocPrinterW(h, 1, new Doc { Name = "Receipt", Type = "RAW" }) == 0) return 3;
      StartPagePrinter(h);
      bool whole = WritePrinter(h, bytes, bytes.Length, out written) && written == bytes.Length;
      EndPagePrinter(h); EndDocPrinter(h);
      return whole ? 0 : 4;
    } finally { ClosePrinter(h); }
  }
}
'@
exit [Raw]::Send($env:PESTLE_QUEUE)`;

type Ran = {
  /** What the program ended with; null when it did not within its time, undefined when it is not there. */
  readonly code: number | null | undefined;
  readonly said: string;
};

function run(
  { command, args, env }: Command,
  { input, withinMs }: { readonly input?: Uint8Array; readonly withinMs: number },
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      stdio: ['pipe', 'pipe', 'pipe'],
      timeout: withinMs,
      killSignal: 'SIGKILL',
      windowsHide: true,
      // Its words are read below: they must be the same whatever language this counter speaks.
      env: { ...process.env, ...env, LC_ALL: 'C' },
    });
    let said = '';
    child.stdout.on('data', (data) => {
      said += String(data);
    });
    child.stderr.on('data', (data) => {
      said += String(data);
    });
    // A program that does not want to hear it all says so by how it ends.
    child.stdin.on('error', () => undefined);
    child.on('error', () => resolve({ code: undefined, said }));
    child.on('close', (code) => resolve({ code, said }));
    child.stdin.end(input);
  });
}

function printed({ code, said }: Ran, bytes: Uint8Array): PrintOutcome {
  if (code === 0) return { code: 'printed', confirmed: false };
  if (code === undefined) return { code: 'no-driver' };
  // Ended by us, or in the midst of writing under Windows: the queue may have it.
  if (code === null || code === 4) return { code: 'unknown', sentBytes: bytes.length, cause: 'timeout' };
  return /not accepting/i.test(said) ? { code: 'refused' } : { code: 'offline' };
}

function statusOf({ code, said }: Ran): PrinterStatus {
  if (code === undefined) return { code: 'no-driver' };
  if (code === null) return { code: 'timeout' };
  if (code !== 0 || /disabled|offline|unable|not connected/i.test(said)) return { code: 'offline' };
  if (/paper ?out|media-empty|PaperOut/i.test(said)) return { code: 'paper-out' };
  if (/cover-open|door-open|DoorOpen/i.test(said)) return { code: 'cover-open' };
  return { code: 'ready', answers: false, paperLow: false };
}
