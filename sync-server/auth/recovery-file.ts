import { join } from 'node:path';
import { writeDurably } from '../store/durable-file.ts';
import type { NewOrg } from './bootstrap.ts';

/**
 * Leaves a new org's private recovery key in a file that its owner alone can read, to be taken offline by a person. One
 * file, no split among several: two people keep a copy each, which needs no cryptography of ours.
 *
 * @returns the file
 */
export async function leaveRecoveryKey(
  dataDir: string,
  { orgName, key }: { readonly orgName: string; readonly key: NewOrg['recoveryPrivateKey'] },
): Promise<string> {
  const file = join(dataDir, 'recovery-key.txt');
  // Nobody else reads it while it is being written either.
  const before = process.umask(0o077);
  try {
    await writeDurably(file, textOf(orgName, key));
  } finally {
    process.umask(before);
  }
  return file;
}

const textOf = (orgName: string, key: string): string => `# Recovery key of ${orgName}, for "npm run recover".
# It opens the database of every till whose keystore is lost. HQ has no copy of it.
# Print this file, or copy it to two memory sticks; give them to two people; then delete it here.
${key}
`;
