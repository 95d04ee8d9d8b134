import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { announcement, hasSignIn, keepSignIn } from './start-sign-in.ts';

const data = mkdtempSync(join(tmpdir(), 'pestle-start-'));
afterAll(() => rmSync(data, { recursive: true }));
const ready = { ready: true, url: 'http://127.0.0.1:4601' } as const;
const running = { data, screen: 'http://127.0.0.1:4600/#token=t', enrolled: true, hqUrl: ready.url };

test('the first start keeps HQ’s sign-in for its owner alone; later starts show it again', () => {
  expect(hasSignIn(data)).toBe(false);
  const first = keepSignIn(data, {
    ...ready,
    signIn: { email: 'admin@hq.example', password: 'one-time' },
    recoveryKey: 'offline-only',
  });
  expect(hasSignIn(data)).toBe(true);
  expect(statSync(join(data, 'sign-in.txt')).mode & 0o777).toBe(0o600);
  const later = keepSignIn(data, ready);
  expect(later).toBe(first);
  const text = announcement({ ...running, signIn: later });
  expect(text).toContain('one-time');
  expect(text).toContain('Amélie Roux');
  expect(text).not.toContain('offline-only');
});

test('a start that found HQ without its sign-in says how to begin anew', () => {
  expect(announcement({ ...running, signIn: null })).toContain('--fresh');
  expect(announcement({ ...running, enrolled: false, signIn: null })).toContain('Stores and tills');
});
