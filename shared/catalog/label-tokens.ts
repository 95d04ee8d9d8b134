import { err, ok, type Result } from '#shared/kernel/result.ts';

/** A word of a template line, or a quoted text with its quotes taken off (`""` within is one). */
export type LabelToken = { readonly text: string; readonly quoted: boolean };

/** The tokens of one line up to its remark. */
export function tokensOf(
  text: string,
  line: number,
): Result<readonly LabelToken[], { readonly code: 'UNCLOSED_QUOTE'; readonly line: number }> {
  const tokens: LabelToken[] = [];
  const pattern = /\s+|#.*$|"((?:[^"]|"")*)"|[^\s"#]+|"/g;
  for (const [whole, quoted] of text.matchAll(pattern)) {
    if (whole === '"') return err({ code: 'UNCLOSED_QUOTE', line });
    if (quoted !== undefined) tokens.push({ text: quoted.replaceAll('""', '"'), quoted: true });
    else if (!/^[\s#]/.test(whole)) tokens.push({ text: whole, quoted: false });
  }
  return ok(tokens);
}
