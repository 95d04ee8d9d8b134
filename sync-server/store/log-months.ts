import type pg from 'pg';

/** Opens the log's partitions of this month and the next. To be called at start and daily: a month opens ahead of time. */
export async function openLogMonths(pool: Pick<pg.Pool, 'query'>): Promise<void> {
  await pool.query(`SELECT open_change_log_month(now())`);
  await pool.query(`SELECT open_change_log_month(now() + interval '1 month')`);
}
