import { type Locale, locales } from './format.ts';

export const themes = ['light', 'dark', 'system'] as const;
export type Theme = (typeof themes)[number];

/** What a person chose on this screen; it stays in the browser and is nobody else's business. */
export interface Preferences {
  readonly locale: Locale;
  readonly theme: Theme;
}

/** The stored choice, else the browser's language and the system's theme. A blocked storage is no error. */
export function readPreferences(): Preferences {
  const languages = navigator.languages.map((tag) => tag.slice(0, 2));
  return {
    locale:
      oneOf(locales, read('pestle.locale')) ??
      languages.map((tag) => oneOf(locales, tag)).find(Boolean) ??
      'en',
    theme: oneOf(themes, read('pestle.theme')) ?? 'system',
  };
}

export function writePreferences(preferences: Preferences): void {
  write('pestle.locale', preferences.locale);
  write('pestle.theme', preferences.theme);
}

/** Writes theme, language and direction on `<html>`, where tokens.css and screen readers look for them. */
export function applyPreferences(
  { locale, theme }: Preferences,
  systemIsDark: boolean,
  html: HTMLElement,
): void {
  html.lang = locale;
  html.dir = locale === 'ar' ? 'rtl' : 'ltr';
  html.dataset.theme = theme === 'system' ? (systemIsDark ? 'dark' : 'light') : theme;
}

function oneOf<T extends string>(all: readonly T[], given: string | null): T | undefined {
  return all.find((one) => one === given);
}

function read(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

function write(key: string, value: string): void {
  try {
    localStorage.setItem(key, value);
  } catch {
    // Private windows and full disks: the choice lasts as long as the page.
  }
}
