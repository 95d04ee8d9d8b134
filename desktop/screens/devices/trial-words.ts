import { useLingui } from '@lingui/react/macro';
import type { TrialOutcome } from '#shared/auth/calls-devices.ts';
import type { DevicePart } from './device-rows.ts';
import { type Trouble, useTroubleWords } from './printer-words.ts';
import type { Said } from './use-one-at-a-time.ts';

/** What came of trying a device, in words: what it did, or what is in the way and what to do about it. */
export function useTrialWords(): (device: DevicePart, outcome: TrialOutcome) => Said {
  const { t } = useLingui();
  const trouble = useReasons();
  const did: Readonly<Record<DevicePart, Omit<Said, 'well'>>> = {
    labels: {
      title: t`A label was sent to the printer`,
      next: t`Does it stand on the label from edge to edge?`,
    },
    scale: { title: t`The scale answers`, next: '' },
    display: {
      title: t`Figures were sent to the display`,
      next: t`Does each of its rows show them from edge to edge?`,
    },
    terminal: { title: t`The terminal answers`, next: t`No money was moved.` },
  };
  return (device, { state, reason, said }) => {
    if (state === 'works') {
      const { title, next } = did[device];
      return { well: true, title: said === null ? title : `${title}: ${said}`, next };
    }
    const { what, next } = trouble(device, reason);
    const title = state === 'failed' ? t`It does not work` : t`Perhaps it worked`;
    return { well: false, title: `${title}: ${what}`, next };
  };
}

function useReasons(): (device: DevicePart, reason: string | null) => Trouble {
  const { t } = useLingui();
  const printer = useTroubleWords();
  const lead = t`Is it switched on, and its cable in? Is the address right?`;
  return (device, reason) => {
    if (device === 'labels') return printer(reason);
    switch (reason) {
      case 'no-answer':
        return device === 'scale'
          ? { what: t`it says nothing`, next: t`Is it switched on? Try another protocol or speed.` }
          : {
              what: t`it says nothing`,
              next: t`Something is there, but it does not speak as a terminal does.`,
            };
      case 'garbled':
        return { what: t`it cannot be understood`, next: t`Try another protocol or speed.` };
      case 'in-motion':
        return {
          what: t`the weight does not stand still`,
          next: t`It answers. Wait a moment, and try again.`,
        };
      case 'under':
        return {
          what: t`less than nothing lies on it`,
          next: t`It answers. Set it to zero with nothing on it.`,
        };
      case 'over':
        return { what: t`more lies on it than it bears`, next: t`It answers. Take something off.` };
      case 'no-zero':
        return { what: t`it has not found its zero`, next: t`Switch it off and on with nothing on it.` };
      case 'refused':
        return { what: t`taken, or nobody listens there`, next: lead };
      case 'fault':
        return { what: t`it reports a fault of its own`, next: t`It has to be mended and calibrated.` };
      case 'no-driver':
      case 'no-permission':
        return printer(reason);
      default:
        return { what: reason === 'timeout' ? t`no answer` : t`offline`, next: lead };
    }
  };
}
