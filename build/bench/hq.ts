import { oneFigure, type Report } from './figures.ts';
import { type BenchPostgres, openPool, startBenchHq, startBenchPostgres } from './hq-host.ts';
import { copyCatalogueBare, importRegister, registerFiles } from './hq-import.ts';

/** What HQ does once in a while and people wait for: a register imported. */
export async function hqBench(report: Report): Promise<void> {
  const postgres = await startBenchPostgres(console.error);
  try {
    await register(report, postgres);
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
