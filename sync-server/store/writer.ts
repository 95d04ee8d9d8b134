import { randomBytes } from 'node:crypto';
import type { PoolClient } from 'pg';
import { uuidV7 } from '#shared/kernel/ids.ts';
import {
  bodyVersion,
  type Change,
  genesisHash,
  type Row,
  type Sealer,
  seal,
} from '#shared/replica/changeset.ts';
import { later, tick, zeroHlc } from '#shared/replica/hlc.ts';
import { stampOf } from '#shared/replica/merge.ts';
import { checkEdit, checkRow } from '#shared/tables/row.ts';
import { scopeOfRow } from '#shared/tables/scope.ts';
import { applyChanges, lockRegisters, type PresentRows, readRegisters, type Stamped } from './apply.ts';
import { type Numberable, numberChangesets } from './number.ts';
import { createSealer } from './signing.ts';
import { sqlOf } from './table-sql.ts';

/** Who at HQ did it, and what kind of transaction it is ('store', 'import', 'enrolment', …). */
export type Act = { readonly actor: string; readonly type: string };

/** Changes in one changeset at most; what holds more is several parts of one `tx`. */
const PART = 500;

/**
 * HQ's own writing: carries out `changes` in the caller's open transaction and logs them as signed changesets of HQ's
 * own chain, one or more per scope, all parts of one `tx`. HQ's writers wait for each other here until they commit,
 * because a chain has one end; call it once per transaction, as late as you can. Throws on a row that does not fit its
 * table: HQ's code made it.
 */
export async function writeChanges(
  client: PoolClient,
  act: Act & {
    /** Told how many changes are carried out so far, table by table; what it throws ends the transaction. */
    readonly written?: ((count: number) => void) | undefined;
  },
  changes: readonly Change[],
): Promise<void> {
  if (changes.length === 0) return;
  for (const change of changes) assertSound(change);
  const me = await lockIdentity(client);
  const scoped = await groupByScope(client, changes);
  await lockRegisters(client, registerScopes(scoped));
  const present = await readRegisters(client, changes);
  const { items, stamped, hlc, head } = sealAll(scoped, { act, me, present });
  const { incomplete } = await applyChanges(client, stamped, { present, written: act.written });
  if (incomplete.length > 0) throw new Error(`rows lack columns: ${incomplete.slice(0, 5).join(', ')}`);
  await client.query(KEEP_CHAIN, [
    me.device,
    me.inc,
    hlc,
    head.dseq,
    head.hash,
    items.map(({ envelope }) => envelope.dseq),
    items.map(({ sealed }) => sealed.hash),
  ]);
  await numberChangesets(client, items);
}

type Me = {
  readonly device: string;
  readonly inc: number;
  readonly hlc: string;
  readonly nowMs: number;
  readonly head: { readonly dseq: number; readonly hash: string };
  readonly sealer: Sealer;
};

/** HQ's identity and the end of its chain, locked until the commit: two statements, so that the second sees the last commit. */
async function lockIdentity(client: PoolClient): Promise<Me> {
  const { rows } = await client.query<{
    device: string;
    inc: number;
    hlc: string;
    pem: string;
    nowMs: number;
  }>(
    `SELECT device, inc, hlc, signing_key_pem AS pem,
            (extract(epoch FROM clock_timestamp()) * 1000)::bigint AS "nowMs"
       FROM hq_identity WHERE one = 1 FOR UPDATE`,
  );
  const found = rows[0];
  if (!found) throw new Error('this database has no org yet');
  const { device, inc, hlc, nowMs } = found;
  const { rows: heads } = await client.query<{ dseq: number; hash: string }>(
    'SELECT dseq, hash FROM chain_head WHERE device = $1 AND inc = $2',
    [device, inc],
  );
  return {
    device,
    inc,
    hlc,
    nowMs,
    head: heads[0] ?? { dseq: 0, hash: genesisHash },
    sealer: sealerOf(found.pem),
  };
}

let sealers: { readonly pem: string; readonly sealer: Sealer } | null = null;
function sealerOf(pem: string): Sealer {
  if (sealers?.pem !== pem) sealers = { pem, sealer: createSealer(pem) };
  return sealers.sealer;
}

