import { existsSync, globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../tools.ts';
import { noScreens, screenList } from './screen-list.ts';

const screens = join(root, 'desktop/screens');
const listed = Object.keys(screenList);

test('every screen and dialog of the till is in the list of those that are looked at', () => {
  const files = globSync('*/*-{task,dialog,step,card,screen}.tsx', { cwd: screens });
  expect(files.filter((file) => !listed.includes(file) && file !== ONE_FIELD)).toEqual([]);
  const folders = new Set(globSync('*/*.tsx', { cwd: screens }).map((file) => file.split('/')[0] ?? ''));
  const folderIsListed = (folder: string) => listed.some((file) => file.startsWith(`${folder}/`));
  expect([...folders].filter((folder) => !folderIsListed(folder) && !noScreens.includes(folder))).toEqual([]);
  expect(listed.filter((file) => !existsSync(join(screens, file)))).toEqual([]);
});

test('every name in the list is looked at by a browser test', () => {
  const tests = [
    ...globSync('desktop/screens/**/*.e2e.ts', { cwd: root }),
    'build/e2e/walk.ts',
    'build/e2e/walk-desk.ts',
  ];
  const text = tests.map((file) => readFileSync(join(root, file), 'utf8')).join('\n');
  // `look(page, 'name')`, `take('name')`, or the name at the end of a row that the walk goes through.
  const looked = [...text.matchAll(/(?:look\(page, |take\(|, )'([a-z-]+)'[\])]/g)].map(([, name]) => name);
  expect([...new Set(Object.values(screenList).flat())].filter((name) => !looked.includes(name))).toEqual([]);
});

/** The form of three dialogs, each of which is listed. */
const ONE_FIELD = 'terms/one-field-dialog.tsx';
