import { useLingui } from '@lingui/react/macro';
import { Field } from '#shared/ui/field.tsx';

type Given = {
  readonly code: string;
  readonly onCode: (code: string) => void;
  readonly autoFocus?: boolean;
};

/** An enrolment code as the back office shows it, eight signs with or without their dash. */
export function CodeField({ code, onCode, autoFocus = false }: Given) {
  const { t } = useLingui();
  return (
    <Field
      autoFocus={autoFocus}
      label={t`Code, valid for 10 minutes`}
      size={56}
      dir="ltr"
      autoComplete="off"
      autoCapitalize="characters"
      spellCheck={false}
      maxLength={9}
      placeholder="ABCD-2345"
      value={code}
      onChange={(event) => onCode(event.target.value.toUpperCase())}
    />
  );
}

export const isWholeCode = (code: string): boolean => code.replaceAll(/[\s-]/g, '').length === 8;
