import { setNonce } from 'get-nonce';

/**
 * Radix's dialogs stop the page behind them from scrolling with a `<style>` element, which the CSP refuses
 * without the page's nonce. Call once, before the first render; the host wrote the nonce into the page.
 */
export function adoptPageNonce(page: Document): void {
  const meta = page.querySelector<HTMLMetaElement>('meta[property="csp-nonce"]');
  if (meta?.nonce) setNonce(meta.nonce);
}
