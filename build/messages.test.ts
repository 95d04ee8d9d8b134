import { fileURLToPath } from 'node:url';
import { getCatalogs } from '@lingui/cli/api';
import { getConfig } from '@lingui/conf';
import { describe, expect, test } from 'vitest';

const configPath = fileURLToPath(new URL('lingui.config.ts', import.meta.url));
const catalogs = await getCatalogs(getConfig({ configPath }));

describe.each(catalogs.map((catalog) => ({ room: catalog.include.join(), catalog })))(
  'messages of $room',
  ({ catalog }) => {
    test.each(['en', 'fr', 'ar'])(
      'all are in %s, with the placeholders of the source (else: npm run messages)',
      async (locale) => {
        const used = (await catalog.collect()) ?? {};
        const written = (await catalog.read(locale)) ?? {};
        const texts = Object.entries(used).map(([id, { message }]) => ({
          source: message ?? id,
          text: written[id]?.translation ?? '',
        }));
        expect(texts.filter(({ text }) => text === '').map(({ source }) => source)).toEqual([]);
        expect(texts.filter(({ source, text }) => placeholders(source) !== placeholders(text))).toEqual([]);
      },
    );
  },
);

/** The names a message takes and its tags: `{time}`, `{count, plural, …}`, `<0>`; each once, sorted. */
function placeholders(message: string): string {
  const found = message.matchAll(
    /\{\s*(\w+)\s*(?:,\s*(?:plural|select|selectordinal)\s*,|\})|<\/?(\d+)\/?>/g,
  );
  return [...new Set([...found].map(([, name, tag]) => name ?? `<${tag}>`))].sort().join(' ');
}
