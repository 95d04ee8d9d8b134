import type { Away, Homecoming } from './homecoming.ts';
import { type Seen, spreadOf } from './watch.ts';

/** What a homecoming came to, in lines; the last says whether anything is missing. */
export function homecomingLines({ tills, days, perDay }: Away, found: Homecoming): readonly string[] {
  const { sums, drained, pushes, busy, calm, meanwhile, restMb, peakMb, wrong } = found;
  return [
    ...[...calm]
      .filter(([what]) => !what.startsWith('/'))
      .map(([what, seen]) => line(`before: ${what}`, seen)),
    ...[...meanwhile].map(([what, seen]) => line(`meanwhile: ${what}`, seen)),
    line('pushes of those who came home', pushes),
    ...wrong.map((what) => `WRONG: ${what}`),
    `memory of HQ before ${restMb.toFixed(0)} MB, at most ${peakMb.toFixed(0)} MB`,
    `${tills} tills x ${days} days x ${perDay} sales: sales=${sums.sales} drained_s=${drained.toFixed(1)} ` +
      `per_s=${((tills * days * perDay) / drained).toFixed(0)} busy=${busy} peak_mb=${peakMb.toFixed(0)} wrong=${wrong.length}`,
  ];
}

function line(what: string, { statuses, took }: Seen): string {
  const { p50, p99, max } = spreadOf(took);
  const answers = [...statuses].map(([status, n]) => `${n} × ${status}`).join(', ');
  return `${what}: ${answers}; p50 ${p50.toFixed(0)} p99 ${p99.toFixed(0)} max ${max.toFixed(0)} ms`;
}
