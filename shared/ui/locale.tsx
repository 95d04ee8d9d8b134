/// <reference path="./po.d.ts" />
import { type Messages, setupI18n } from '@lingui/core';
import { I18nProvider } from '@lingui/react';
import { Direction } from 'radix-ui';
import { createContext, type ReactNode, useContext, useMemo } from 'react';
import { type Locale, localeTags } from './format.ts';
import { messages as ar } from './locales/ar.po';
import { messages as en } from './locales/en.po';
import { messages as fr } from './locales/fr.po';

/** An app's own catalogues; the components' are added here. All of them are bundled: a till has no network to wait for. */
export type Catalogues = Readonly<Record<Locale, Messages>>;

/** Puts language and direction over the tree: lingui's messages, Radix's arrow keys, `useLocale`. */
export function LocaleProvider({
  locale,
  catalogues,
  children,
}: {
  readonly locale: Locale;
  readonly catalogues: Catalogues;
  readonly children: ReactNode;
}) {
  const i18n = useMemo(
    () =>
      setupI18n({
        locale,
        locales: localeTags[locale],
        messages: { [locale]: { ...own[locale], ...catalogues[locale] } },
      }),
    [locale, catalogues],
  );
  return (
    <I18nProvider i18n={i18n}>
      <Direction.Provider dir={locale === 'ar' ? 'rtl' : 'ltr'}>
        <LocaleContext value={locale}>{children}</LocaleContext>
      </Direction.Provider>
    </I18nProvider>
  );
}

export const useLocale = (): Locale => useContext(LocaleContext);

const own: Catalogues = { en, fr, ar };
const LocaleContext = createContext<Locale>('en');
