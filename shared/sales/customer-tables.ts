import { bool, id, int, text, textOpt } from '#shared/tables/columns.ts';
import { defineTable } from '#shared/tables/define-table.ts';

/**
 * A customer. What is personal is enciphered with the customer's own key (customer-fields.ts) before it becomes a
 * change, so that log, snapshots and backups hold nothing readable once that key is destroyed.
 */
export const customer = defineTable(
  'customer',
  {
    id: id(),
    /** Enciphered. */
    name: text(),
    phone: textOpt(),
    email: textOpt(),
    address: textOpt(),
    note: textOpt(),
    /** Whether the customer agreed to messages: not personal by itself. */
    consent: bool(),
    /** The customer this one was merged into. */
    mergedInto: textOpt(),
    createdAt: int(),
  },
  { policy: 'lww', scope: 'party', writers: ['till', 'hq'] },
);

/**
 * A customer's data was erased on request (GDPR art. 17): the key is destroyed, what was indexed, printed or drafted is
 * purged wherever this fact arrives. The row stays, unreadable, so that chains over it still verify.
 */
export const erasure = defineTable(
  'erasure',
  {
    id: id(),
    subjectId: text(),
    at: int(),
    actorId: text(),
    reason: text(),
  },
  { policy: 'append', scope: 'party', writers: ['till', 'hq'], indexes: [['subjectId']] },
);
