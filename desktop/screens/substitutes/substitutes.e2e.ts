import AxeBuilder from '@axe-core/playwright';
import { expect, type Page, test } from '@playwright/test';
import {
  openPage,
  openTillScreens,
  scanInto,
  signInAs,
  type TillScreens,
  typeByHand,
} from '../../../build/e2e/till-screens.ts';
import { hearFromHq } from '../../../build/proof/open-shop.ts';
import { ean, packId } from '../../../build/proof/shop.ts';
import { alikeInShop, heldElsewhere, openPriceArticle } from '../../../build/proof/shop-alike.ts';

let till: TillScreens;
test.beforeAll(async () => {
  till = await openTillScreens();
  hearFromHq(till, [...alikeInShop(), ...openPriceArticle(), ...heldElsewhere(packId('gauze'), 10)]);
});
test.afterAll(() => till.end());
test.beforeEach(() => till.reset());

const sale = (page: Page) => page.getByRole('region', { name: 'Sale' });

async function isAccessible(page: Page, path: (theme: string) => string): Promise<void> {
  for (const theme of ['light', 'dark']) {
    await page.evaluate((chosen) => {
      document.documentElement.dataset.theme = chosen;
    }, theme);
    await page.screenshot({ path: path(theme) });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect.soft(violations.map(({ id, nodes }) => `${id}: ${nodes[0]?.html}`)).toEqual([]);
  }
}

test('by keys alone: F7 puts a substitute in the line’s place, and Ctrl+Z brings the line back', async ({
  page,
}, info) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await typeByHand(page, 'parazol');
  await expect(page.getByRole('listbox', { name: 'Packs found' })).toContainText('box of 16 tablets');
  await page.keyboard.press('F7');
  const offered = page.getByRole('listbox', { name: 'Substitutes' });
  await expect(offered).toBeFocused();
  await page.keyboard.press('Escape');
  await page.keyboard.press('Enter');
  await expect(sale(page)).toContainText('Parazol');

  await page.keyboard.press('F7');
  await expect(offered).toBeFocused();
  await expect(offered.getByRole('option')).toHaveCount(3);
  await isAccessible(page, (theme) => info.outputPath(`substitutes-${theme}.png`));
  await page.keyboard.press('End');
  while ((await offered.getAttribute('aria-activedescendant')) !== 'substitute-2')
    await page.keyboard.press('ArrowDown');
  await expect(page.getByText('Not enough on hand.')).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(offered).toBeVisible();
  const cetamil = offered.getByRole('option', { name: 'Cetamil' });
  for (let i = 0; i < 2 && (await cetamil.getAttribute('aria-selected')) !== 'true'; i++)
    await page.keyboard.press('ArrowUp');
  await page.keyboard.press('Enter');
  await expect(sale(page)).toContainText('Cetamil');
  await expect(sale(page)).not.toContainText('Parazol');
  await page.keyboard.press('Control+z');
  await expect(sale(page)).toContainText('Parazol');

  await page.keyboard.press('Control+p');
  await expect(page.getByText('Scan a pack, or find it by name')).toBeVisible();
  await scanInto(page, ean('dolorane'));
  await expect(page.getByText('Dolorane 500 mg').first()).toBeVisible();
  await expect(page.getByText('7 on hand')).toBeVisible();
  await typeByHand(page, 'parazol');
  await page.keyboard.press('Enter');
  await expect(page.getByText('substitutes on hand')).toBeVisible();
  await isAccessible(page, (theme) => info.outputPath(`price-check-${theme}.png`));
  await scanInto(page, '4006381333931');
  await expect(page.getByText('No article has the code')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Scan or search' })).toBeFocused();
  await expect(sale(page)).not.toContainText('Dolorane');
  await page.keyboard.press('Alt+l');
  await page.keyboard.press('Alt+l');
  await page.keyboard.press('F7');
  await page.getByRole('option').first().waitFor();
  await page.screenshot({ path: info.outputPath('substitutes-ar.png') });
});

