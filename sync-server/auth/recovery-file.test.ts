import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { leaveRecoveryKey } from './recovery-file.ts';

test('the recovery key leaves in a file that its owner alone can read', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-recovery-'));
  try {
    const file = await leaveRecoveryKey(folder, { orgName: 'Corvelle', key: 'the-key' });
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o777).toBe(0o600);
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    expect(lines.filter((line) => !line.startsWith('#'))).toEqual(['the-key']);
    expect(lines[0]).toContain('Corvelle');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
