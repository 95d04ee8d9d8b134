/** Of a pack's look-up keys (scan-keys.ts) the one whose bar code a counter scans best, as it is printed; '' for none. */
export function codeForLabel(keys: readonly string[]): string {
  for (const begins of bestFirst) {
    const key = keys.find((one) => one.startsWith(begins));
    if (key !== undefined) return key.slice(key.indexOf(':') + 1);
  }
  return '';
}

/** A GTIN that is an EAN-13, then one of a case, then the store's own number, then the register's. */
const bestFirst = ['gtin:0', 'gtin:', 'sku:', 'pzn:', 'cip7:'];
