import { readdirSync, readFileSync, writeFileSync } from 'node:fs';

/** drizzle-kit cannot write STRICT tables: this adds the word to each CREATE TABLE of the till's migrations. */
const folder = 'migrations/sqlite';
for (const file of readdirSync(folder).filter((f) => f.endsWith('.sql'))) {
  const path = `${folder}/${file}`;
  const before = readFileSync(path, 'utf8');
  const after = before.replace(/^(CREATE TABLE (?:(?!;$)[\s\S])*?\n\));/gm, '$1 STRICT;');
  if (after !== before) writeFileSync(path, after);
}
