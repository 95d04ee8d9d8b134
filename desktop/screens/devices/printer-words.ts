import { useLingui } from '@lingui/react/macro';

/** What is wrong with a printer, and what a person at the counter does about it. */
export interface Trouble {
  readonly what: string;
  readonly next: string;
}

/** The reasons of desktop/devices/printer.ts in words: the one place that knows them. */
export function useTroubleWords(): (reason: string | null) => Trouble {
  const { t } = useLingui();
  return (reason) => {
    switch (reason) {
      case 'paper-out':
        return { what: t`no paper`, next: t`Put a new roll in and close the cover.` };
      case 'cover-open':
        return { what: t`cover open`, next: t`Close the cover.` };
      case 'offline':
        return { what: t`offline`, next: t`Is it switched on, and its cable in? Is the address right?` };
      case 'refused':
        return { what: t`taken by another program`, next: t`Close what else prints on it, and try again.` };
      case 'timeout':
        return { what: t`no answer`, next: t`Switch it off and on, and try again.` };
      case 'fault':
        return {
          what: t`printer error`,
          next: t`Look at its lamps: the knife may be jammed, or the head too hot.`,
        };
      case 'no-permission':
        return {
          what: t`not allowed`,
          next: t`This computer’s account may not open it. Who looks after it adds the account to the group lp or dialout.`,
        };
      case 'no-driver':
        return {
          what: t`cannot be reached from here`,
          next: t`This computer has no way to it, or the address is none.`,
        };
      case 'no-drawer':
        return { what: t`no drawer`, next: t`Say below which connector the drawer hangs on.` };
      case 'stalled':
        return { what: t`it stopped`, next: t`Look at the paper.` };
      case 'reset':
      case 'closed':
        return { what: t`the connection broke`, next: t`Look at the paper.` };
      case 'till-stopped':
        return { what: t`the till stopped`, next: t`Look at the paper.` };
      default:
        return { what: t`it went wrong`, next: t`Look at the paper.` };
    }
  };
}
