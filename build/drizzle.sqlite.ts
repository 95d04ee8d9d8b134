import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'sqlite',
  schema: './desktop/till/store/schema.ts',
  out: './migrations/sqlite',
});
