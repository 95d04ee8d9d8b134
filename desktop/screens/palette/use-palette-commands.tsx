import { useLingui } from '@lingui/react/macro';
import {
  ArrowLeftRight,
  ChartColumn,
  Cloud,
  CloudOff,
  GraduationCap,
  IdCard,
  Languages,
  Moon,
  PencilLine,
  Play,
  Printer,
  ReceiptText,
  Ruler,
  ScanBarcode,
  Settings,
  ShieldCheck,
  Store,
  Sun,
  SunMoon,
  Tags,
  Undo2,
} from 'lucide-react';
import { type ReactNode, useRef } from 'react';
import { usePreferences } from '#shared/ui/app.tsx';
import { setDesk, useDesk } from '../desk.ts';
import { capsOf } from '../keys/chord.ts';
import { useCommandRunner, useKeymap } from '../keys/command-keys.tsx';
import { type CommandId, commandIds } from '../keys/default-keys.ts';
import { commandLabels } from '../keys/labels.ts';
import { useLive } from '../live.ts';
import { useOversell } from '../oversell/use-oversell.ts';
import { useSecondRefunds } from '../second-refunds/use-second-refunds.ts';
import { useSetLink } from '../sync-status/use-set-link.ts';
import { useTill } from '../till.ts';
import { useTraining } from '../training/use-training.ts';

export interface PaletteCommand {
  readonly id: string;
  readonly name: string;
  readonly detail: string;
  readonly keys: string | null;
  readonly icon: ReactNode;
  readonly run: () => void;
}

/** The commands that work where the palette was opened, then what was sold twice, network, theme and language. */
export function usePaletteCommands(): readonly PaletteCommand[] {
  const commands = useKeyCommands();
  const network = useNetworkCommand();
  return [
    ...commands,
    ...useTermsCommands(),
    ...useOversellCommand(),
    ...useSecondRefundsCommand(),
    ...useDeviceCommands(),
    ...useScannerCommand(),
    ...useBooksCommands(),
    ...useSettingsCommand(),
    ...useTrainingCommand(),
    ...network,
    ...useLookCommands(),
  ];
}

/** Taken when the palette opens: its own layer hides them from then on. */
function useKeyCommands(): readonly PaletteCommand[] {
  const { t } = useLingui();
  const keymap = useKeymap();
  const runner = useCommandRunner();
  const working = useRef<readonly { readonly id: CommandId; readonly run: (which: number) => void }[]>(null);
  working.current ??= commandIds.flatMap((id) => {
    const run = runner(id);
    return run && !unnamed.has(id) ? [{ id, run }] : [];
  });
  return working.current.map(({ id, run }) => ({
    id,
    name: t(commandLabels[id]),
    detail: '',
    keys: capsOf(keymap[id][0] ?? ''),
    icon: <Play size={20} strokeWidth={1.75} aria-hidden className="rtl:-scale-x-100" />,
    run: () => run(0),
  }));
}

/** They go back, or need to be told which. */
const unnamed: ReadonlySet<CommandId> = new Set(['back', 'palette', 'quickKey', 'tender', 'language']);

/** What is said of the sale in progress; nothing while there is none. */
function useTermsCommands(): readonly PaletteCommand[] {
  const { t } = useLingui();
  const cart = useLive(useTill().cart);
  const line = useDesk(({ chosenLineId }) => chosenLineId) ?? cart?.lastLineId;
  const task = useDesk((desk) => desk.task);
  if (!cart?.lines.length || task !== 'sell') return [];
  const openPrice = cart.lines.some(({ lineId, openPrice }) => lineId === line && openPrice);
  const icon = <PencilLine size={20} strokeWidth={1.75} aria-hidden />;
  const entry = (id: 'note' | 'coupon' | 'price', name: string, detail: string): PaletteCommand => ({
    ...{ id, name, detail, keys: null, icon, run: () => setDesk({ overlay: id }) },
  });
  return [
    entry('note', t`Note`, t`on the line or the sale`),
    entry('coupon', t`Coupon`, t`take one, or give it back`),
    ...(openPrice ? [entry('price', t`Type the price`, '')] : []),
  ];
}

/** Asked when the palette opens: how many batches there are to settle. */
function useOversellCommand(): readonly PaletteCommand[] {
  const { t } = useLingui();
  const { tasks } = useOversell();
  const count = tasks?.length ?? 0;
  return [
    {
      id: 'oversell',
      name: t`Sold twice`,
      detail: count === 0 ? t`nothing to settle` : t`${count} to settle`,
      keys: null,
      icon: <ArrowLeftRight size={20} strokeWidth={1.75} aria-hidden />,
      run: () => setDesk({ task: 'oversell' }),
    },
  ];
}

/** Asked when the palette opens: how many sales came back twice. */
function useSecondRefundsCommand(): readonly PaletteCommand[] {
  const { t } = useLingui();
  const { tasks } = useSecondRefunds();
  const count = tasks?.length ?? 0;
  return [
    {
      id: 'second-refunds',
      name: t`Returned twice`,
      detail: count === 0 ? t`nothing to settle` : t`${count} to settle`,
      keys: null,
      icon: <Undo2 size={20} strokeWidth={1.75} aria-hidden />,
      run: () => setDesk({ task: 'second-refunds' }),
    },
  ];
}

