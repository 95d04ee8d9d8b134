import type { MessageDescriptor } from '@lingui/core';
import { msg } from '@lingui/core/macro';
import {
  BookText,
  ClipboardCheck,
  FileText,
  House,
  type LucideIcon,
  RefreshCw,
  ShoppingCart,
  Store,
  Tag,
  Users,
} from 'lucide-react';

export interface Page {
  readonly to:
    | '/'
    | '/sales'
    | '/day-report'
    | '/z-reports'
    | '/catalogue'
    | '/offers'
    | '/stores'
    | '/sync-health'
    | '/people';
  readonly label: MessageDescriptor;
  readonly icon: LucideIcon;
}

export interface PageGroup {
  readonly title: MessageDescriptor | null;
  readonly pages: readonly Page[];
}

/** The pages there are, in the navigation's four groups. */
export const pageGroups: readonly PageGroup[] = [
  {
    title: null,
    pages: [
      { to: '/', label: msg`Dashboard`, icon: House },
      { to: '/sales', label: msg`Sales`, icon: ShoppingCart },
      { to: '/day-report', label: msg`Taxes and day reports`, icon: FileText },
      { to: '/z-reports', label: msg`Shifts and Z-reports`, icon: ClipboardCheck },
    ],
  },
  {
    title: msg`Stock`,
    pages: [
      { to: '/catalogue', label: msg`Catalogue`, icon: BookText },
      { to: '/offers', label: msg`Offers and price lists`, icon: Tag },
    ],
  },
  {
    title: msg`Chain`,
    pages: [
      { to: '/stores', label: msg`Stores and tills`, icon: Store },
      { to: '/sync-health', label: msg`Sync health`, icon: RefreshCw },
    ],
  },
  { title: msg`Administration`, pages: [{ to: '/people', label: msg`People and roles`, icon: Users }] },
];
