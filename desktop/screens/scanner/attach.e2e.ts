import { fileURLToPath } from 'node:url';
import { expect, type Page, test } from '@playwright/test';
import { build } from 'esbuild';

/** Wide gaps, so that a busy machine's browser still strikes a burst's keys within one, and a person's outside. */
const options = { maxGapMs: 400, maxTerminatorGapMs: 600 };
const code = '3400936403114';

test.beforeEach(async ({ page }) => {
  const entry = fileURLToPath(new URL('attach.ts', import.meta.url));
  const bundle = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    globalName: 'scanner',
  });
  await page.setContent('<input id="field"><button id="button">Take B15</button>');
  await page.addScriptTag({ content: bundle.outputFiles[0]?.text ?? '' });
  await page.evaluate(watchPage, options);
});

test('a burst leaves the field and its caret as they were', async ({ page }) => {
  await page.fill('#field', 'paracetamol');
  await page.evaluate('field.setSelectionRange(4, 6)');
  await scan(page, code);
  expect(await seen(page)).toEqual([`scan ${code}`]);
  expect(await page.inputValue('#field')).toBe('paracetamol');
  expect(await page.evaluate('[field.selectionStart, field.selectionEnd]')).toEqual([4, 6]);
});

test('its Enter answers no button, a person’s does', async ({ page }) => {
  await page.focus('#button');
  await scan(page, code);
  expect(await seen(page)).toEqual([`scan ${code}`]);
  // An Enter within the gap is the scanner's second one.
  await page.waitForTimeout(options.maxGapMs + 10);
  await page.keyboard.press('Enter');
  expect(await seen(page)).toEqual([`scan ${code}`, 'key Enter', 'click']);
});

test('its characters fire no shortcut, a person’s do', async ({ page }) => {
  await scan(page, '+A123BJC5D6E71G');
  await page.focus('#field');
  await scan(page, '+A123BJC5D6E71G');
  await page.keyboard.press('+');
  await expect.poll(() => seen(page)).toEqual(['scan +A123BJC5D6E71G', 'scan +A123BJC5D6E71G', 'key +']);
  expect(await page.inputValue('#field')).toBe('+');
});

test('keys rolled together arrive as typed, and once', async ({ page }) => {
  await page.focus('#field');
  await page.keyboard.type('dolo');
  await expect.poll(() => page.inputValue('#field')).toBe('dolo');
  await page.keyboard.press('ArrowLeft');
  await page.keyboard.type('ab');
  await page.keyboard.press('Backspace');
  await page.waitForFunction('seen.at(-1) === "key Backspace"');
  expect(await page.inputValue('#field')).toBe('dolao');
});

test('a hundred codes, none lost, none doubled', async ({ page }) => {
  await page.focus('#field');
  const codes = Array.from({ length: 100 }, (_, i) => `34009364${String(i).padStart(5, '0')}`);
  for (const one of codes) await scan(page, one);
  expect(await seen(page)).toEqual(codes.map((one) => `scan ${one}`));
  expect(await page.inputValue('#field')).toBe('');
});

async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text);
  await page.keyboard.press('Enter');
}

/** Scans, keys that reached the page as shortcuts would see them, and clicks, in their order. */
const seen = (page: Page): Promise<readonly string[]> => page.evaluate('seen');

/** Runs in the page. Letters and digits that go straight into a field are typing and no shortcut. */
function watchPage(given: typeof options): void {
  const log: string[] = [];
  const { attachScanner } = Reflect.get(window, 'scanner');
  attachScanner(window, (found: { text: string }) => log.push(`scan ${found.text}`), given);
  window.addEventListener('keydown', (event) => {
    const typing = event.target instanceof HTMLInputElement && /^[a-z0-9]$/i.test(event.key);
    if (!typing && event.key !== 'Shift') log.push(`key ${event.key}`);
  });
  document.querySelector('#button')?.addEventListener('click', () => log.push('click'));
  Reflect.set(window, 'seen', log);
}
