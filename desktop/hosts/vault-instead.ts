import { basename, dirname } from 'node:path';
import type { KeyVault } from '../till/ports.ts';
import { moveAside } from './aside.ts';
import { openSealedVault } from './sealed-vault.ts';

/**
 * A vault in the place of one that nothing here opens: the keystore that sealed it is gone, or its file is damaged. It
 * holds nothing, and changes nothing on the disk until its first value is set: then the old file is moved aside, so that
 * it is still there should its keystore come back.
 *
 * @param open opens the vault that takes the file's place
 */
export function vaultInstead(file: string, open: () => KeyVault): KeyVault {
  let opened: KeyVault | null = null;
  return {
    get: (name) => opened?.get(name) ?? null,
    set(name, value) {
      if (!opened) {
        moveAside(dirname(file), [basename(file)]);
        opened = open();
      }
      opened.set(name, value);
    },
  };
}

/**
 * The sealed vault, with whichever key it was sealed under; where that is none of these, one that takes its place.
 *
 * @param keysHex vault keys, the newest last: what takes its place is sealed under it
 */
export function openVaultUnder(file: string, keysHex: readonly string[]): KeyVault {
  for (const keyHex of keysHex.toReversed()) {
    const vault = openSealedVault(file, keyHex);
    if (vault.ok) return vault.value;
  }
  return vaultInstead(file, () => {
    const vault = openSealedVault(file, keysHex.at(-1) ?? '');
    if (!vault.ok) throw new Error(vault.error.code);
    return vault.value;
  });
}
