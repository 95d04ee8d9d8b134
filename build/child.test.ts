import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Program, startChild } from './child.ts';
import { root } from './tools.ts';

const folder = mkdtempSync(join(tmpdir(), 'pestle-child-'));
afterAll(() => rmSync(folder, { recursive: true }));

const forever = 'setInterval(() => {}, 1000);';
const ready = `console.log(JSON.stringify({ ready: true, url: 'http://127.0.0.1:1', enrolmentCode: 'ABCD2345' }));`;

test('a program is ready when it says so, and ends when it is asked to', async () => {
  const child = startChild(program(`process.on('SIGTERM', () => process.exit(0)); ${forever} ${ready}`));
  expect(await child.ready).toMatchObject({ ok: true, value: { enrolmentCode: 'ABCD2345' } });
  await child.stop();
  expect(await child.died).toMatchObject({ name: 'fake', code: 0 });
  await child.stop();
});

test('a program that dies before it is ready gives its last lines', async () => {
  const child = startChild(
    program(`for (let i = 1; i <= 30; i++) console.error('line ' + i); process.exitCode = 3;`),
  );
  const result = await child.ready;
  expect(result).toMatchObject({ ok: false, error: { name: 'fake', code: 3 } });
  const { lastLines } = await child.died;
  expect([lastLines[0], lastLines.at(-1), lastLines.length]).toEqual(['line 11', 'line 30', 20]);
});

test('a program that will not end is killed after its grace', async () => {
  const child = startChild({
    ...program(`process.on('SIGTERM', () => {}); ${ready} ${forever}`),
    graceMs: 50,
  });
  await child.ready;
  await child.stop();
  expect((await child.died).code).toBe(1);
});

test('what is for the person is said, what is not understood is kept as log', async () => {
  const said: string[] = [];
  const child = startChild({
    ...program(
      `console.log('{"say":"half way"}'); console.log('{"level":30}'); console.log('{broken'); ${ready}`,
    ),
    say: (line) => said.push(line),
  });
  await child.ready;
  expect(said).toEqual(['half way']);
  expect((await child.died).lastLines).toEqual(['{"level":30}', '{broken']);
});

test('a program whose runner is killed sees its stdin end', async () => {
  const marker = join(folder, 'ended');
  const { file } = program(
    `import { writeFileSync } from 'node:fs';
     process.stdin.on('end', () => { writeFileSync(${JSON.stringify(marker)}, ''); process.exit(0); }).resume(); ${ready}`,
  );
  const runner = join(folder, 'runner.ts');
  writeFileSync(
    runner,
    `import { startChild } from ${JSON.stringify(join(root, 'build/child.ts'))};
     await startChild({ name: 'fake', file: ${JSON.stringify(file)}, args: [], say: () => {} }).ready;
     process.kill(process.pid, 'SIGKILL');`,
  );
  expect(spawnSync(process.execPath, [runner]).signal).toBe('SIGKILL');
  await expect.poll(() => existsSync(marker), { timeout: 5000 }).toBe(true);
});

function program(source: string): Program {
  const file = join(folder, `${Math.random()}.mjs`);
  writeFileSync(file, source);
  return { name: 'fake', file: relative(root, file), args: [], say: () => {} };
}
