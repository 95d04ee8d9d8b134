/**
 * A pure function that is asked the same again and again: what it said of a text is kept, up to `most` answers. Where the
 * text is long or must be read first, it is asked by a short key that names it, such as its hash.
 */
export function remembered<Said>(work: (text: string) => Said, most = 20_000) {
  const known = new Map<string, Said>();
  return (key: string, text: () => string = () => key): Said => {
    const before = known.get(key);
    if (before !== undefined) return before;
    const said = work(text());
    if (known.size >= most) known.clear();
    known.set(key, said);
    return said;
  };
}
