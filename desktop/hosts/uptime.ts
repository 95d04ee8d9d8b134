import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { uptime } from 'node:os';
import type { Uptime } from '#shared/kernel/clock.ts';

/**
 * The machine's own count of time. Linux names its boot, and counts sleep in /proc/uptime (CLOCK_MONOTONIC, which
 * `process.hrtime` reads there, does not). Elsewhere `hrtime` counts sleep but the boot has no name: each start of the
 * till is then taken for one of the machine.
 */
export function systemUptime(): Uptime {
  const boot = linuxBoot();
  if (boot !== null) return { boot, elapsedMs: () => Math.round(uptime() * 1000) };
  return { boot: randomUUID(), elapsedMs: () => Number(process.hrtime.bigint() / 1_000_000n) };
}

function linuxBoot(): string | null {
  if (process.platform !== 'linux') return null;
  try {
    return readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim() || null;
  } catch {
    return null;
  }
}
