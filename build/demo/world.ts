import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Child, type Ready, startChild } from '../child.ts';
import { connectHq, connectTill, type HqClient, type TillConnection } from '../clients.ts';

/** One HQ and any tills as processes of their own, in a temporary folder that goes with them. */
export type World = ReturnType<typeof createWorld>;

export type RunningTill = TillConnection & {
  readonly url: string;
  /** The address of the screens, with the token. */
  readonly screen: string;
  readonly stop: () => Promise<void>;
  readonly kill: () => Promise<void>;
};

export function createWorld({ say = () => {} }: { readonly say?: (line: string) => void } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-world-'));
  // Under root, HQ's Postgres runs as a user of its own that must be able to walk in.
  chmodSync(folder, 0o711);
  const children = new Set<Child>();
  let hq: Child | null = null;
  let port = 0;
  let signIn: { readonly email: string; readonly password: string } | null = null;

  /** Starts a program and waits until it can be used. Throws with its last lines when it dies instead. */
  async function launch(name: string, file: string, args: readonly string[]) {
    const child = startChild({ name, file, args: ['--json', ...args], say, env: { DATABASE_URL: '' } });
    children.add(child);
    void child.died.then(() => children.delete(child));
    const ready = await child.ready;
    if (ready.ok) return { child, ready: ready.value };
    const { code, lastLines } = ready.error;
    throw new Error(`${name} ended with code ${code}:\n${lastLines.join('\n')}`);
  }

  return {
    folder,
    /** HQ's own Postgres: its lock file says where it listens. */
    postgresLock: join(folder, 'hq/database/postgres/postmaster.pid'),
    /** Starts HQ, after a stop at the same address. */
    async startHq(...args: readonly string[]): Promise<Ready> {
      const started = await launch('HQ', 'sync-server/main.ts', [
        ...['--data', join(folder, 'hq'), '--port', String(port)],
        ...args,
      ]);
      hq = started.child;
      port = Number(new URL(started.ready.url).port);
      signIn = started.ready.signIn ?? signIn;
      return started.ready;
    },
    async stopHq(): Promise<void> {
      await hq?.stop();
    },
    hqSignIn() {
      if (signIn === null) throw new Error('HQ has not been started yet');
      return signIn;
    },
    backOffice: (): Promise<HqClient> => {
      if (signIn === null) throw new Error('HQ has not been started yet');
      return connectHq(`http://127.0.0.1:${port}`, signIn);
    },
    /** Starts the till of a name, on its data of before where there are some. */
    async startTill(name: string, ...args: readonly string[]): Promise<RunningTill> {
      const { child, ready } = await launch(`Till ${name}`, 'desktop/hosts/node.ts', [
        ...['--data', join(folder, name), '--port', '0'],
        ...args,
      ]);
      const { url, token, screen } = ready;
      if (token === undefined || screen === undefined) throw new Error(`${name} has given no token`);
      const connection = connectTill({ url, token });
      return {
        ...connection,
        ...{ url, screen, kill: child.kill },
        stop: async () => {
          connection.close();
          await child.stop();
        },
      };
    },
    /** Stops everything that still runs, the tills before HQ, and deletes the folder. */
    async end(): Promise<void> {
      for (const child of [...children].reverse()) await child.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
