import { z } from 'zod';

/** What a journalled changeset says of itself, as far as people are told. */
export type OwnBody = z.infer<typeof ownBody>['body'] & { readonly actor: string };

/**
 * Reads a text of our own journal, whichever version wrote it: only what is needed is asked for, so that an envelope of
 * an older shape reads too. Null when it cannot be read at all.
 */
export function readOwnBody(text: string): OwnBody | null {
  const { success, data } = ownBody.safeParse(jsonOf(text));
  return success ? { actor: data.actor, changes: data.body.changes } : null;
}

/** The tables alone, a change each: for counting thousands without copying their rows. */
export function tablesOf(text: string): readonly string[] {
  const { success, data } = tablesOnly.safeParse(jsonOf(text));
  return success ? data.body.changes.map(({ t }) => t) : [];
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

const row = z.record(z.string(), z.unknown());
const ownBody = z.object({
  actor: z.string(),
  body: z.object({
    changes: z.array(
      z.object({
        t: z.string(),
        op: z.string(),
        id: z.string().optional(),
        row: row.optional(),
        cols: row.optional(),
      }),
    ),
  }),
});
const tablesOnly = z.object({ body: z.object({ changes: z.array(z.object({ t: z.string() })) }) });
