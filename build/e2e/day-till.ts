import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { startLoopback } from '../../desktop/hosts/loopback.ts';
import { createReceiptDesk } from '../../desktop/hosts/receipt-desk.ts';
import { memoryVault, reopenTestTill } from '../../desktop/hosts/test.ts';
import { createTillRouter } from '../../desktop/till/router.ts';
import { connectTill } from '../clients.ts';
import type { HandClock } from '../proof/open-shop.ts';
import { root } from '../tools.ts';

export type DayTill = Awaited<ReturnType<typeof openDayTill>>;

/** A new till that joins HQ with a code, its printer on the network, and its screens for a browser. */
export async function openDayTill({
  folder,
  clock,
  printerPort,
  ...joining
}: {
  readonly folder: string;
  readonly clock: HandClock;
  readonly printerPort: number;
  readonly hqUrl: string;
  readonly code: string;
}) {
  mkdirSync(folder, { recursive: true });
  const { till, close } = reopenTestTill({
    ...{ folder, vault: memoryVault(), clock, uptime: clock.uptime },
    printer: createReceiptDesk({
      file: join(folder, 'devices.json'),
      given: { printer: `tcp://127.0.0.1:${printerPort}` },
      fonts: join(root, 'node_modules/@expo-google-fonts'),
    }),
  });
  await till.join(joining);
  const token = 'till-of-the-day';
  const host = await startLoopback({
    ...{ router: createTillRouter(till), token, screens: join(root, 'dist/screens'), port: 0 },
  });
  const connection = connectTill({ url: host.url, token });
  return {
    /** As its screens speak to it. */
    client: connection.till,
    screen: `${host.url}/#token=${token}`,
    async end(): Promise<void> {
      connection.close();
      await host.close();
      await close();
    },
  };
}
