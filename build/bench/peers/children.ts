import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from '../../child.ts';
import { readyOf } from '../hq-host.ts';

/** A peer's program running as a process of its own. */
export type PeerProgram = { readonly url: string; readonly child: Child };

/** Starts one of the programs here; `args` follow the folder of the installed peers. */
export async function startPeer(
  name: string,
  { peers, folder }: { readonly peers: string; readonly folder: string },
): Promise<PeerProgram> {
  mkdirSync(folder, { recursive: true });
  const file = join('build/bench/peers', name);
  const child = startChild({ name, file, args: [peers, folder], graceMs: 3_000, say: () => {} });
  const { url } = await readyOf(child);
  return { url, child };
}

/** Sends a command to a peer's till and gives its answer. */
export async function command<T>(till: PeerProgram, name: string, body: object): Promise<T> {
  const response = await fetch(`${till.url}/${name}`, { method: 'POST', body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${name}: ${await response.text()}`);
  return (await response.json()) as T;
}
