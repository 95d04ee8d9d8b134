import { useLingui } from '@lingui/react/macro';
import type { BackupReason } from '#shared/auth/calls-upkeep.ts';

/** Why no backup was made, and what to do; the ones before are untouched. */
export function useBackupWords(): (reason: BackupReason) => string {
  const { t } = useLingui();
  return (reason) => {
    switch (reason) {
      case 'no-folder':
        return t`The folder is not there. Plug the drive in, or choose another folder.`;
      case 'not-writable':
        return t`Nothing can be written to this folder. Choose another one.`;
      case 'disk-full':
        return t`There is no room left on the drive. Older backups are untouched; free some space.`;
      case 'io':
        return t`The drive failed while writing. Try another one.`;
      case 'damaged':
      case 'not-whole':
        return t`The copy did not come out whole and was thrown away. Try another drive, and call your support.`;
    }
  };
}
