/**
 * Whether typed text may be a code rather than a name: digits, or GS1's brackets, or letters and digits mixed, without
 * spaces. The till's parser has the last word; this only decides whether Enter asks it.
 */
export const isCodeLike = (text: string): boolean => {
  const typed = text.trim();
  return typed.length >= 4 && /\d/.test(typed) && !/\s/.test(typed);
};
