import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { openWayTo } from './way-in.ts';

const home = mkdtempSync(join(tmpdir(), 'pestle-way-'));
afterAll(() => rmSync(home, { recursive: true }));
const modeOf = (path: string) => statSync(path).mode & 0o777;

test('others may pass the closed folders on the way, and still not list or read them', () => {
  const data = join(home, 'shop/data');
  mkdirSync(data, { recursive: true });
  chmodSync(home, 0o700);
  chmodSync(join(home, 'shop'), 0o755);
  chmodSync(data, 0o750);
  expect(openWayTo(data)).toEqual([home, data]);
  expect([home, join(home, 'shop'), data].map(modeOf)).toEqual([0o701, 0o755, 0o751]);
  expect(openWayTo(data)).toEqual([]);
});
