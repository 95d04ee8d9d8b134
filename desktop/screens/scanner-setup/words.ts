import { useLingui } from '@lingui/react/macro';
import type { ScannerFault } from '#shared/auth/calls-scanners.ts';
import type { ScannerProfile } from '#shared/auth/scanner-profile.ts';
import type { Unsure } from './learn.ts';
import type { Problem } from './setup.ts';
import type { TestCodeId } from './test-codes.ts';

/** Names of symbologies are the same in every language. */
export const symbologies: Readonly<Record<TestCodeId, string>> = {
  code128: 'Code 128',
  dataMatrix: 'GS1 Data Matrix',
  ean: 'EAN-13',
};

export function useProblemWords(): (problem: Problem) => string {
  const { t } = useLingui();
  return (problem) => {
    switch (problem.code) {
      case 'OTHER_CODE':
        return t`This was another of the three codes. Scan the one on the screen.`;
      case 'OTHER_SCANNER':
        return t`This came from another scanner. Begin again with one of them.`;
      case 'SLOW':
        return t`This scanner types too slowly to be told from a person. Set its pause between characters to none.`;
      case 'NOTHING_READ':
        return t`No code was read. A laser scanner reads none from a screen.`;
      case 'CASE':
        return t`This scanner changes upper and lower case. Set it to send codes as they are.`;
      case 'CHECK_DIGIT':
        return t`This scanner keeps the last digit, the check digit, to itself. Set it to send it.`;
      case 'VARIES':
        return t`This scanner sends identifiers of its maker. Set it to AIM identifiers, or to none.`;
      case 'UNREADABLE':
        return t`What came is not this code. Scan it again; if it stays so, the scanner is set to another keyboard.`;
    }
  };
}

export function useProfileWords() {
  const { t } = useLingui();
  const layouts: Readonly<Record<ScannerProfile['layout'], string>> = {
    us: t`US English (QWERTY)`,
    fr: t`French (AZERTY)`,
    de: t`German (QWERTZ)`,
    'as-typed': t`As the till has it`,
  };
  const ends: Readonly<Record<ScannerProfile['end'], string>> = {
    Enter: t`Enter`,
    Tab: t`Tab`,
    none: t`Nothing: it stops`,
  };
  const separators: Readonly<Record<ScannerProfile['separator'], string>> = {
    raw: t`As it is`,
    'ctrl-]': 'Ctrl + ]',
    f8: 'F8',
    'alt-029': 'Alt + 029',
    text: '',
    missing: t`Left out: batch and expiry may run together`,
  };
  return (profile: ScannerProfile) => ({
    layout: layouts[profile.layout],
    prefix: profile.prefix || t`Nothing`,
    identifier: identifierWords(profile, { yes: t`AIM identifiers`, no: t`None` }),
    suffix: profile.suffix || t`Nothing`,
    end: ends[profile.end],
    separator: profile.separator === 'text' ? profile.separatorText : separators[profile.separator],
  });
}

const identifierWords = ({ aim, inner }: ScannerProfile, { yes, no }: { yes: string; no: string }) =>
  aim ? `${yes}${inner && ` + ${inner}`}` : no;

export function useUnsureWords(): (unsure: Unsure) => string {
  const { t } = useLingui();
  return (unsure) => {
    switch (unsure) {
      case 'layout':
        return t`Of the keyboards that fit, the first was taken.`;
      case 'identifier':
        return t`What stands before the code may be a prefix or an identifier.`;
      case 'separator':
        return t`How the scanner separates the parts of a code was not seen.`;
    }
  };
}

export function useFaultWords(): (fault: ScannerFault) => string {
  const { t } = useLingui();
  return (fault) => {
    switch (fault) {
      case 'no-driver':
        return t`This machine cannot read scanners by USB: a system library is missing.`;
      case 'no-permission':
        return t`The system does not let the till read it.`;
      case 'busy':
        return t`Another program has it.`;
      case 'gone':
        return t`It is not plugged in.`;
      case 'unreadable':
        return t`It speaks something else.`;
    }
  };
}
