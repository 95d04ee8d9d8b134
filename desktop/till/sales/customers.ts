import { z } from 'zod';
import type { Change } from '#shared/replica/changeset.ts';
import { holdOn, type RetentionRule } from '#shared/sales/customer-erasure.ts';
import { personalFields } from '#shared/sales/customer-fields.ts';
import { maskPhone } from '#shared/sales/customer-search.ts';
import type { CustomerHit, CustomerInput, CustomerView } from '#shared/sales/customer-views.ts';
import type { RowOf } from '#shared/schema.ts';
import type { Counter } from '../counter.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';
import { openData, type SealedData, sealField } from './customers-cipher.ts';
import type { Forgetting } from './customers-forget.ts';
import type { CustomerIndex } from './customers-index.ts';
import { sameCustomer } from './same-customer.ts';
import type { SubjectKeys } from './subject-keys.ts';

type Deps = {
  readonly sessions: Sessions;
  readonly keys: SubjectKeys;
  readonly index: CustomerIndex;
  readonly forgetting: Forgetting;
  /** Laws that keep a customer's data although the customer asks for erasure. */
  readonly retention: readonly RetentionRule[];
};

type CustomerRow = SealedData & { readonly consent: number; readonly createdAt: number };
type Readable = { readonly key: Buffer; readonly view: CustomerView };
type Done = { readonly customerId: string };
type MergeCommand = { readonly commandId: string; readonly customerId: string; readonly intoId: string };
type EraseCommand = { readonly commandId: string; readonly customerId: string; readonly reason: string };

/**
 * Customers at this counter, with HQ or without. What is personal is enciphered here, before it becomes a change; the
 * answers kept of commands hold ids alone.
 */
