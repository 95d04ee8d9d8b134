import { plural } from '@lingui/core/macro';
import { useLingui } from '@lingui/react/macro';
import type { FiscalView } from '#shared/auth/calls-printers.ts';
import { useTroubleWords } from './printer-words.ts';

/** The fiscal device as it is: nothing where the till's own chain signs. Sales go on whatever it does. */
export function FiscalNote({ fiscal }: { readonly fiscal: FiscalView | null }) {
  const { t } = useLingui();
  const trouble = useTroubleWords();
  if (!fiscal) return null;
  const { name, waiting } = fiscal;
  const failed = fiscal.trouble !== null;
  const what =
    fiscal.trouble === 'bad-answer'
      ? t`it answers what nobody understands`
      : trouble(fiscal.trouble === 'no-answer' ? 'timeout' : 'offline').what;
  return (
    <section className={`flex-none border-t border-line-soft p-4 low:py-2 ${failed ? 'bg-warn-soft' : ''}`}>
      <h2 className={`font-semibold ${failed ? 'text-warn' : ''}`}>
        {t`Fiscal device`} <bdi dir="ltr">{name}</bdi>
      </h2>
      <p className="text-14">
        {failed
          ? t`It does not sign: ${what}. Sales go on and are signed later.`
          : waiting === 0
            ? t`Everything is signed.`
            : t`${plural(waiting, { one: '# document is still to be signed', other: '# documents are still to be signed' })}`}
      </p>
    </section>
  );
}
