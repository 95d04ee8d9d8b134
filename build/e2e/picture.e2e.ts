import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from '@playwright/test';
import { createWorld } from '../demo/world.ts';
import { demoScans } from '../demo-data/scans.ts';
import { demoStock } from '../demo-data/stock.ts';
import { type Seed, writeSeed } from '../seed.ts';
import { root } from '../tools.ts';
import { expectAccessible } from './look.ts';
import { field, scan, signInAtTill } from './pages.ts';
import { smallPng } from './small-png.ts';

const brands = ['Dolorane 1 g', 'Vitamin C 500', 'Pellavane balm', 'Febrilis 2.4 %'];
/** The README's; taken anew where it is missing or when it is asked for by NEW_PICTURES=1. */
const picture = join(root, 'docs/screens/sell.png');
const wanted = !existsSync(picture) || process.env.NEW_PICTURES === '1';

test('the demo pharmacy sells at its first till', async ({ page }) => {
  test.setTimeout(120_000);
  const world = createWorld();
  try {
    const file = join(world.folder, 'seed.ndjson');
    const seed = await writeSeed({ file, nowMs: Date.now(), history: false });
    if (!seed.ok) throw new Error(seed.error.code);
    const hq = await world.startHq('--codes', '--seed', file);
    const till = await world.startTill('S01-T01', '--hq', hq.url, '--code', hq.enrolmentCode ?? '');
    await page.goto(till.screen);
    await signInAtTill(page, { name: 'Amélie Roux', pin: '2580' });
    const codes = codesOf(seed.value);
    for (const [place, code] of codes.entries()) {
      await scan(page, code);
      await expect(page.getByRole('list', { name: 'Lines' }).getByRole('listitem')).toHaveCount(place + 1);
    }
    await page.keyboard.type('paracet', { delay: 60 });
    await expect(field(page)).toHaveValue('paracet');
    await expect(page.getByRole('option').first()).toBeVisible();
    await expectAccessible(page, 'sell, with results');
    const small = await smallPng(await page.screenshot());
    expect(small.length).toBeLessThan(150_000);
    mkdirSync(dirname(picture), { recursive: true });
    if (wanted) writeFileSync(picture, small);
  } finally {
    await world.end();
  }
});

/** EAN-13 of packs of the brands that are in stock and in date at the first store. */
function codesOf({ demo, options, register }: Seed): string[] {
  const store = demo.organisation.stores[0];
  if (store === undefined) throw new Error('the demo has no store');
  const { batches } = demoStock(options, { store, register });
  const lasting = batches.filter(({ expiresOn }) => expiresOn > LASTING);
  const codeOf = new Map([...demoScans(lasting, register.packCodes)].map((one) => [one.packId, one.ean13]));
  return brands.flatMap((brand) => {
    const medicine = register.medicines.find((one) => one.brand === brand);
    const codes = register.packs
      .filter((pack) => pack.medicineId === medicine?.id)
      .map((pack) => codeOf.get(pack.id) ?? null);
    return codes.filter((code) => code !== null).slice(0, 1);
  });
}
const LASTING = new Date(Date.now() + 60 * 86_400_000).toISOString().slice(0, 10);
