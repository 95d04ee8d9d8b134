import { fileURLToPath } from 'node:url';
import { defineConfig } from '@lingui/conf';
import { formatter } from '@lingui/format-po';

/** The languages of every screen and the rooms whose messages they hold. `npm run messages` extracts. */
export default defineConfig({
  rootDir: fileURLToPath(new URL('..', import.meta.url)),
  sourceLocale: 'en',
  locales: ['en', 'fr', 'ar'],
  fallbackLocales: { default: 'en' },
  catalogs: ['shared/ui', 'desktop/screens', 'sync-server/web'].map((room) => ({
    path: `<rootDir>/${room}/locales/{locale}`,
    include: [room],
    exclude: ['**/*.test.ts', '**/*.e2e.ts'],
  })),
  format: formatter({ lineNumbers: false }),
});
