import type { ChosenDevices, DevicesReport, DeviceTrial, TrialOutcome } from '#shared/auth/calls-devices.ts';
import { shelfLabel } from '#shared/catalog/label-defaults.ts';
import { type LabelLayout, type LabelValues, layoutLabel } from '#shared/catalog/label-layout.ts';
import { parseLabelTemplate } from '#shared/catalog/label-template.ts';
import { changeOwnSetting } from '../audit-setting.ts';
import type { Counter } from '../counter.ts';
import type { DeviceSetup } from '../ports.ts';
import { refuse } from '../refuse.ts';
import type { Sessions } from '../sessions.ts';

type Deps = {
  readonly counter: Counter;
  readonly sessions: Sessions;
  readonly cards: { readonly state: () => { readonly attempts: readonly unknown[] } };
  readonly setup: DeviceSetup | undefined;
};

/** Label printer, scale, pole display and card terminal as a person at the counter sees, chooses and tries them. */
export function createDeviceDesk({ counter, sessions, cards, setup }: Deps) {
  const signedIn = () => sessions.read(counter) ?? refuse({ code: 'NOT_SIGNED_IN' });
  return {
    async report(): Promise<DevicesReport> {
      signedIn();
      if (!setup) return { chosen: null, found: [] };
      return { chosen: setup.chosen(), found: [...(await setup.find())] };
    },
    choose(after: ChosenDevices): Record<never, never> {
      const { personId: actorId } = sessions.require(counter, 'auth.settings.edit');
      if (!setup) return refuse({ code: 'FIXED' });
      const before = setup.chosen();
      // Another terminal would deny an attempt that this one has charged.
      if (before.terminal.address !== after.terminal.address && cards.state().attempts.length > 0)
        return refuse({ code: 'CARD_UNSETTLED' });
      changeOwnSetting(counter, { actorId, setting: 'till.devices', before, after }, () => {
        if (!setup.choose(after)) refuse({ code: 'NO_ADDRESS' });
      });
      for (const topic of ['cards', 'cart'] as const) counter.live.changed(topic);
      return {};
    },
    async test(trial: DeviceTrial): Promise<TrialOutcome> {
      signedIn();
      if (!setup) return { state: 'failed', reason: 'no-driver', said: null };
      const dotsPerMm = trial.device === 'labels' ? trial.choice.dotsPerMm : 8;
      return setup.test(trial, sampleLabel(counter, dotsPerMm));
    },
  };
}

/** The store's own label of an article that nobody sells; Pestle's where that has no room for it. */
function sampleLabel(counter: Counter, dotsPerMm: number): LabelLayout {
  const values: LabelValues = {
    ...{ name: 'TEST', pack: counter.till().name, price: '0.00', unitPrice: '', code: 'TEST' },
    ...{ batch: '', expiry: '' },
  };
  for (const source of [counter.setting('catalog.label-template'), shelfLabel]) {
    const template = parseLabelTemplate(source);
    const laid = template.ok ? layoutLabel(template.value, values, dotsPerMm) : template;
    if (laid.ok) return laid.value;
  }
  throw new Error('the label Pestle brings can be laid out');
}
