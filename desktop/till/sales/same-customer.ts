import type { Counter } from '../counter.ts';

/** A customer and whoever was merged into them, as a JSON array for `json_each`: what they owe and have is one. */
export function sameCustomer({ db }: Pick<Counter, 'db'>, customerId: string): string {
  const ids = db
    .prepare<[string], string>(
      `WITH RECURSIVE own (id) AS (SELECT ? UNION SELECT c.id FROM customer c JOIN own ON c.merged_into = own.id)
       SELECT json_group_array(id) FROM own`,
    )
    .pluck();
  return ids.get(customerId) ?? '[]';
}