/** The printers of this counter, and what is printed for the shelves. */
function useDeviceCommands(): readonly PaletteCommand[] {
  const { t } = useLingui();
  return [
    {
      id: 'devices',
      name: t`Devices`,
      detail: t`printers, scale, displays, card terminal`,
      keys: null,
      icon: <Printer size={20} strokeWidth={1.75} aria-hidden />,
      run: () => setDesk({ task: 'devices' }),
    },
    {
      id: 'labels',
      name: t`Print shelf labels`,
      detail: t`price and code`,
      keys: null,
      icon: <Tags size={20} strokeWidth={1.75} aria-hidden />,
      run: () => setDesk({ task: 'labels' }),
    },
    {
      id: 'badges',
      name: t`Print a badge`,
      detail: t`who somebody is, to be scanned at sign-in`,
      keys: null,
      icon: <IdCard size={20} strokeWidth={1.75} aria-hidden />,
      run: () => setDesk({ task: 'badges' }),
    },
    {
      id: 'receipt-design',
      name: t`Receipt design`,
      detail: t`logo, header, footer`,
      keys: null,
      icon: <ReceiptText size={20} strokeWidth={1.75} aria-hidden />,
      run: () => setDesk({ task: 'receipt-design' }),
    },
    {
      id: 'label-template',
      name: t`Label template`,
      detail: t`what stands where on a shelf label`,
      keys: null,
      icon: <Ruler size={20} strokeWidth={1.75} aria-hidden />,
      run: () => setDesk({ task: 'label-template' }),
    },
  ];
}

/** What the books of this till tell. */
function useBooksCommands(): readonly PaletteCommand[] {
  const { t } = useLingui();
  return [
    {
      id: 'reports',
      name: t`Reports`,
      detail: t`sales, tenders, tax, top articles, near expiry`,
      keys: null,
      icon: <ChartColumn size={20} strokeWidth={1.75} aria-hidden />,
      run: () => setDesk({ task: 'reports' }),
    },
    {
      id: 'audit',
      name: t`Audit`,
      detail: t`who did what; verify the books`,
      keys: null,
      icon: <ShieldCheck size={20} strokeWidth={1.75} aria-hidden />,
      run: () => setDesk({ task: 'audit' }),
    },
  ];
}

function useScannerCommand(): readonly PaletteCommand[] {
  const { t } = useLingui();
  return [
    {
      id: 'scanner',
      name: t`Set up scanner`,
      detail: t`learns it from three codes`,
      keys: null,
      icon: <ScanBarcode size={20} strokeWidth={1.75} aria-hidden />,
      run: () => setDesk({ task: 'scanner' }),
    },
  ];
}

function useSettingsCommand(): readonly PaletteCommand[] {
  const { t } = useLingui();
  return [
    {
      id: 'settings',
      name: t`Settings`,
      detail: t`keys, sounds, idle lock, backups`,
      keys: null,
      icon: <Settings size={20} strokeWidth={1.75} aria-hidden />,
      run: () => setDesk({ task: 'settings' }),
    },
    {
      id: 'store-settings',
      name: t`Store settings`,
      detail: t`discounts, loyalty, foreign cash, returns`,
      keys: null,
      icon: <Store size={20} strokeWidth={1.75} aria-hidden />,
      run: () => setDesk({ task: 'store-settings' }),
    },
  ];
}

function useTrainingCommand(): readonly PaletteCommand[] {
  const { t } = useLingui();
  const { on, end } = useTraining();
  const rest = { keys: null, icon: <GraduationCap size={20} strokeWidth={1.75} aria-hidden /> };
  if (on)
    return [
      {
        id: 'training',
        name: t`End training`,
        detail: t`back to the real till`,
        ...rest,
        run: () => void end(),
      },
    ];
  const run = () => setDesk({ overlay: 'training' });
  return [{ id: 'training', name: t`Begin training`, detail: t`nothing counts there`, ...rest, run }];
}

/** A till to practise on has no network to switch. */
function useNetworkCommand(): readonly PaletteCommand[] {
  const { t } = useLingui();
  const sync = useLive(useTill().sync);
  const setLink = useSetLink();
  const { on } = useTraining();
  if (!sync || on) return [];
  const off = sync.link === 'off';
  return [
    {
      id: 'network',
      name: off ? t`Network on` : t`Network off`,
      detail: off ? t`sends what is waiting` : t`selling goes on`,
      keys: null,
      icon: off ? (
        <Cloud size={20} strokeWidth={1.75} aria-hidden />
      ) : (
        <CloudOff size={20} strokeWidth={1.75} aria-hidden />
      ),
      run: () => void setLink(off),
    },
  ];
}

function useLookCommands(): readonly PaletteCommand[] {
  const { t } = useLingui();
  const [now, change] = usePreferences();
  const themes = [
    { theme: 'light', name: t`Light`, icon: <Sun size={20} strokeWidth={1.75} aria-hidden /> },
    { theme: 'dark', name: t`Dark`, icon: <Moon size={20} strokeWidth={1.75} aria-hidden /> },
    { theme: 'system', name: t`As the system`, icon: <SunMoon size={20} strokeWidth={1.75} aria-hidden /> },
  ] as const;
  const languages = [
    { locale: 'en', name: 'English' },
    { locale: 'fr', name: 'Français' },
    { locale: 'ar', name: 'العربية' },
  ] as const;
  return [
    ...themes
      .filter(({ theme }) => theme !== now.theme)
      .map(({ theme, name, icon }) => ({
        id: `theme-${theme}`,
        name,
        detail: t`Theme`,
        keys: null,
        icon,
        run: () => change({ theme }),
      })),
    ...languages
      .filter(({ locale }) => locale !== now.locale)
      .map(({ locale, name }) => ({
        id: `language-${locale}`,
        name,
        detail: t`Language`,
        keys: null,
        icon: <Languages size={20} strokeWidth={1.75} aria-hidden />,
        run: () => change({ locale }),
      })),
  ];
}
