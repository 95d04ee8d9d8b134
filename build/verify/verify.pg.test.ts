import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { compareWithHq, verifyJournal } from '#shared/replica/verify-journal.ts';
import { verifyLog } from '#shared/replica/verify-log.ts';
import { createVerifyTools } from './crypto.ts';
import { prove } from './prove.ts';
import { readJournalFile, writeJournalFile } from './read-file.ts';
import { readLog } from './read-hq.ts';
import { readTill, subjectOf } from './read-till.ts';
import { makeWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await makeWorld({ sales: 45 });
});
afterAll(() => world.stop());

const logOf = async () => {
  const client = await world.hq.pool.connect();
  try {
    return await readLog(client);
  } finally {
    client.release();
  }
};

test('a till and an HQ that nobody touched are whole, each by itself and beside each other', async () => {
  const journal = readTill(world.folder);
  const log = await logOf();
  const tools = { ...createVerifyTools(), keyOf: (device: string) => log.keys.get(device) ?? null };
  expect(journal.copy.rows.length).toBeGreaterThanOrEqual(45);
  expect(log.copy.quarantine.length).toBeGreaterThan(0);
  expect(verifyJournal(journal.copy, { ...tools, subjectOf })).toEqual([]);
  expect(verifyLog(log.copy, tools)).toEqual([]);
  expect(compareWithHq(journal.copy, log.copy)).toEqual([]);
});

test('a changeset that says it is at HQ and is not, and one HQ has and the till has lost, are found beside HQ', async () => {
  const { copy } = readTill(world.folder);
  const log = (await logOf()).copy;
  const { answers } = log;
  const [me] = copy.ends;
  const claimed = copy.rows.map((row) => ({ ...row, state: 'at-hq' }));
  const unheard = answers.filter(({ device, dseq }) => device !== me?.device || dseq !== 3);
  expect(compareWithHq({ ...copy, rows: claimed }, { ...log, answers: unheard })).toMatchObject([
    { dseq: 3, what: 'ANSWER_DIFFERS' },
  ]);
  const cut = {
    rows: copy.rows.slice(0, -1),
    ends: copy.ends.map((end) => ({ ...end, dseq: end.dseq - 1 })),
  };
  expect(compareWithHq(cut, log)).toMatchObject([{ dseq: me?.dseq, what: 'MISSING' }]);
});

test('a journal written to a file reads back the same', () => {
  const folder = mkdtempSync(join(tmpdir(), 'pestle-journal-'));
  const journal = readTill(world.folder);
  writeJournalFile(join(folder, 'journal.ndjson'), journal);
  expect(readJournalFile(join(folder, 'journal.ndjson'))).toEqual(journal);
  rmSync(folder, { recursive: true });
});

test('300 single changes of a journal and of a log are each found and located', async () => {
  const { lines, missed } = await prove(world, { changes: 300, seed: 7 });
  expect(missed, lines.join('\n')).toBe(0);
});
