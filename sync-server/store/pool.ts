import pg from 'pg';

/** 64-bit integers are money, quantities and milliseconds here: all of them safe integers, checked where they enter. */
pg.types.setTypeParser(pg.types.builtins.INT8, (text) => {
  const value = Number(text);
  if (!Number.isSafeInteger(value)) throw new RangeError(`not a safe integer: ${text}`);
  return value;
});

/** The connections of one HQ node. HQ outlives a crash of Postgres: a lost connection is logged, never fatal. */
export function createPool({
  url,
  max = 12,
  onError,
}: {
  url: string;
  max?: number;
  onError: (problem: Error) => void;
}): pg.Pool {
  const pool = new pg.Pool({
    connectionString: url,
    max,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
  });
  pool.on('error', onError);
  // The pool listens to idle connections only: one that breaks while lent would end the process.
  pool.on('connect', (client) => client.on('error', onError));
  return pool;
}

/** Runs `work` in one transaction. Deadlocks and serialisation failures are tried again, a few times. */
export async function inTransaction<T>(
  pool: pg.Pool,
  work: (client: pg.PoolClient) => Promise<T>,
): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await once(pool, work);
    } catch (problem) {
      if (attempt >= 5 || !isTransient(problem)) throw problem;
    }
  }
}

async function once<T>(pool: pg.Pool, work: (client: pg.PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let broken: Error | undefined;
  try {
    await client.query('BEGIN');
    const result = await work(client);
    await client.query('COMMIT');
    return result;
  } catch (problem) {
    await client.query('ROLLBACK').catch((lost: Error) => {
      broken = lost;
    });
    throw problem;
  } finally {
    client.release(broken);
  }
}

const TRANSIENT = new Set(['40001', '40P01']);
const isTransient = (problem: unknown): boolean =>
  problem instanceof Error &&
  'code' in problem &&
  typeof problem.code === 'string' &&
  TRANSIENT.has(problem.code);

/** Whether a failure means that Postgres is not there (and the caller should say 503), rather than a bug. */
export function isUnavailable(problem: unknown): boolean {
  if (!(problem instanceof Error)) return false;
  const code = 'code' in problem && typeof problem.code === 'string' ? problem.code : '';
  return (
    /^(08|57P0|53)/.test(code) ||
    /ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT/.test(code) ||
    /Connection terminated|timeout exceeded when trying to connect|not queryable/.test(problem.message)
  );
}
