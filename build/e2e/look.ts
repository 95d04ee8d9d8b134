import { AxeBuilder } from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { type Locale, locales } from '#shared/ui/format.ts';
import { screenList } from './screen-list.ts';

/**
 * Holds a screen of the till as it stands to what UX.md asks of each: accessible in every language and both themes, and
 * whole at 200 % zoom. It is left as it was found: English, light, at its size.
 */
export async function look(page: Page, name: string): Promise<void> {
  if (!names.has(name)) throw new Error(`${name} is not in screen-list.ts`);
  const whole = page.viewportSize() ?? { width: 1366, height: 768 };
  const found: string[] = [];
  for (const locale of [...locales].reverse()) {
    await speak(page, locale);
    const asItIs = [...(await problemsInBothThemes(page)), ...(await unreachable(page))];
    found.push(...asItIs.map((problem) => `${locale}, ${problem}`));
    await page.setViewportSize({ width: whole.width / 2, height: whole.height / 2 });
    found.push(...(await unreachable(page)).map((problem) => `${locale} at 200 %, ${problem}`));
    await page.setViewportSize(whole);
  }
  expect.soft(found, `a look at ${name}`).toEqual([]);
}

const names = new Set(Object.values(screenList).flat());

/** Holds a page to the accessibility rules that a program can check, in both themes. */
export async function expectAccessible(page: Page, name: string): Promise<void> {
  expect.soft(await problemsInBothThemes(page), `axe on ${name}`).toEqual([]);
}

/** Contrast is measured in the dark theme too: nothing else depends on it. */
async function problemsInBothThemes(page: Page): Promise<string[]> {
  // Without motion there is no half-faded colour to measure.
  await page.emulateMedia({ reducedMotion: 'reduce' });
  const light = await problems(page);
  await wear(page, 'dark');
  const dark = await problems(page, 'color-contrast');
  await wear(page, 'light');
  return [...light, ...dark.map((problem) => `dark: ${problem}`)];
}

/** What axe has to say. The script is big and stays in a page that has it, which is three quarters of the time. */
async function problems(page: Page, rule?: string): Promise<string[]> {
  if (!(await page.evaluate<boolean>('"axe" in window')))
    await new AxeBuilder({ page }).setLegacyMode().withRules('document-title').analyze();
  return page.evaluate(runAxe, rule ?? null);
}

/** Runs in the page. */
async function runAxe(rule: string | null): Promise<string[]> {
  const { violations } = await Reflect.get(window, 'axe').run(document, {
    resultTypes: ['violations'],
    ...(rule !== null && { runOnly: { type: 'rule', values: [rule] } }),
  });
  return violations.map(
    ({ id, nodes }: { id: string; nodes: readonly { html: string }[] }) =>
      `${id} at ${nodes.map(({ html }) => html).join(' ')}`,
  );
}

/** Another window of this till has chosen a language: this one follows. */
async function speak(page: Page, locale: Locale): Promise<void> {
  await page.evaluate((chosen) => {
    localStorage.setItem('pestle.locale', chosen);
    window.dispatchEvent(new StorageEvent('storage', { key: 'pestle.locale' }));
  }, locale);
  await page.waitForFunction((chosen) => document.documentElement.lang === chosen, locale);
}

const wear = (page: Page, theme: 'light' | 'dark') =>
  page.evaluate((chosen) => {
    document.documentElement.dataset.theme = chosen;
  }, theme);

/** Controls that nobody can see or point at, not even by scrolling, and a page larger than its window. */
export const unreachable = (page: Page): Promise<string[]> => page.evaluate(findUnreachable);

/** Runs in the page. */
function findUnreachable(): string[] {
  const { innerWidth, innerHeight } = window;
  const { scrollWidth: wide, scrollHeight: high } = document.documentElement;
  const top = [...document.querySelectorAll('[role=dialog], [role=alertdialog]')].at(-1) ?? document;
  const controls = [...top.querySelectorAll('button, a[href], input, select, textarea, [role=option]')];
  const shown = controls.filter(isShown);
  const cut = shown.filter(isCutOff);
  const covered = shown.filter((control) => !cut.includes(control) && isCovered(control));
  return [
    ...(wide > innerWidth ? [`the page is ${wide} px wide`] : []),
    ...(high > innerHeight ? [`the page is ${high} px high`] : []),
    ...cut.map((control) => `cut off: ${control.outerHTML.slice(0, 160)}`),
    ...covered.map((control) => `covered: ${control.outerHTML.slice(0, 160)}`),
  ];

  /** Some are there for screen readers alone, or shown by another element. */
  function isShown(control: Element): boolean {
    const { width, height } = control.getBoundingClientRect();
    return width > 1 && height > 1 && control.checkVisibility({ opacityProperty: true });
  }

  function isCutOff(control: Element): boolean {
    let box = control.getBoundingClientRect();
    for (let at = control.parentElement; at; at = at.parentElement) {
      const { display, overflowX, overflowY } = getComputedStyle(at);
      if (display === 'contents' || (overflowX === 'visible' && overflowY === 'visible')) continue;
      const frame = at.getBoundingClientRect();
      // What can be scrolled to is seen where its frame is.
      if ([overflowX, overflowY].some((way) => /auto|scroll/.test(way))) {
        if (frame.height < 24) return true;
        box = frame;
      } else if (isOutside(box, frame)) return true;
    }
    return isOutside(box, new DOMRect(0, 0, innerWidth, innerHeight));
  }

  function isOutside(box: DOMRect, frame: DOMRect): boolean {
    return (
      box.left < frame.left - 1 ||
      box.right > frame.right + 1 ||
      box.top < frame.top - 1 ||
      box.bottom > frame.bottom + 1
    );
  }

  function isCovered(control: Element): boolean {
    if (getComputedStyle(control).pointerEvents === 'none') return false;
    control.scrollIntoView({ block: 'center', inline: 'nearest' });
    const { left, top: y, width, height } = control.getBoundingClientRect();
    const hit = document.elementFromPoint(left + width / 2, y + height / 2);
    const isIt = hit && (control.contains(hit) || hit.contains(control));
    return !isIt && !hit?.closest('label')?.contains(control);
  }
}
