/**
 * `screen-till.ts DIR`: the till of desktop/hosts/node.ts with its memory settings and its checkpoint thread, whose clock
 * can be told to go on: a line `pass MS` on stdin lets so much time pass. Prints one JSON line when ready.
 */
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { setFlagsFromString } from 'node:v8';
import { composeTill } from '../../desktop/hosts/compose.ts';
import { openFileVault } from '../../desktop/hosts/file-vault.ts';
import { startLoopback } from '../../desktop/hosts/loopback.ts';
import { paper } from '../../desktop/hosts/test.ts';
import { createTillRouter } from '../../desktop/till/router.ts';
import { root } from '../tools.ts';

setFlagsFromString('--optimize-for-size');
const [, , folder = ''] = process.argv;
const worker = join(root, 'desktop/till/store/quick-check-worker.ts');
let passedMs = 0;
const composed = composeTill({
  ...{
    folder,
    worker,
    version: 'bench',
    printer: paper(),
    log: { warn: (...told) => console.error(...told) },
  },
  migrations: join(root, 'migrations/sqlite'),
  vault: openFileVault(join(folder, 'vault.json')),
  clock: { nowMs: () => Date.now() + passedMs },
  uptime: { boot: 'bench', elapsedMs: () => Math.round(performance.now()) + passedMs },
});
if (!composed.ok) throw new Error(composed.error.code);
const { till, close, checkAside } = composed.value;
const token = 'screen-of-the-bench';
const host = await startLoopback({
  ...{ router: createTillRouter(till), token, screens: join(root, 'dist/screens'), port: 0 },
});
console.log(JSON.stringify({ url: host.url, token }));
void checkAside(worker);
for await (const line of createInterface({ input: process.stdin }))
  passedMs += Number(line.replace('pass ', ''));
await host.close();
await close();
process.exit();
