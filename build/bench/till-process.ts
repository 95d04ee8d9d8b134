import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createORPCClient } from '@orpc/client';
import { RPCLink } from '@orpc/client/websocket';
import type { ContractRouterClient } from '@orpc/contract';
import WebSocket from 'ws';
import { z } from 'zod';
import type { tillContract } from '#shared/contract.ts';
import { root } from '../tools.ts';

export type TillClient = ContractRouterClient<typeof tillContract>;
export type TillProcess = {
  readonly client: TillClient;
  /** Resident memory in MB. */
  readonly rssMb: () => number;
  readonly stop: () => Promise<void>;
};

/** desktop/hosts/node.ts as a process of its own, as a browser meets it: contract over the loopback WebSocket. */
export async function startTillProcess(folder: string): Promise<TillProcess> {
  const args = ['--data', folder, '--port', '0', '--offline', '--json'];
  const till = spawn(process.execPath, [join(root, 'desktop/hosts/node.ts'), ...args], {
    ...{ cwd: root, stdio: ['pipe', 'pipe', 'ignore'] },
  });
  const gone = new Promise((resolve) => till.once('exit', resolve));
  const { url, token } = await firstLine(till.stdout);
  const socket = new WebSocket(url.replace('http', 'ws'), ['pestle', `bearer.${token}`]);
  return {
    client: createORPCClient(new RPCLink({ websocket: socket as unknown as globalThis.WebSocket })),
    rssMb: () => rssMbOf(till.pid ?? 0),
    async stop() {
      socket.close();
      till.kill('SIGTERM');
      await gone;
    },
  };
}

const ready = z.object({ url: z.string(), token: z.string() });

async function firstLine(stdout: NodeJS.ReadableStream): Promise<z.infer<typeof ready>> {
  for await (const line of createInterface({ input: stdout })) return ready.parse(JSON.parse(line));
  throw new Error('the till ended before it was ready');
}

/** Linux only: the figures are taken there. */
export function rssMbOf(pid: number): number {
  const kb = /VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kb ?? 0) / 1024;
}
