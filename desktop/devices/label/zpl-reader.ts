/** A command of a ZPL stream as a printer takes it apart: the sign, its name, and all up to the next command. */
export type ZplCommand = { readonly name: string; readonly parameters: string };

/**
 * Reads ZPL as a printer does, knowing nothing of who wrote it: `^` or `~` begins a command wherever it stands.
 * Text that is printed is what ^FD holds, with the `_hh` of ^FH undone, as UTF-8.
 */
export function readZpl(bytes: Uint8Array): {
  readonly commands: readonly ZplCommand[];
  readonly data: readonly string[];
} {
  const text = Buffer.from(bytes).toString('latin1');
  const commands = [...text.matchAll(/[\^~](A0|[A-Z0-9@]{2})([^^~]*)/g)].map(
    ([, name = '', parameters = '']): ZplCommand => ({ name, parameters: parameters.replace(/\n$/, '') }),
  );
  let inHex = false;
  const data = commands.flatMap(({ name, parameters }) => {
    if (name === 'FH') inHex = true;
    if (name !== 'FD') return [];
    const said = inHex ? unescaped(parameters) : parameters;
    inHex = false;
    return [said];
  });
  return { commands, data };
}

const unescaped = (text: string): string =>
  Buffer.from(
    text.replace(/_([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString('utf8');
