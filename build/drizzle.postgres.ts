import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './sync-server/store/schema.ts',
  out: './migrations/postgres',
});
