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

/** Generics, form and pack of an article, without what it has not. */
export const describe = (article: Named & { readonly form: string; readonly label: string }): string =>
  [genericNames(article), article.form, article.label].filter(Boolean).join(' · ');
