import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Ready } from './child.ts';
import { employees } from './demo-data/people.ts';

/** Where the demo's sign-in at HQ is kept: HQ itself shows the password once and keeps only its hash. */
const fileIn = (data: string): string => join(data, 'sign-in.txt');

/** Whether a start in this folder has come as far as an HQ that somebody can sign in to. */
export const hasSignIn = (data: string): boolean => readSignIn(data) !== null;

/** The demo's sign-in at HQ, kept readable for its owner alone on the first run and read back on later ones. */
export function keepSignIn(data: string, { signIn, recoveryKey }: Ready): string | null {
  if (signIn === undefined) return readSignIn(data);
  const lines = [`e-mail    ${signIn.email}`, `password  ${signIn.password}`];
  const recovery = recoveryKey === undefined ? [] : ['', `recovery key of this demo  ${recoveryKey}`];
  writeFileSync(fileIn(data), [...lines, ...recovery, ''].join('\n'), { mode: 0o600 });
  return lines.join('\n');
}

function readSignIn(data: string): string | null {
  try {
    return readFileSync(fileIn(data), 'utf8').split('\n\n')[0] ?? null;
  } catch {
    return null;
  }
}

export type Running = {
  readonly data: string;
  readonly screen: string;
  readonly enrolled: boolean;
  readonly hqUrl: string;
  readonly signIn: string | null;
};

/** Where everything is and who may sign in. */
export function announcement({ data, screen, enrolled, hqUrl, signIn }: Running): string {
  const people = employees
    .filter(({ stores }) => stores.includes('S01'))
    .map(({ name, role, pin }) => `    ${name.padEnd(16)} ${role.padEnd(11)} PIN ${pin}`);
  return [
    '',
    `Till  ${screen}`,
    ...(enrolled
      ? people
      : ['    It is not enrolled: the back office gives it a code under Stores and tills.']),
    '',
    `HQ    ${hqUrl}`,
    ...(signIn === null
      ? ['    Its password was shown by a start that was broken off: --fresh begins anew.']
      : [...signIn.split('\n').map((line) => `    ${line}`), `    (kept in ${fileIn(data)})`]),
    '',
    'Ctrl+C stops both.',
  ].join('\n');
}
