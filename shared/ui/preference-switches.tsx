import { useLingui } from '@lingui/react/macro';
import { Monitor, Moon, Sun } from 'lucide-react';
import { usePreferences } from './app.tsx';
import { Segmented } from './segmented.tsx';

/** Light, dark, or as the system has it. */
export function ThemeSwitch() {
  const { t } = useLingui();
  const [{ theme }, change] = usePreferences();
  return (
    <Segmented
      label={t`Theme`}
      value={theme}
      onChange={(next) => change({ theme: next })}
      options={[
        {
          value: 'light',
          label: (
            <>
              <Sun size={14} aria-hidden /> {t`Light`}
            </>
          ),
        },
        {
          value: 'dark',
          label: (
            <>
              <Moon size={14} aria-hidden /> {t`Dark`}
            </>
          ),
        },
        {
          value: 'system',
          label: (
            <>
              <Monitor size={14} aria-hidden /> {t`System`}
            </>
          ),
        },
      ]}
    />
  );
}

/** Each language in its own words, so that who cannot read the present one finds his. */
export function LocaleSwitch() {
  const { t } = useLingui();
  const [{ locale }, change] = usePreferences();
  return (
    <Segmented
      label={t`Language`}
      value={locale}
      onChange={(next) => change({ locale: next })}
      options={[
        { value: 'en', label: <span lang="en">English</span> },
        { value: 'fr', label: <span lang="fr">Français</span> },
        { value: 'ar', label: <span lang="ar">العربية</span> },
      ]}
    />
  );
}