test('by keys alone: the price of an open-price article, a note, and a coupon that no offer takes', async ({
  page,
}, info) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await typeByHand(page, 'sundry');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Enter');
  const price = page.getByRole('textbox', { name: 'Price of one' });
  await expect(price).toBeFocused();
  await page.keyboard.press('Escape');
  await expect(page.getByText('its price is still to be typed')).toBeVisible();
  await page.keyboard.press('F9');
  await expect(price).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(page.getByText('Type an amount: 12.50')).toBeVisible();
  await isAccessible(page, (theme) => info.outputPath(`price-${theme}.png`));
  await typeByHand(page, '12.50');
  await page.keyboard.press('Enter');
  await expect(sale(page)).toContainText('12.50');
  await expect(page.getByText('its price is still to be typed')).toBeHidden();

  const choose = async (words: string) => {
    await page.keyboard.press('Control+k');
    await typeByHand(page, words);
    await page.keyboard.press('Enter');
  };
  await choose('note');
  await expect(page.getByRole('textbox', { name: 'Note' })).toBeFocused();
  await typeByHand(page, 'blue ribbon');
  await page.keyboard.press('Enter');
  await expect(sale(page)).toContainText('blue ribbon');
  await choose('coupon');
  await typeByHand(page, 'spring');
  await page.keyboard.press('Enter');
  await expect(page.getByText('No offer of today takes the coupon SPRING.')).toBeVisible();
  await page.keyboard.press('Escape');
  await page.keyboard.press('F9');
  await expect(page.getByText('Cash').first()).toBeVisible();
});

test('by keys alone: one key says which other stores have what is not on hand here, and as of when', async ({
  page,
}, info) => {
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await openPage(page, till);
  await signInAs(page, 'cashier');
  await typeByHand(page, 'gazelle');
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Shift+F7');
  const stores = page.getByRole('listbox', { name: 'Other stores' });
  await expect(stores).toBeFocused();
  await expect(stores.getByRole('option')).toContainText([
    /Belle-Vue.*20 packs or more.*S04.*as of 3\sh ago/s,
    /du Port.*3 packs.*S02.*as of 20\smin ago/s,
    /de la Gare.*50 packs or more.*S03.*as of 22 Nov 2026, 08:00/s,
  ]);
  await expect(page.getByText('None here')).toBeVisible();
  await expect(page.getByText('1 store has none. Nothing is known of 1 store.')).toBeVisible();
  await isAccessible(page, (theme) => info.outputPath(`elsewhere-${theme}.png`));
  await page.keyboard.press('ArrowDown');
  await expect(stores).toHaveAttribute('aria-activedescendant', 'holder-1');
  await page.keyboard.press('Escape');
  await expect(page.getByRole('combobox', { name: 'Scan or search' })).toBeFocused();

  await page.keyboard.press('Enter');
  await expect(page.getByText('3 other stores have it')).toBeVisible();
  await page.screenshot({ path: info.outputPath('elsewhere-unlisted.png') });
  await page.keyboard.press('Shift+F7');
  await expect(stores).toBeFocused();
  await page.keyboard.press('Shift+F7');
  await expect(page.getByRole('textbox', { name: 'Batch' })).toBeFocused();
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+p');
  await scanInto(page, ean('gauze'));
  await expect(page.getByText('3 other stores have it')).toBeVisible();
  await page.screenshot({ path: info.outputPath('elsewhere-price-check.png') });
  await scanInto(page, ean('drops'));
  await expect(page.getByText('No other store has it')).toBeVisible();
  await page.keyboard.press('Shift+F7');
  await expect(page.getByRole('dialog')).toContainText('No other store has it');
  await page.keyboard.press('Escape');
  await expect(page.getByText('Oculane 10 ml').first()).toBeVisible();
  await page.keyboard.press('Alt+l');
  await page.keyboard.press('Alt+l');
  await scanInto(page, ean('gauze'));
  await expect(page.getByText('Gazelle compresses', { exact: true })).toBeVisible();
  await page.keyboard.press('Shift+F7');
  await expect(page.getByRole('dialog').getByRole('option')).toHaveCount(3);
  await page.screenshot({ path: info.outputPath('elsewhere-ar.png') });
});
