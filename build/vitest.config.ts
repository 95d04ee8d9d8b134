import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const node = { environment: 'node' as const };
const pg = '**/*.pg.test.ts';
export default defineConfig({
  root: fileURLToPath(new URL('..', import.meta.url)),
  test: {
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
          testTimeout: 30_000,
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