function assertSound(change: Change): void {
  const { facts } = sqlOf(change.t);
  if ((facts.policy === 'append') !== (change.op === 'insert'))
    throw new Error(`${change.op} of ${change.t}, which is ${facts.policy}`);
  const checked =
    change.op === 'insert'
      ? checkRow(facts, change.row)
      : change.op === 'set'
        ? checkEdit(facts, change.cols)
        : null;
  if (checked && !checked.ok)
    throw new Error(`${change.t}.${checked.error.column} of a change at HQ: ${checked.error.why}`);
}

type Scoped = ReadonlyMap<string, readonly Change[]>;

/** Changes by scope. Edits that do not name their store take the scope of the row they edit. */
async function groupByScope(client: PoolClient, changes: readonly Change[]): Promise<Scoped> {
  const said = changes.map((change) => scopeOfRow(sqlOf(change.t).facts, namedBy(change)));
  const silent = changes.filter((_, i) => said[i] === null);
  const present = silent.length > 0 ? await readRegisters(client, silent) : null;
  const groups = new Map<string, Change[]>();
  for (const [i, change] of changes.entries()) {
    const scope = said[i] ?? heldScope(change, present);
    const group = groups.get(scope);
    if (group) group.push(change);
    else groups.set(scope, [change]);
  }
  return groups;
}

const namedBy = (change: Change): Row =>
  change.op === 'insert' ? change.row : change.op === 'set' ? change.cols : {};

function heldScope(change: Change, present: PresentRows | null): string {
  const row = change.op === 'insert' ? undefined : present?.get(change.t)?.get(change.id);
  const scope = row ? scopeOfRow(sqlOf(change.t).facts, row.values) : null;
  if (scope === null) throw new Error(`${change.op} of ${change.t} names no scope`);
  return scope;
}

const registerScopes = (scoped: Scoped): string[] =>
  [...scoped].filter(([, changes]) => changes.some((c) => c.op !== 'insert')).map(([scope]) => scope);

/** Seals the changesets of one transaction in a row, each behind the one before it. */
function sealAll(
  scoped: Scoped,
  { act, me, present }: { readonly act: Act; readonly me: Me; readonly present: PresentRows },
): { items: Numberable[]; stamped: Stamped[]; hlc: string; head: { dseq: number; hash: string } } {
  const parts = [...scoped].flatMap(([scope, changes]) =>
    Array.from({ length: Math.ceil(changes.length / PART) }, (_, i) => ({
      scope,
      changes: changes.slice(i * PART, (i + 1) * PART),
    })),
  );
  const tx = uuidV7(me.nowMs, randomBytes(10));
  const items: Numberable[] = [];
  const stamped: Stamped[] = [];
  let { dseq, hash } = me.head;
  let hlc = later(me.hlc, latestStamp(present));
  for (const { scope, changes } of parts) {
    dseq += 1;
    hlc = tick(hlc, me.nowMs);
    const envelope = {
      device: me.device,
      inc: me.inc,
      dseq,
      tx,
      parts: parts.length,
      prevHash: hash,
      hlc,
      type: act.type,
      v: bodyVersion,
      scope,
      actor: act.actor,
      at: me.nowMs,
      skew: 0,
      body: { changes },
    };
    const sealed = seal(envelope, me.sealer);
    hash = sealed.hash;
    items.push({ sealed, envelope, effHlc: hlc });
    const stamp = stampOf(hlc, envelope);
    for (const change of changes) stamped.push({ change, stamp });
  }
  return { items, stamped, hlc, head: { dseq, hash } };
}

/** HQ's clock goes past what it edits: a till a minute ahead must not win over the correction of its own edit. */
function latestStamp(present: PresentRows): string {
  let latest = zeroHlc;
  for (const rows of present.values())
    for (const { stamps } of rows.values())
      for (const stamp of Object.values(stamps)) latest = later(latest, stamp.slice(0, zeroHlc.length));
  return latest;
}

const KEEP_CHAIN = `
  WITH clock AS (UPDATE hq_identity SET hlc = $3 WHERE one = 1),
  head AS (
    INSERT INTO chain_head (device, inc, dseq, hash) VALUES ($1, $2, $4, $5)
    ON CONFLICT (device, inc) DO UPDATE SET dseq = excluded.dseq, hash = excluded.hash
  )
  INSERT INTO change_seen (device, inc, dseq, hash, verdict)
  SELECT $1, $2, dseq, hash, 'accepted' FROM unnest($6::bigint[], $7::text[]) AS made(dseq, hash)`;
