import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const SCRIPT = fileURLToPath(new URL('powercut.sh', import.meta.url));
const at = (name: string) =>
  `'${process.execPath}' '${fileURLToPath(new URL(name, import.meta.url))}' "$DIR"`;

/** Whether this machine lets us make and shut down a file system: root on Linux with loop devices. */
export const canCutPower = (): boolean =>
  spawnSync('bash', [SCRIPT, 'probe'], { stdio: 'ignore' }).status === 0;

/** Cuts the power of a selling till; `kept` when nothing acknowledged was lost. `said` is the rig's own account. */
export function powerCuts(count: number, { unsafe = false } = {}): { kept: boolean; said: string } {
  const env = { ...process.env, PESTLE_PROOF_UNSAFE: unsafe ? '1' : '0' };
  const { status, stdout, stderr } = spawnSync(
    'bash',
    [SCRIPT, String(count), at('seller.ts'), at('check.ts')],
    {
      ...{ env, encoding: 'utf8', maxBuffer: 1e8 },
    },
  );
  if (status !== 0 && status !== 1) throw new Error(`the rig failed: ${stderr}`);
  return { kept: status === 0, said: stdout.trim() };
}
