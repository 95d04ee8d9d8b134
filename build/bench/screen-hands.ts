import type { Page } from '@playwright/test';
import { stopwatchOf } from './screen-page.ts';

/** Every action of the sell screen that is timed, in the order of a round. */
export const actions = [
  ...['scan', 'type', 'search', 'add', 'quantity', 'remove', 'undo', 'discount_open', 'discount'],
  ...['hold_open', 'hold', 'recall_open', 'recall', 'pay_open', 'pay', 'next'],
] as const;
export type Action = (typeof actions)[number];

/** A person's pause, in which the screen finishes what came of the last key; a scanner's burst must not touch it. */
const PAUSE_MS = 120;

const lines = `document.querySelectorAll('[role=list] [role=listitem], [aria-label="Lines"] li')`;
const text = (selector: string) => `(document.querySelector(${JSON.stringify(selector)})?.textContent ?? '')`;
const total = text('[data-testid=total]');
/** With its marks: the packs found may be the same for one letter more, what is marked in them is not. */
const marked = `(document.querySelector('[role=listbox]')?.innerHTML ?? '')`;
const field = `document.querySelector('[role=combobox]')`;
const heading = (words: string) =>
  `[...document.querySelectorAll('h1, h2, [role=dialog] *')].some((one) => one.textContent === '${words}')`;
const focusIn = (selector: string) => `!!document.activeElement?.closest(${JSON.stringify(selector)})`;

export type Round = {
  /** What a scanner types for the n-th article of this bench. */
  readonly code: (n: number) => string;
  /** What a person types to find some article. */
  readonly words: (n: number) => string;
  readonly add: (action: Action, ms: number) => void;
};

/** One sale with every action in it, by keys alone; the page is at an empty sale before and after. */
export async function sellOnce(page: Page, n: number, { code, words, add }: Round): Promise<void> {
  const watch = await stopwatchOf(page);
  const pause = () => page.waitForTimeout(PAUSE_MS);
  const read = async (expression: string): Promise<string> => String(await page.evaluate(expression));
  const timed = async (action: Action, keys: readonly string[], shown: string): Promise<void> => {
    add(action, await watch.press(keys, shown));
    if (!action.endsWith('_open')) await page.locator('[role=dialog]').waitFor({ state: 'detached' });
    await pause();
  };
  const changes = async (action: Action, ...keys: readonly string[]): Promise<void> => {
    const before = await read(`${total} + ${lines}.length`);
    await timed(action, keys, `${total} + ${lines}.length !== ${JSON.stringify(before)}`);
  };
  for (let i = 0; i < 3; i++) {
    add('scan', await watch.scan(code(n * 3 + i), `${lines}.length === ${i + 1}`));
    await pause();
  }
  const [first = 'a', ...rest] = words(n);
  await timed('type', [first], `${field}?.value === ${JSON.stringify(first)}`);
  for (const letter of rest.slice(0, -1)) await page.keyboard.press(letter, { delay: 20 });
  await pause();
  const found = await read(marked);
  await timed('search', [rest.at(-1) ?? 'e'], `${marked} !== ${JSON.stringify(found)}`);
  await changes('add', 'Enter');
  await changes('quantity', '+');
  await changes('remove', 'Delete');
  await changes('undo', 'Control+z');
  await timed('discount_open', ['F8'], focusIn('[role=dialog]'));
  await page.keyboard.type('5%', { delay: 50 });
  await pause();
  await changes('discount', 'Enter');
  await timed('hold_open', ['F4'], focusIn('[role=dialog]'));
  await timed('hold', ['Enter'], `${lines}.length === 0`);
  await timed('recall_open', ['Shift+F4'], focusIn('[role=listbox]'));
  await timed('recall', ['Enter'], `${lines}.length >= 3`);
  await timed('pay_open', ['F9'], heading('Payment'));
  await timed('pay', ['Enter'], heading('Paid'));
  await timed('next', ['Enter'], `document.activeElement === ${field} && ${lines}.length === 0`);
}

/** Keys of a person who types 20 in a second: how many of them never came into the field. */
export async function droppedKeys(page: Page, keys: number): Promise<number> {
  const letters = 'paracetamol 500 ';
  const typed = Array.from({ length: keys }, (_, i) => letters[i % letters.length]).join('');
  await page.keyboard.type(typed, { delay: 50 });
  await page.waitForTimeout(PAUSE_MS);
  const value = String(await page.evaluate(`${field}.value`));
  await page.keyboard.press('Escape');
  await page.waitForTimeout(PAUSE_MS);
  return typed.length - value.length;
}
