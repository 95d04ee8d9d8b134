import { z } from 'zod';

/** What a journalled changeset says of itself, as far as people are told. */
export type OwnBody = z.infer<typeof ownBody>['body'] & { readonly actor: string };

/**
 * Reads a text of our own journal, whichever version wrote it: only what is needed is asked for, so that an envelope of
 * an older shape reads too. Null when it cannot be read at all.
 */
export function readOwnBody(text: string): OwnBody | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const { success, data } = ownBody.safeParse(json);
  return success ? { actor: data.actor, changes: data.body.changes } : null;
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
