import { appendFileSync, chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbedded } from '../../sync-server/store/embedded.ts';
import { type Child, type Ready, startChild } from '../child.ts';
import { connectTill } from '../clients.ts';
import type { ShelfItem } from '../demo/cashier.ts';
import { shelfOf } from '../demo/shelf.ts';
import { seeded } from '../demo-data/random.ts';
import { changesOf } from '../demo-data/rows.ts';
import { writeSeed } from '../seed.ts';
import { root } from '../tools.ts';
import type { TillAtWork } from './counter.ts';
import type { Victim } from './fates.ts';
import { type Kept, keepUp } from './kept.ts';
import { startNetwork } from './network.ts';
import { mountSmallDisk } from './small-disk.ts';

export type World = Awaited<ReturnType<typeof openWorld>>;
export type KeptTill = Kept<TillAtWork> & { readonly folder: string };
type Node = { readonly ready: Ready; readonly port: number };

const TILLS = ['T01', 'T02', 'T03', 'T04', 'T05'];

/** One Postgres, two nodes of HQ over it, the network before them, five tills of one store: each a process. */
export async function openWorld({
  seed,
  say,
}: {
  readonly seed: number;
  readonly say: (line: string) => void;
}) {
  const ending: (() => unknown)[] = [];
  const end = async () => {
    for (const step of ending.splice(0)) await step();
  };
  try {
    return await build({ seed, say, ending, end });
  } catch (problem) {
    await end();
    throw problem;
  }
}

type Building = {
  readonly seed: number;
  readonly say: (line: string) => void;
  readonly ending: (() => unknown)[];
  readonly end: () => Promise<void>;
};

async function build({ seed, say, ending, end }: Building) {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-chaos-'));
  // Under root, Postgres runs as a user of its own that must be able to walk in.
  chmodSync(folder, 0o711);
  ending.unshift(() => rmSync(folder, { recursive: true, force: true }));
  const shop = await writeShop(join(folder, 'seed.ndjson'));
  say('Starting Postgres and two nodes of HQ');
  const postgres = await startEmbedded({ dir: join(folder, 'database'), persistent: true });
  ending.unshift(postgres.stop);
  const atHq = { folder, env: { DATABASE_URL: postgres.url } };
  const first = await keepNode('node A', atHq, ['--codes', '--seed', join(folder, 'seed.ndjson')]);
  ending.unshift(first.stop);
  const second = await keepNode('node B', atHq, []);
  ending.unshift(second.stop);
  const nodes = [first, second];
  const { ready } = (await first.up()).value;
  const ports = await Promise.all(nodes.map(async (node) => (await node.up()).value.port));
  const network = await startNetwork({ nodes: () => ports, draw: seeded(seed, 'network') });
  ending.unshift(network.stop);
  const codes = codesOf(ready, shop.storeCode);
  const disk = mountSmallDisk(join(folder, 'T05'));
  if (disk) ending.unshift(disk.unmount);
  else say('No disk of its own for T05: a tmpfs may not be mounted here, so no disk runs full');
  say('Enrolling five tills');
  const tills: KeptTill[] = [];
  for (const name of TILLS) {
    const at = join(folder, name);
    const till = await keepTill(name, at, ['--hq', network.url, '--code', codes.get(name) ?? '']);
    ending.unshift(till.stop);
    tills.push({ ...till, folder: at });
  }
  return {
    ...{ shop, network, tills, nodes, disk, end },
    databaseUrl: postgres.url,
    postgresLock: join(folder, 'database/postgres/postmaster.pid'),
    /** Where the first person of the back office signs in, and as whom. */
    backOffice: { url: ready.url, signIn: ready.signIn ?? { email: '', password: '' } },
    victims: [
      ...tills.map((till): Victim => ({ ...till, kind: 'till' })),
      ...nodes.map((node): Victim => ({ ...node, kind: 'HQ node' })),
      postgresVictim(postgres.pid),
    ],
  };
}

type Shop = {
  readonly storeId: string;
  readonly storeCode: string;
  readonly cashStepMinor: number;
  readonly items: readonly ShelfItem[];
};

/** The demo's first store without its past sales, with tills enough. */
async function writeShop(file: string): Promise<Shop> {
  const written = await writeSeed({ file, nowMs: Date.now(), history: false });
  if (!written.ok) throw new Error(written.error.code);
  const seed = written.value;
  const store = seed.demo.organisation.stores[0];
  if (!store) throw new Error('the demo has no store');
  const { id: storeId, code: storeCode, cashStepMinor } = store.row;
  const there = new Set(store.tills.map(({ code }) => code));
  const more = TILLS.filter((code) => !there.has(code)).map((code) => ({
    ...{ id: `chaos-${code}`, storeId, code, name: `Counter ${code}` },
  }));
  const line = { actor: 'hq', type: 'demo', changes: changesOf('till', more) };
  appendFileSync(file, `${JSON.stringify(line)}\n`);
  return { storeId, storeCode, cashStepMinor, items: shelfOf(seed, store) };
}

const codesOf = ({ stores = [] }: Ready, storeCode: string): ReadonlyMap<string, string> =>
  new Map(
    stores
      .filter(({ code }) => code === storeCode)
      .flatMap(({ tills }) => tills.map(({ code, enrolmentCode }) => [code, enrolmentCode ?? ''] as const)),
  );

/** A node of HQ, always at the same port. `firstArgs` are for its first start only. */
async function keepNode(
  name: string,
  { folder, env }: { readonly folder: string; readonly env: NodeJS.ProcessEnv },
  firstArgs: readonly string[],
): Promise<Kept<Node>> {
  let port = 0;
  let args = firstArgs;
  return keepUp(name, async () => {
    const data = join(folder, name.replace(' ', '-'));
    const { child, ready } = await launch(name, 'sync-server/main.ts', {
      args: ['--data', data, '--port', String(port), ...args],
      env,
    });
    args = [];
    port = Number(new URL(ready.url).port);
    return { child, value: { ready, port } };
  });
}

const keepTill = (name: string, folder: string, join: readonly string[]): Promise<Kept<TillAtWork>> =>
  keepUp(name, async () => {
    const { child, ready } = await launch(name, 'desktop/hosts/node.ts', {
      args: ['--data', folder, '--port', '0', ...join],
    });
    const { till, close } = connectTill({ url: ready.url, token: ready.token ?? '' });
    void child.died.then(close);
    return { child, value: { till } };
  });

/** Starts a program and waits until it can be used; throws with its last words when it ends instead. */
async function launch(
  name: string,
  file: string,
  { args, env = {} }: { readonly args: readonly string[]; readonly env?: NodeJS.ProcessEnv },
): Promise<{ child: Child; ready: Ready }> {
  const cache = { NODE_COMPILE_CACHE: join(root, '.cache/compile') };
  const child = startChild({
    ...{ name, file, args: ['--json', ...args], env: { ...cache, ...env }, say: () => {} },
  });
  const ready = await child.ready;
  if (ready.ok) return { child, ready: ready.value };
  throw new Error(`${name} ended with code ${ready.error.code}:\n${ready.error.lastLines.join('\n')}`);
}

/** The postmaster; what keeps the embedded Postgres starts it again. */
function postgresVictim(pid: () => number | null): Victim {
  let last: number | null = null;
  return {
    kind: 'Postgres',
    isUp: () => pid() !== null && pid() !== last,
    kill: async () => {
      last = pid();
      if (last !== null) process.kill(last, 'SIGKILL');
    },
  };
}
