import { useLingui } from '@lingui/react/macro';
import { ShieldAlert } from 'lucide-react';
import type { ScheduleClass } from '#shared/catalog/schedule-class.ts';
import { Badge, RxBadge } from '#shared/ui/badge.tsx';
import { RxIcon } from '#shared/ui/icons.tsx';

/** What the law asks of a medicine, as a badge beside its name; nothing where it asks nothing. */
export function ScheduleBadge({ scheduleClass }: { readonly scheduleClass: ScheduleClass }) {
  const { t } = useLingui();
  switch (scheduleClass) {
    case 'general':
      return null;
    case 'pharmacist':
      return (
        <Badge tone="info" icon={<ShieldAlert size={14} aria-hidden />}>
          {t`Pharmacist`}
        </Badge>
      );
    case 'prescription':
      return <RxBadge />;
    case 'controlled':
      return (
        <Badge tone="rx" icon={<RxIcon size={14} />}>
          {t`Controlled`}
        </Badge>
      );
  }
}

interface Named {
  readonly tallMan: string;
  readonly generics: readonly { readonly name: string }[];
}

/** The generics as they are shown: in tall-man letters where names look alike. As long as the stored names. */
export const genericNames = ({ tallMan, generics }: Named): string =>
  tallMan || generics.map(({ name }) => name).join(' + ');

interface Packed {
  readonly form: string;
  readonly label: string;
}

/** `tablet · 8`, or the pack alone where it names the form already: `box of 16 tablets`. */
export const formAndPack = ({ form, label }: Packed): string =>
  label.toLowerCase().includes(form.toLowerCase()) ? label : [form, label].filter(Boolean).join(' · ');

/** Generics, form and pack of an article, without what it has not. */
export const describe = (article: Named & Packed): string =>
  [genericNames(article), formAndPack(article)].filter(Boolean).join(' · ');
