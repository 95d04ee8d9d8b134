import Database from 'better-sqlite3';
import { expect, test } from 'vitest';
import { createBaseMark } from './base-mark.ts';

const open = () => {
  const db = new Database(':memory:');
  db.exec(`CREATE TABLE cursor (scope TEXT); CREATE TABLE preference (key TEXT PRIMARY KEY, value TEXT)`);
  return db;
};

test('a till is ready to sell with both bases and a search index, and not before', () => {
  const db = open();
  let indexing = true;
  const base = createBaseMark(db, () => indexing);
  db.exec(`INSERT INTO cursor VALUES ('org')`);
  base.look();
  expect(base.isWhole()).toBe(false);
  db.exec(`INSERT INTO cursor VALUES ('store:1')`);
  base.look();
  expect(base.isWhole()).toBe(false);
  indexing = false;
  base.look();
  expect(base.isWhole()).toBe(true);
});

test('a base that is taken anew does not stop the counter, nor does a restart in the middle of it', () => {
  const db = open();
  db.exec(`INSERT INTO cursor VALUES ('org'), ('store:1')`);
  expect(createBaseMark(db, () => false).isWhole()).toBe(true);
  db.exec(`DELETE FROM cursor`);
  expect(createBaseMark(db, () => true).isWhole()).toBe(true);
});