export function createCustomers(counter: Counter, { sessions, keys, index, forgetting, retention }: Deps) {
  const { db, replica } = counter;
  const row = db.prepare<[string], CustomerRow>(
    `SELECT name, phone, email, address, note, consent, created_at AS createdAt FROM customer WHERE id = ? AND NOT deleted`,
  );
  const isErased = db.prepare<[string], number>(`SELECT 1 FROM erasure WHERE subject_id = ? LIMIT 1`).pluck();

  /** Once for each command; what is answered is kept, so it names nobody. */
  function once(what: string, commandId: string, work: () => Done): Done {
    const { answer } = counter.once.run({ what, commandId, answer: done }, work);
    counter.live.changed('sync');
    return answer;
  }

  /** A customer as people read it, or why nobody can here. */
  function read(customerId: string): Readable | { readonly refusal: 'NOT_FOUND' | 'ERASED' | 'KEY_MISSING' } {
    const found = row.get(customerId);
    if (!found) return { refusal: 'NOT_FOUND' };
    if (isErased.get(customerId) !== undefined || keys.isDestroyed(customerId)) return { refusal: 'ERASED' };
    const key = keys.find(customerId);
    const data = key && openData(key, customerId, found);
    if (!key || !data) return { refusal: 'KEY_MISSING' };
    return { key, view: { ...data, customerId, consent: found.consent === 1, createdAt: found.createdAt } };
  }

  function open(customerId: string): Readable {
    const found = read(customerId);
    return 'refusal' in found ? refuse({ code: found.refusal }) : found;
  }

  function hitsOf(ids: readonly string[]): CustomerHit[] {
    return ids.flatMap((customerId) => {
      const found = read(customerId);
      if ('refusal' in found) return [];
      const { name, phone, consent } = found.view;
      return [{ customerId, name, phoneMasked: phone === null ? null : maskPhone(phone), consent }];
    });
  }

  function record(customerId: string, actor: string, cols: Readonly<Record<string, unknown>>): void {
    const changes: Change[] = [{ t: 'customer', op: 'set', id: customerId, cols }];
    replica.record({ type: 'customer', actor, subjectId: customerId, changes });
  }

  return {
    /** A customer's name for the sale in progress; null where it cannot be read here. */
    nameOf(customerId: string): string | null {
      const found = read(customerId);
      return 'refusal' in found ? null : found.view.name;
    },

    exists: (customerId: string): boolean => row.get(customerId) !== undefined,

    async find({ text, limit }: { readonly text: string; readonly limit: number }) {
      sessions.require(counter, 'sales.sell');
      const { ids, ...found } = await index.find(text, limit);
      return { hits: hitsOf(ids), ...found };
    },

    get(customerId: string): CustomerView {
      sessions.require(counter, 'sales.sell');
      return open(customerId).view;
    },

    async create({
      commandId,
      customer,
      anyway,
    }: {
      readonly commandId: string;
      readonly customer: CustomerInput;
      readonly anyway: boolean;
    }): Promise<Done> {
      const { personId } = sessions.require(counter, 'sales.sell');
      const same = anyway || counter.once.answered(commandId, done) ? [] : await index.alike(customer);
      if (same.length > 0) refuse({ code: 'LOOKS_SAME', hits: hitsOf(same.slice(0, MOST_ALIKE)) });
      return once('customer', commandId, () => {
        const customerId = counter.ids.next();
        // The key is on disk before anything is under it; one that a crash leaves over opens nothing.
        const key = keys.make(customerId);
        const { consent } = customer;
        const createdAt = counter.clock.nowMs();
        record(customerId, personId, {
          ...sealedOf(key, customerId, customer),
          ...{ consent, mergedInto: null, createdAt },
        });
        return { customerId };
      });
    },

    edit({
      commandId,
      customerId,
      customer,
    }: {
      readonly commandId: string;
      readonly customerId: string;
      readonly customer: CustomerInput;
    }): Done {
      const { personId } = sessions.require(counter, 'sales.sell');
      return once('customer', commandId, () => {
        const { key, view } = open(customerId);
        // Only what changed: another till's edit of another field stands.
        const cols = {
          ...sealedOf(key, customerId, customer, view),
          ...(customer.consent !== view.consent && { consent: customer.consent }),
        };
        if (Object.keys(cols).length > 0) record(customerId, personId, cols);
        return { customerId };
      });
    },

    async alike(customerId: string) {
      sessions.require(counter, 'sales.sell');
      const found = await index.alike(open(customerId).view);
      return { hits: hitsOf(found.filter((id) => id !== customerId).slice(0, MOST_ALIKE)) };
    },

    /** The first is the second from now on: it is found no more, and what it owes is the second's. */
    merge({ commandId, customerId, intoId }: MergeCommand): Done {
      const { personId } = sessions.require(counter, 'sales.sell');
      return once('customer', commandId, () => {
        open(customerId);
        open(intoId);
        if (sameCustomer(counter, customerId).includes(intoId)) refuse({ code: 'SAME' });
        record(customerId, personId, { mergedInto: intoId });
        return { customerId: intoId };
      });
    },

    erase({ commandId, customerId, reason }: EraseCommand): Done {
      const { personId } = sessions.require(counter, 'sales.customers.erase');
      const answer = once('erasure', commandId, () => {
        row.get(customerId) ?? refuse({ code: 'NOT_FOUND' });
        if (isErased.get(customerId) !== undefined) refuse({ code: 'ERASED' });
        const today = counter.today();
        const hold = holdOn(customerId, retention, today.business);
        if (hold) refuse({ code: 'HELD', data: hold });
        // Whoever was merged into them is the same person, under a key of their own.
        const same = z.array(z.string()).parse(JSON.parse(sameCustomer(counter, customerId)));
        const left = same.filter((id) => isErased.get(id) === undefined);
        const changes = left.map((subjectId): Change => {
          const { nowMs: at } = today;
          const row: RowOf<'erasure'> = { id: counter.ids.next(), subjectId, at, actorId: personId, reason };
          return { t: 'erasure', op: 'insert', row };
        });
        replica.record({ type: 'erasure', actor: personId, subjectId: customerId, changes });
        return { customerId };
      });
      forgetting.settle();
      return answer;
    },
  };
}

const MOST_ALIKE = 5;

/** The fields that differ from what is known, each under a nonce of its own. */
function sealedOf(
  key: Buffer,
  customerId: string,
  typed: CustomerInput,
  known?: CustomerInput,
): Record<string, string | null> {
  return Object.fromEntries(
    personalFields
      .map((field) => ({ field, plain: typed[field] === '' ? null : typed[field] }))
      .filter(({ field, plain }) => !known || known[field] !== plain)
      .map(({ field, plain }) => [
        field,
        plain === null ? null : sealField(key, { customerId, field, plain }),
      ]),
  );
}

const done = z.object({ customerId: z.string() });
