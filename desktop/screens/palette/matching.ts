/** What the palette can look for. */
export interface Named {
  readonly name: string;
  readonly detail: string;
}

/**
 * The commands that have the text in their name or its explanation, with the range of the name to mark; those whose
 * name begins a word with it come first. Accents and case do not count.
 */
export function matching<C extends Named>(
  commands: readonly C[],
  text: string,
): readonly (C & { readonly ranges: readonly (readonly [number, number])[] })[] {
  const wanted = plain(text.trim());
  const scored = commands.flatMap((command) => {
    const at = plain(command.name).indexOf(wanted);
    const ranges: readonly (readonly [number, number])[] =
      at >= 0 && wanted !== '' ? [[at, at + wanted.length]] : [];
    if (at < 0 && !plain(command.detail).includes(wanted)) return [];
    const score = at === 0 ? 0 : at > 0 && plain(command.name)[at - 1] === ' ' ? 1 : at > 0 ? 2 : 3;
    return [{ command, ranges, score: wanted === '' ? 0 : score }];
  });
  return scored.toSorted((a, b) => a.score - b.score).map(({ command, ranges }) => ({ ...command, ranges }));
}

/** Lower case without accents, letter for letter, so that ranges hold in the original. */
const plain = (text: string): string =>
  [...text.normalize('NFC')]
    .map((char) => {
      const bare = char.normalize('NFD').replaceAll(/\p{M}/gu, '').toLowerCase();
      return bare.length === char.length ? bare : char.toLowerCase();
    })
    .join('');
