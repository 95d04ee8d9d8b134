import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** Left out by npm on an older Node because of its `engines`, and not used: docs/gotchas.md. */
const unused = /lingui\/native-tools/;

const limits = z.union([z.array(z.string()), z.string().transform((one) => [one])]).optional();
const lockfile = z.object({
  packages: z.record(
    z.string(),
    z.object({ optional: z.boolean().optional(), os: limits, cpu: limits, libc: limits }),
  ),
});

/**
 * Optional packages for this platform that the lockfile has and node_modules has not. npm leaves them out
 * without a word when their `engines` do not fit the Node that npm runs on; the failure comes much later.
 */
export function missingNatives(root: string): readonly string[] {
  const { packages } = lockfile.parse(JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')));
  return Object.entries(packages)
    .filter(
      ([path, entry]) => entry.optional && entry.os && !unused.test(path) && !existsSync(join(root, path)),
    )
    .filter(
      ([, { os, cpu, libc }]) =>
        fits(os, process.platform) && fits(cpu, process.arch) && fits(libc, libcOfThisMachine()),
    )
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
}

function fits(allowed: readonly string[] | undefined, value: string): boolean {
  if (allowed === undefined) return true;
  return allowed.every((one) => one.startsWith('!'))
    ? !allowed.includes(`!${value}`)
    : allowed.includes(value);
}

/** Only glibc puts its version into Node's report. */
function libcOfThisMachine(): string {
  const report = z
    .object({ header: z.object({ glibcVersionRuntime: z.string().optional() }) })
    .parse(process.report.getReport());
  return report.header.glibcVersionRuntime === undefined ? 'musl' : 'glibc';
}
