import { createContext, useContext, useMemo } from 'react';
import * as format from './format.ts';
import { useLocale } from './locale.tsx';

/** What the org's settings say about figures: set with `<OrgFormat value={…}>` once they are known. */
export interface OrgFormatSettings {
  readonly currency: format.Currency;
  readonly timeZone: string;
}

const initial: OrgFormatSettings = { currency: { code: 'EUR', digits: 2 }, timeZone: 'UTC' };
const OrgFormatContext = createContext<OrgFormatSettings>(initial);

/** Provider of currency and zone for everything below it. */
export const OrgFormat = OrgFormatContext.Provider;

/** The functions of format.ts, bound to the screen's language and the org's currency and zone. */
export function useFormat() {
  const locale = useLocale();
  const { currency, timeZone } = useContext(OrgFormatContext);
  return useMemo(
    () => ({
      locale,
      currency,
      timeZone,
      /** Minor units without a sign, for columns. */
      figure: (minor: number) => format.formatFigure(minor, currency, locale),
      /** Minor units with the currency's sign, for the one large figure and for sentences. */
      money: (minor: number) => format.formatMoney(minor, currency, locale),
      count: (value: number) => format.formatCount(value, locale),
      rate: (pct3: number) => format.formatRate(pct3, locale),
      quantity: (qtyBase: number, packSize: number) => format.formatQuantity(qtyBase, packSize, locale),
      weight: (grams: number) => format.formatWeight(grams, locale),
      per: (packSize: number) => format.formatPerWeight(packSize, locale),
      date: (isoDate: string) => format.formatDate(isoDate, locale),
      expiryMonth: (isoDate: string) => format.formatExpiryMonth(isoDate, locale),
      time: (atMs: number, seconds = false) => format.formatTime(atMs, timeZone, seconds),
      day: (atMs: number) => format.formatDate(format.dateInZone(atMs, timeZone), locale),
      duration: (ms: number) => format.formatDuration(ms, locale),
    }),
    [locale, currency, timeZone],
  );
}
