import { spawn, spawnSync } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The project's folder, without a slash at its end. */
export const root = join(fileURLToPath(import.meta.url), '../..');

/**
 * The environment of everything the runners start: this Node (24) and the installed tools come first in PATH,
 * whatever shell called. A bare `vitest` would otherwise run under the machine's own, older Node.
 */
export const toolEnv: NodeJS.ProcessEnv = {
  ...process.env,
  PATH: [dirname(process.execPath), join(root, 'node_modules/.bin'), process.env.PATH ?? ''].join(delimiter),
};

/** Runs a tool with its output shown, and gives its exit code; 127 when it cannot be started, 124 after the time limit. */
export function runTool(command: string, args: readonly string[], limitMs?: number): Promise<number> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: toolEnv,
      stdio: ['ignore', 'inherit', 'inherit'],
      shell: process.platform === 'win32',
    });
    const timer = limitMs === undefined ? undefined : setTimeout(() => child.kill('SIGKILL'), limitMs);
    const end = (code: number) => {
      clearTimeout(timer);
      resolve(code);
    };
    child.once('error', () => end(127));
    child.once('exit', (code) => end(code ?? 124));
  });
}

/** Runs a tool and keeps what it prints, errors too. `idly`: only while nobody else wants the processor. */
export function keepTool(
  command: string,
  args: readonly string[],
  { idly = false }: { readonly idly?: boolean } = {},
): Promise<{ readonly code: number; readonly out: string }> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: root,
      env: toolEnv,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    });
    if (idly && child.pid !== undefined) setPriority(child.pid, constants.priority.PRIORITY_LOW);
    let out = '';
    for (const stream of [child.stdout, child.stderr])
      stream.setEncoding('utf8').on('data', (text: string) => {
        out += text;
      });
    child.once('error', ({ message }) => resolve({ code: 127, out: message }));
    child.once('close', (code) => resolve({ code: code ?? 124, out }));
  });
}

/** Runs a tool quietly and gives what it printed; for looking something up. */
export function askTool(
  command: string,
  args: readonly string[],
): { readonly code: number; readonly out: string } {
  const { status, stdout } = spawnSync(command, args, {
    cwd: root,
    env: toolEnv,
    encoding: 'utf8',
    shell: process.platform === 'win32',
  });
  return { code: status ?? 127, out: stdout ?? '' };
}
