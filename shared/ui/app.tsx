/**
 * How an app stands on shared/ui.
 *
 *   index.html   <html lang="en"><body><div id="root"></div><script type="module" src="./main.tsx"></script></body></html>
 *   main.css     @import "../../shared/ui/base.css";            (tokens, fonts, Tailwind's theme; classes of the app
 *                                                                are found by themselves, those of shared/ui too)
 *   main.tsx     import './main.css';
 *                import { mountApp } from '#shared/ui/app.tsx';
 *                import { messages as ar } from './locales/ar.po';   (… en, fr)
 *                mountApp({ page: document, catalogues: { en, fr, ar }, app: <Till /> });
 *
 * Inside:  useFormat()        money, quantity, dates in the language and currency of the place
 *          <OrgFormat value={{ currency, timeZone }}>   around everything, once the settings are known
 *          usePreferences()   [{ locale, theme }, set]
 *          useLingui(), <Trans>  from @lingui/react/macro; then `npm run messages` and translate fr.po and ar.po:
 *                             a test fails while a translation is missing.
 */
import {
  createContext,
  type ReactNode,
  StrictMode,
  useContext,
  useEffect,
  useLayoutEffect,
  useMemo,
  useState,
  useSyncExternalStore,
} from 'react';
import { createRoot } from 'react-dom/client';
import { type Catalogues, LocaleProvider } from './locale.tsx';
import { adoptPageNonce } from './nonce.ts';
import { applyPreferences, type Preferences, readPreferences, writePreferences } from './preferences.ts';

/** Renders an app into `#root` of its page, with language, direction, theme and the CSP's nonce in place. */
export function mountApp({
  page,
  catalogues,
  app,
}: {
  readonly page: Document;
  readonly catalogues: Catalogues;
  readonly app: ReactNode;
}): void {
  const root = page.getElementById('root');
  if (!root) throw new Error('index.html has no #root');
  adoptPageNonce(page);
  createRoot(root).render(
    <StrictMode>
      <AppProviders catalogues={catalogues}>{app}</AppProviders>
    </StrictMode>,
  );
}

/** The providers alone, for an app that renders itself. */
export function AppProviders({
  catalogues,
  children,
}: {
  readonly catalogues: Catalogues;
  readonly children: ReactNode;
}) {
  const [preferences, setPreferences] = useState(readPreferences);
  const systemIsDark = useSyncExternalStore(watchSystemTheme, () => systemDark().matches);
  // Before the paint: a dark till must not flash white.
  useLayoutEffect(
    () => applyPreferences(preferences, systemIsDark, document.documentElement),
    [preferences, systemIsDark],
  );
  useEffect(() => writePreferences(preferences), [preferences]);
  // The customer's window stands beside the cashier's and speaks its language.
  useEffect(() => watchOtherWindows(() => setPreferences(readPreferences())), []);
  const value = useMemo(
    () =>
      [
        preferences,
        (change: Partial<Preferences>) => setPreferences((now) => ({ ...now, ...change })),
      ] as const,
    [preferences],
  );
  return (
    <PreferencesContext value={value}>
      <LocaleProvider locale={preferences.locale} catalogues={catalogues}>
        {children}
      </LocaleProvider>
    </PreferencesContext>
  );
}

/** What this person chose for language and theme, and how to change it. */
export function usePreferences(): PreferencesValue {
  const value = useContext(PreferencesContext);
  if (!value) throw new Error('usePreferences needs AppProviders above it');
  return value;
}

type PreferencesValue = readonly [Preferences, (change: Partial<Preferences>) => void];
const PreferencesContext = createContext<PreferencesValue | null>(null);

function watchOtherWindows(chosen: () => void): () => void {
  const hear = ({ key }: StorageEvent) => key?.startsWith('pestle.') && chosen();
  window.addEventListener('storage', hear);
  return () => window.removeEventListener('storage', hear);
}

const systemDark = () => matchMedia('(prefers-color-scheme: dark)');
const watchSystemTheme = (changed: () => void) => {
  const query = systemDark();
  query.addEventListener('change', changed);
  return () => query.removeEventListener('change', changed);
};
