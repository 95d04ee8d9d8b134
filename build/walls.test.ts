import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { z } from 'zod';
import rules from './dependency-rules.cjs';
import { ambient, forbiddenImports, lawfulHouse, lawfulTime, unknownToShared } from './planted.ts';
import { root } from './tools.ts';

/** Small houses under the real configuration files, so that a wall is seen to stand and not only to be described. */
const houses: string[] = [];
afterAll(() => {
  for (const house of houses) rmSync(house, { recursive: true });
});

describe('imports', () => {
  test('a house that keeps the rules has no violation', () => {
    const { violations, cruised } = cruise(buildHouse(lawfulHouse));
    expect(violations).toEqual([]);
    expect(cruised).toBeGreaterThan(Object.keys(lawfulHouse).length);
  });

  const planted = Object.fromEntries(
    forbiddenImports.map(([, file, imports]) => [file, `import '${imports}';`]),
  );
  const cycle = { 'desktop/till/one.ts': "import './two.ts';", 'desktop/till/two.ts': "import './one.ts';" };
  const { violations } = cruise(buildHouse({ ...lawfulHouse, ...planted, ...cycle }));

  test.each(forbiddenImports)('%s catches %s importing %s', (rule, file) => {
    expect(violations).toContainEqual({ rule, file });
  });

  test('every rule there is was planted against, and the nine of the design are among them', () => {
    const names = (rules.forbidden ?? []).map(({ name }) => name ?? '');
    expect([...new Set([...forbiddenImports.map(([rule]) => rule), 'no-cycles'])].sort()).toEqual(
      names.sort(),
    );
    expect(new Set(names.map(([first]) => first))).toEqual(new Set([...'123456789', 'i', 'n']));
  });

  test('a cycle is caught', () => {
    expect(violations).toContainEqual({ rule: 'no-cycles', file: 'desktop/till/one.ts' });
  });

  test('a type-only import and a dynamic one cross no wall either', () => {
    const sneaky = cruise(
      buildHouse({
        ...lawfulHouse,
        'desktop/screens/type.ts':
          "import type { router } from '../till/router.ts';\nexport type Router = typeof router;",
        'desktop/screens/dynamic.ts': "export const till = () => import('../till/router.ts');",
      }),
    ).violations;
    expect(sneaky).toContainEqual({ rule: '5-screens-speak-contract', file: 'desktop/screens/type.ts' });
    expect(sneaky).toContainEqual({ rule: '5-screens-speak-contract', file: 'desktop/screens/dynamic.ts' });
  });
});

describe('shared/ knows no machine', () => {
  const errors = typeErrors(
    buildHouse({ 'shared/lawful.ts': 'export const one = [1].toSorted();', ...numbered(unknownToShared) }),
  );

  test.each(unknownToShared.map((text, i) => [text, plantName(i)] as const))(
    'the compiler refuses %s',
    (_text, file) => {
      expect(errors).toContain(file);
    },
  );

  test('the compiler takes plain ECMAScript', () => {
    expect(errors).not.toContain('shared/lawful.ts');
  });
});

describe('shared/ reads no clock and throws no dice', () => {
  const house = buildHouse(numbered([...ambient, ...lawfulTime]));
  mkdirSync(join(house, 'desktop'), { recursive: true });
  writeFileSync(join(house, 'desktop/host.ts'), 'export const now = Date.now();\n');
  const refused = lintErrors(house);

  test.each(ambient.map((text, i) => [text, plantName(i)] as const))(
    'the linter refuses %s',
    (_text, file) => {
      expect(refused).toContain(file);
    },
  );

  test.each(lawfulTime.map((text, i) => [text, plantName(ambient.length + i)] as const))(
    'the linter takes %s',
    (_text, file) => {
      expect(refused).not.toContain(file);
    },
  );

  test('a host may read the clock', () => {
    expect(refused).not.toContain('desktop/host.ts');
  });
});

const plantName = (index: number): string => `shared/sales/plant-${index}.ts`;

function numbered(expressions: readonly string[]): Record<string, string> {
  return Object.fromEntries(expressions.map((text, i) => [plantName(i), `export const value = ${text};\n`]));
}

/** Writes the files into a folder of its own that has this project's packages and configuration. */
function buildHouse(files: Readonly<Record<string, string>>): string {
  const house = mkdtempSync(join(tmpdir(), 'pestle-walls-'));
  houses.push(house);
  for (const config of [
    'package.json',
    'biome.json',
    'build/dependency-rules.cjs',
    'build/tsconfig.base.json',
    'build/no-ambient-time.grit',
    'shared/tsconfig.json',
  ]) {
    cpSync(join(root, config), join(house, config));
  }
  symlinkSync(join(root, 'node_modules'), join(house, 'node_modules'), 'junction');
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(house, path)), { recursive: true });
    writeFileSync(join(house, path), text);
  }
  return house;
}

const cruiseReport = z.object({
  summary: z.object({
    totalCruised: z.number(),
    violations: z.array(z.object({ from: z.string(), rule: z.object({ name: z.string() }) })),
  }),
});

function cruise(house: string) {
  // The packages are a link here: without this their paths would not begin with node_modules/.
  writeFileSync(
    join(house, 'rules.cjs'),
    "const rules = require('./build/dependency-rules.cjs');\nmodule.exports = { ...rules, options: { ...rules.options, preserveSymlinks: true } };\n",
  );
  const rooms = ['shared', 'desktop', 'sync-server', 'build'];
  const out = tool(
    house,
    'dependency-cruiser/bin/dependency-cruiser.mjs',
    '--config',
    'rules.cjs',
    '--output-type',
    'json',
    ...rooms,
  );
  const { summary } = cruiseReport.parse(JSON.parse(out));
  return {
    cruised: summary.totalCruised,
    violations: summary.violations.map(({ from, rule }) => ({ rule: rule.name, file: from })),
  };
}

/** The files that do not compile. */
function typeErrors(house: string): readonly string[] {
  const out = tool(house, 'typescript/bin/tsc', '--project', 'shared', '--pretty', 'false');
  return [...out.matchAll(/^(shared\/[^(]+)\(/gm)].map((match) => match[1] ?? '');
}

const lintReport = z.object({
  diagnostics: z.array(z.object({ severity: z.string(), location: z.object({ path: z.string() }) })),
});

/** The files with a lint error. */
function lintErrors(house: string): readonly string[] {
  const out = tool(
    house,
    '@biomejs/biome/bin/biome',
    'lint',
    '--vcs-enabled=false',
    '--reporter=json',
    '--max-diagnostics=200',
    'shared',
    'desktop',
  );
  return lintReport
    .parse(JSON.parse(out))
    .diagnostics.filter(({ severity }) => severity === 'error')
    .map(({ location }) => location.path);
}

/** What the tool printed; findings make it end with a code of its own, so silence alone is a failure. */
function tool(cwd: string, bin: string, ...args: readonly string[]): string {
  const { stdout, stderr } = spawnSync(process.execPath, [join(root, 'node_modules', bin), ...args], {
    cwd,
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (!stdout) throw new Error(`${bin} said nothing: ${stderr}`);
  return stdout;
}
