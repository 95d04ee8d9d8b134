import { oneFigure, type Report } from './figures.ts';
import { insertSnapshotsBare } from './hq-bootstrap.ts';
import { benchOrg, PACKS } from './hq-catalogue.ts';
import { type BenchPostgres, codesOf, openPool, startBenchHq, startBenchPostgres } from './hq-host.ts';
import { copyCatalogueBare, importRegister, registerFiles } from './hq-import.ts';
import { enrolDevice } from './sync-devices.ts';
import { joinAndScan, startTill } from './sync-tills.ts';

/** What HQ does once in a while and people wait for: a register imported, a new till made able to sell. */
export async function hqBench(report: Report): Promise<void> {
  const postgres = await startBenchPostgres(console.error);
  try {
    await register(report, postgres);
    await bootstrap(report, postgres);
  } finally {
    await postgres.stop();
  }
}

async function register(report: Report, postgres: BenchPostgres): Promise<void> {
  const { files, real } = registerFiles();
  if (!real) console.error('The real register is not there: import_register is of a few fixture rows.');
  const url = await postgres.database('empty');
  const hq = await startBenchHq(url);
  const { ms, packs } = await importRegister(hq, files);
  await hq.stop();
  const pool = openPool(url, 1);
  const baseline = await copyCatalogueBare(pool);
  await pool.end();
  report(oneFigure('import_register', ms, { unit: 'ms', n: packs, baseline }));
}

/** From the code typed in to the first pack in the cart. */
async function bootstrap(report: Report, postgres: BenchPostgres): Promise<void> {
  const hq = await startBenchHq(await postgres.database('large-org'), '--codes');
  const org = benchOrg();
  const { first } = codesOf(hq);
  const till = await startTill();
  const from = performance.now();
  await joinAndScan(till, org, { url: hq.url, code: first[0] ?? '' });
  const took = performance.now() - from;
  await till.stop();
  const baseline = await insertSnapshotsBare(await enrolDevice(hq.url, first[1] ?? ''));
  await hq.stop();
  report(oneFigure('bootstrap', took, { unit: 'ms', n: PACKS, baseline }));
}
