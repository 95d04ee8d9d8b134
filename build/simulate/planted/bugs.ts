/** One exact text of a source file, replaced by another while it is loaded. */
type Edit = { readonly file: string; readonly from: string; readonly to: string };

/** A fault somebody might really make, and what the promise says against it. */
export type Bug = { readonly name: string; readonly edits: readonly Edit[] };

const takeIn = 'desktop/till/replication/take-in.ts';
const snapshot = 'desktop/till/replication/snapshot.ts';
const answers = 'desktop/till/replication/answers.ts';
const journal = 'desktop/till/replication/journal.ts';
const replica = 'desktop/till/store/replica.ts';
const overlays = 'desktop/till/store/overlay-store.ts';
const merge = 'shared/replica/merge.ts';
const plan = 'shared/replica/plan.ts';
const chain = 'shared/replica/chain.ts';
const hq = 'build/simulate/hq.ts';
const business = 'build/simulate/business.ts';

const bug = (
  name: string,
  ...edits: readonly (readonly [file: string, from: string, to: string])[]
): Bug => ({
  name,
  edits: edits.map(([file, from, to]) => ({ file, from, to })),
});

/**
 * The faults that are planted one at a time, to see that a check catches each. What production code does over HTTP or in
 * Postgres is planted in the simulator's counterpart of it.
 */
