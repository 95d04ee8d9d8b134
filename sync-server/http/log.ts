import { type Logger, pino } from 'pino';

/**
 * HQ's log: JSON lines on stderr. A database error keeps its code and condition only: its `detail` quotes the row, and
 * no row belongs in a log.
 */
export function createLog(level = 'info'): Logger {
  return pino({ level, base: null, serializers: { problem: plainProblem } }, pino.destination(2));
}

export function plainProblem(problem: unknown): object {
  if (!(problem instanceof Error)) return { message: String(problem) };
  const known = Object.fromEntries(
    ['code', 'constraint', 'table', 'column', 'routine'].flatMap((name) =>
      name in problem ? [[name, Reflect.get(problem, name)]] : [],
    ),
  );
  return { name: problem.name, message: problem.message, stack: problem.stack, ...known };
}
