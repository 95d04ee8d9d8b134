/** A look-up key as people write the code: `gtin:03400935291448` is 3400935291448. */
export function plainCode(key: string): string {
  const [kind = '', code = ''] = key.split(':');
  return kind === 'gtin' ? code.replace(/^0+(?=\d{8})/, '') : code;
}

/** What kind of code a key is, in the trade's own letters. */
export function codeKind(key: string): string {
  const kind = key.split(':')[0] ?? '';
  return kind.toUpperCase();
}

/** The code people know a pack by: its GTIN where it has one. */
export const mainCode = (keys: readonly string[]): string =>
  keys.find((key) => key.startsWith('gtin:')) ?? keys[0] ?? '';