export const bugs: readonly Bug[] = [
  bug(
    'a bigserial as cursor: a reader passes over a number that was drawn and not yet committed',
    [
      hq,
      '.slice(from.seq, from.seq + limit)',
      '.slice(from.seq, from.seq + limit).filter(({ seq }) => seq % 5 > 0 || seq + 1 !== headSeq(scope))',
    ],
    [takeIn, 'if (Number(row.seq) !== seq + 1) throw', 'if (Number(row.seq) <= seq) throw'],
    [takeIn, 'seq += 1;', 'seq = Number(row.seq);'],
  ),
  bug('the cursor is taken from what was received, not from what was applied (`lastOffset`)', [
    takeIn,
    "next = store.transact('feed slice', () => applySlice(scope, rows, next));",
    `try { next = store.transact('feed slice', () => applySlice(scope, rows, next)); } catch (problem) {
       upsert.run(scope, Number(rows.at(-1)?.seq), String(rows.at(-1)?.epoch), clock.nowMs(), emptyDigest);
       throw problem;
     }`,
  ]),
  bug('a restored HQ keeps the name (epoch) of its numbering', [
    hq,
    '...backup, epoch: name,',
    '...backup, epoch: name.slice(0, 0) + backup.epoch,',
  ]),
  bug('edits are stamped when they arrive, not when they are made', [
    plan,
    'effectiveHlc(envelope.hlc, state.nowMs)',
    "effectiveHlc('f'.repeat(16), state.nowMs - 60_000)",
  ]),
  bug('the stamp HQ orders by is not held to its own clock', [
    plan,
    'effectiveHlc(envelope.hlc, state.nowMs)',
    'envelope.hlc',
  ]),
  bug("a till's clock hears another till's raw stamp", [
    replica,
    'identity.hear(effHlc);',
    'identity.hear(envelope.hlc > effHlc ? envelope.hlc : effHlc);',
  ]),
  bug('last to arrive wins: the merge does not compare stamps', [
    merge,
    "stamp >= (held.get(group) ?? '')",
    "stamp.length >= (held.get(group) ?? '').length",
  ]),
  bug('an edit clears a tombstone', [
    merge,
    'return { ...row, values: {',
    'return { ...row, deleted: false, values: {',
  ]),
  bug('an edit clears a tombstone that is not numbered yet', [
    merge,
    'return { ...under, values: {',
    'return { ...under, deleted: false, values: {',
  ]),
  bug("a changeset's own edits lie in the overlay in any order", [
    overlays,
    'const all = [...earlier.map((p) => p.change), change];',
    'const all = [change, ...earlier.map((p) => p.change)];',
  ]),
  bug('a receipt number is used twice', [
    business,
    'UPDATE SET n = n + 1 RETURNING n',
    'UPDATE SET n = n + (n <> 3) RETURNING n',
  ]),
  bug('a number of the outbox that is used twice passes for a duplicate', [
    chain,
    'if (before && before.hash !== sealed.hash)',
    'if (before && sealed.hash.length === 0)',
  ]),
  bug('the chain is not checked from hash to hash', [
    chain,
    'follows ? key.prevHash !== tail.hash : !before',
    '!follows && !before',
  ]),
  bug('a fact that comes twice is counted twice', [
    replica,
    'if (added) project(',
    'if (added || row) project(',
  ]),
  bug('HQ refuses goods handed over for want of a right', [
    plan,
    'if (right && own.facts.size === 0)',
    'if (right)',
  ]),
  bug('a refusal leaves its edit in the overlay', [
    answers,
    "if (verdict.verdict === 'refused' || verdict.first === 'refused')",
    'if (verdict.dseq === 0)',
  ]),
  bug('a refusal heard only as a duplicate leaves its edit in the overlay', [
    answers,
    " || verdict.first === 'refused'",
    '',
  ]),
  bug('a snapshot empties the outbox', [
    snapshot,
    'takeIn.setCursor(scope, head);',
    "takeIn.setCursor(scope, head); db.prepare(`UPDATE journal SET state = 'at-hq' WHERE state = 'waiting'`).run();",
  ]),
  bug('a snapshot drops every pending edit', [
    snapshot,
    'replica.bySnapshot.settle(said);',
    'replica.bySnapshot.settle({ ...said, answered: () => true });',
  ]),
  bug('a snapshot leaves out of the sums what waits to be sent', [
    snapshot,
    'replica.bySnapshot.addUncounted(said);',
    '',
  ]),
  bug(
    'a hole in the feed is passed over',
    [takeIn, 'if (Number(row.seq) !== seq + 1) throw', 'if (Number(row.seq) <= seq) throw'],
    [takeIn, 'seq += 1;', 'seq = Number(row.seq);'],
  ),
  bug('an answer settles what bears its number, whatever its hash', [
    replica,
    'const echo = before?.hash === sealed.hash ||',
    'const echo = before !== undefined ||',
  ]),
  bug('an edit stays pending when it comes back numbered', [
    replica,
    'if (echoOf) overlays.dropPending',
    'if (echoOf && stamp === change.id) overlays.dropPending',
  ]),
  bug(
    "a forked till's snapshot takes the clone's changesets for its own",
    [snapshot, 'above: own && isOurs(own) ? own.dseq : 0', 'above: own ? own.dseq : 0'],
    [
      snapshot,
      "return !identity.isOwn(origin) || isOurs(end) || entry?.state !== 'waiting';",
      'return end !== undefined;',
    ],
  ),
  bug('the outbox is sent with a hole in it', [journal, ' || row.dseq !== first + i', '']),
  bug('what a restored HQ has lost is sent again without what it had refused', [
    journal,
    "AND state IN ('at-hq', 'refused')`,",
    "AND state = 'at-hq'`,",
  ]),
  bug("a restored HQ does not get back what tills hold of others'", [
    'desktop/till/replication/give-back.ts',
    'if (one.dseq > (ends.get(key) ?? 0) &&',
    'if (one.dseq < 0 && key.length === (ends.get(key) ?? 0) &&',
  ]),
  bug('what came early and HQ refused stays pending', [
    'desktop/till/replication/give-back.ts',
    'if (!taken.has(one.dseq)) store.replica.refusePending(one);',
    'if (taken.has(-one.dseq)) store.replica.refusePending(one);',
  ]),
  bug('what a restored HQ has lost counts although its sums have it not', [
    snapshot,
    'if (restored) replica.bySnapshot.leaveOutMissing(said);',
    '',
  ]),
  bug('an older till passes over what it cannot read', [
    takeIn,
    'if (!apply(row, at)) defer.run(',
    "if (!apply(row, at) && row.type === '') defer.run(",
  ]),
  bug('after its upgrade a till does not ask for what a snapshot held beyond it', [
    takeIn,
    'leftOutOf.all(scope, OF_SNAPSHOT).some(',
    "leftOutOf.all(scope, OF_SNAPSHOT).filter((text) => text === '').some(",
  ]),
  bug('a moved till keeps the rows of its former store', [
    'desktop/till/store/move.ts',
    'WHERE store_id IS NOT NULL`',
    "WHERE store_id = ''`",
  ]),
  bug('HQ refuses what a moved till had not sent of its former store', [
    hq,
    "['party', ...[...(stood.get(device) ?? [])].map(storeScope)]",
    "['party', storeScope(storeOf(device) ?? '')]",
  ]),
  bug('the digest of a log forgets what was before', [
    takeIn,
    'digest = addToDigest(digest,',
    'digest = addToDigest(emptyDigest,',
  ]),
];
