import { z } from 'zod';
import { bodyVersion } from '#shared/replica/changeset.ts';
import { tableFacts } from '#shared/schema.ts';

/** The replicated tables as data: what of them a changeset or a snapshot shows. */
export const shapeSchema = z.object({
  bodyVersion: z.int(),
  tables: z.record(
    z.string(),
    z.object({
      policy: z.enum(['append', 'lww']),
      scope: z.string(),
      columns: z.record(
        z.string(),
        z.object({
          kind: z.string(),
          optional: z.boolean(),
          group: z.string(),
          words: z.array(z.string()).exactOptional(),
        }),
      ),
    }),
  ),
});
export type Shape = z.infer<typeof shapeSchema>;

export const shapeOfToday = (): Shape => ({
  bodyVersion,
  tables: Object.fromEntries(
    [...tableFacts.values()].map(({ name, policy, scope, columns }) => [
      name,
      {
        policy,
        scope,
        columns: Object.fromEntries(
          columns.map(({ property, kind, optional, group, words }) => [
            property,
            { kind, optional, group, ...(words && { words: [...words] }) },
          ]),
        ),
      },
    ]),
  ),
});

/**
 * What a newer version may not do to an older one's tables while `bodyVersion` stays: docs/decisions/0006. Empty when
 * an old till can pass over all that is new.
 */
export function brokenPromises(older: Shape, newer: Shape): string[] {
  if (newer.bodyVersion > older.bodyVersion) return [];
  return Object.entries(older.tables).flatMap(([name, before]) => {
    const now = newer.tables[name];
    if (!now) return [`${name} is gone`];
    const moved = before.policy !== now.policy || before.scope !== now.scope;
    const kept = Object.entries(before.columns).flatMap(([property, column]) => {
      const place = `${name}.${property}`;
      const today = now.columns[property];
      if (!today) return [`${place} is gone`];
      const { words = [], ...rest } = column;
      const { words: wordsNow = [], ...restNow } = today;
      const lost = words.filter((word) => !wordsNow.includes(word)).map((word) => `${place} lost '${word}'`);
      return JSON.stringify(rest) === JSON.stringify(restNow) ? lost : [...lost, `${place} changed`];
    });
    const grown = Object.entries(now.columns).flatMap(([property, column]) => {
      if (before.columns[property]) return [];
      if (before.policy === 'append') return [`${name} is a fact and got ${property}`];
      if (!column.optional) return [`${name}.${property} is new and not optional`];
      // A group apart, and named as one that came later: stamps of rows written before say nothing of it.
      return column.group === `+${property}` ? [] : [`${name}.${property} is new and not marked as later`];
    });
    return [...(moved ? [`${name} changed its policy or scope`] : []), ...kept, ...grown];
  });
}
