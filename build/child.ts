import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import { err, ok, type Result } from '#shared/kernel/result.ts';
import { root, toolEnv } from './tools.ts';

/** The line a program of Pestle prints under `--json` when it can be used. Each program says what it has. */
export type Ready = z.infer<typeof readyLine>;
const readyLine = z.object({
  ready: z.literal(true),
  url: z.string(),
  /** HQ: the first person who may sign in, and the org's recovery key; on the first run only. */
  signIn: z.object({ email: z.string(), password: z.string() }).optional(),
  recoveryKey: z.string().optional(),
  fingerprint: z.string().optional(),
  /** HQ under `--codes`: a code for every till that has no device; `enrolmentCode` is the first of them. */
  enrolmentCode: z.string().optional(),
  stores: z
    .array(
      z.object({
        code: z.string(),
        tills: z.array(z.object({ code: z.string(), enrolmentCode: z.string().nullish() })),
      }),
    )
    .optional(),
  /** A till: what its screens must show it, and the address with it. */
  token: z.string().optional(),
  screen: z.string().optional(),
  enrolled: z.boolean().optional(),
});

/** A program that has ended, with what it said last; `code` is 1 when a signal ended it. */
export interface Death {
  readonly name: string;
  readonly code: number;
  readonly lastLines: readonly string[];
}

/** A program of Pestle running as a process of its own. */
export interface Child {
  readonly ready: Promise<Result<Ready, Death>>;
  readonly died: Promise<Death>;
  /** Asks it to end and waits; after the grace it is killed. Calling it again is harmless. */
  readonly stop: () => Promise<void>;
  /** Kill -9, as a power cut would: nothing of it runs on. */
  readonly kill: () => Promise<void>;
}

/** A program to start; `say` gets the lines it has for the person, `{"say":"…"}` on its stdout. */
export interface Program {
  readonly name: string;
  readonly file: string;
  readonly args: readonly string[];
  readonly say: (line: string) => void;
  readonly graceMs?: number;
  /** Over the runner's own environment. */
  readonly env?: NodeJS.ProcessEnv;
}

const keptLines = 20;

/** Starts a program that speaks JSON lines on stdout and logs on stderr. */
export function startChild({ name, file, args, say, graceMs = 15_000, env }: Program): Child {
  // In a process group of its own, Ctrl+C in the terminal reaches the runner alone, which stops them in order.
  // The open stdin tells the program that the runner is gone, should the runner be killed.
  const child = spawn(process.execPath, [join(root, file), ...args], {
    cwd: root,
    env: { ...toolEnv, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: process.platform !== 'win32',
  });
  const lastLines: string[] = [];
  const keep = (line: string) => {
    lastLines.push(line);
    if (lastLines.length > keptLines) lastLines.shift();
  };
  const died = new Promise<Death>((resolve) => {
    child.once('error', (error) => keep(error.message));
    child.once('close', (code) => resolve({ name, code: code ?? 1, lastLines }));
  });
  const spoke = new Promise<Ready>((resolve) => {
    eachLine(child.stdout, (line) => {
      const message = parseLine(line);
      if (message === undefined) keep(line);
      else if ('ready' in message) resolve(message);
      else say(message.say);
    });
  });
  eachLine(child.stderr, keep);
  return {
    ready: Promise.race([spoke.then(ok), died.then(err)]),
    died,
    stop: () => stop(child, died, graceMs),
    kill: async () => {
      child.kill('SIGKILL');
      await died;
    },
  };
}

const sayLine = z.object({ say: z.string() });
const anyLine = z.union([readyLine, sayLine]);

function parseLine(line: string): z.infer<typeof anyLine> | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    return anyLine.safeParse(JSON.parse(line)).data;
  } catch {
    return undefined; // a log line that happens to begin with a brace
  }
}

function eachLine(stream: Readable, use: (line: string) => void): void {
  createInterface({ input: stream }).on('line', use);
}

async function stop(child: ChildProcess, died: Promise<Death>, graceMs: number): Promise<void> {
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await died;
  clearTimeout(timer);
}
