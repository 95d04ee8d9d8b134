import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { BaseSequencer, type TestSpecification } from 'vitest/node';

const node = { environment: 'node' as const };
const pg = '**/*.pg.test.ts';

/** Files that take longest, and are small: begun last, they would be waited for by themselves. */
const LONG = /(chaos|simulate|recover|shedding)\.pg\.test|(new-against-old|package|proof|simulate)\.test/;

class LongFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const sorted = await super.sort(files);
    const isLong = ({ moduleId }: TestSpecification) => LONG.test(moduleId);
    return [...sorted.filter(isLong), ...sorted.filter((file) => !isLong(file))];
  }
}

export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
    sequence: { sequencer: LongFirst },
    projects: [
      {
        extends: true,
        test: {
          ...node,
          name: 'shared',
          include: ['shared/**/*.test.ts'],
          setupFiles: ['build/pure-time.ts'],
          // A busy machine is no failure: a property that ends is what counts.
          testTimeout: 30_000,
        },
      },
      {
        extends: true,
        test: {
          ...node,
          name: 'unit',
          include: ['{desktop,sync-server,build}/**/*.test.ts'],
          exclude: [pg],
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          ...node,
          name: 'pg',
          include: [`{desktop,sync-server,build}/${pg}`],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
