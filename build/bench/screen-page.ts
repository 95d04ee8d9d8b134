import type { Page } from '@playwright/test';
import { scan as typeAsScanner } from '../e2e/pages.ts';

/** Strikes that make a page show something; in milliseconds, from the key's own time stamp to the painted frame. */
export type Stopwatch = {
  /** Real keys, one after the other; the time runs from the last of them. `shown` is an expression in the page. */
  readonly press: (keys: readonly string[], shown: string) => Promise<number>;
  /**
   * A scanner that types, Enter at the end; the time runs from when Enter came. Its keys have the time stamps of a burst,
   * whatever a busy machine puts between them, so these are not the time to count from.
   */
  readonly scan: (code: string, shown: string) => Promise<number>;
};

/**
 * The time of a key is its event's `timeStamp`. What it shall show is looked for at every change of the document; once it
 * is there, the next frame is drawn, and a message posted from within that frame comes when it has been: then it is on
 * the screen as far as the page can know.
 */
export async function stopwatchOf(page: Page): Promise<Stopwatch> {
  await page.evaluate(inPage);
  const wait = async (): Promise<number> => {
    const ms = await page.evaluate('stopwatch.result');
    if (typeof ms !== 'number') throw new Error('the screen never showed it');
    return ms;
  };
  return {
    async press(keys, shown) {
      for (const key of keys.slice(0, -1)) await page.keyboard.press(key);
      await page.evaluate(`stopwatch.begin(() => ${shown})`);
      await page.keyboard.press(keys.at(-1) ?? '');
      return wait();
    },
    async scan(code, shown) {
      await page.evaluate(`stopwatch.begin(() => ${shown}, true)`);
      await typeAsScanner(page, code);
      return wait();
    },
  };
}

const inPage = `globalThis.stopwatch = (() => {
  let keyAt = 0;
  let onArrival = false;
  addEventListener('keydown', (event) => { keyAt = onArrival ? performance.now() : event.timeStamp; }, true);
  const painted = () => new Promise((resolve) => requestAnimationFrame(() => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => resolve(performance.now());
    port2.postMessage(0);
  }));
  const until = (shown) => new Promise((resolve, reject) => {
    const late = setTimeout(() => { seen.disconnect(); reject(new Error('not shown: ' + shown + ' in ' + document.body.innerText)); }, 8000);
    const look = () => {
      if (!shown()) return;
      seen.disconnect();
      clearTimeout(late);
      resolve();
    };
    const seen = new MutationObserver(look);
    seen.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    // A field's value is no part of the document: it is looked at behind its own event.
    addEventListener('input', () => setTimeout(look), { once: true });
  });
  const own = {
    result: Promise.resolve(0),
    begin(shown, arrival = false) {
      onArrival = arrival;
      own.result = until(shown).then(painted).then((at) => at - keyAt);
      own.result.catch(() => {});
    },
  };
  return own;
})()`;
