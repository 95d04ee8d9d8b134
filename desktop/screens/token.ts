const key = 'pestle.token';

/**
 * The bearer token of the loopback host: read once from `#token=…`, kept for this tab, and removed from the address
 * bar, so that it is in no history, bookmark or screenshot. Null when this tab never got one.
 */
export function takeToken(page: Window): string | null {
  const given = new URLSearchParams(page.location.hash.slice(1)).get('token');
  if (given === null) return page.sessionStorage.getItem(key);
  page.sessionStorage.setItem(key, given);
  page.history.replaceState(null, '', page.location.pathname + page.location.search);
  return given;
}
