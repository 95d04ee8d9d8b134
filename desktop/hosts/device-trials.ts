import { randomUUID } from 'node:crypto';
import type { ChosenDevices, DeviceTrial, TrialOutcome } from '#shared/auth/calls-devices.ts';
import { poleFaces } from '#shared/auth/pole-size.ts';
import type { LabelLayout } from '#shared/catalog/label-layout.ts';
import type { Weight } from '#shared/sales/weighing.ts';
import { poleBytes } from '../devices/display/pole.ts';
import { printerPlace } from '../devices/printer-address.ts';
import { createLineScale } from '../devices/scale/line-scale.ts';
import { openTcpLine } from '../devices/tcp-line.ts';
import { question, readAnswer } from '../devices/terminal/protocol.ts';
import { labelsAt, lineTo, scaleProtocol } from './device-makers.ts';

/** Tries a device as it would be used, and says what stands in the way: nothing of the counter's own is changed. */
export async function tryDevice(
  trial: DeviceTrial,
  { label, fonts }: { readonly label: LabelLayout; readonly fonts: string },
): Promise<TrialOutcome> {
  switch (trial.device) {
    case 'labels':
      return tryLabels(await labelsAt(trial.choice, fonts).print([{ layout: label, copies: 1 }]));
    case 'scale':
      return tryScale(trial.choice);
    case 'display':
      return tryDisplay(trial.choice);
    case 'terminal':
      return tryTerminal(trial.choice.address);
  }
}

const works = (said: string | null = null): TrialOutcome => ({ state: 'works', reason: null, said });
const failed = (reason: string): TrialOutcome => ({ state: 'failed', reason, said: null });

const tryLabels = (outcome: Awaited<ReturnType<ReturnType<typeof labelsAt>['print']>>): TrialOutcome =>
  outcome.state === 'printed' ? works() : { state: outcome.state, reason: outcome.reason, said: null };

type Chosen<K extends keyof ChosenDevices> = NonNullable<ChosenDevices[K]>;

async function tryScale({ checkParity, ...choice }: Chosen<'scale'>): Promise<TrialOutcome> {
  if (choice.address === 'simulated') return works();
  const protocol = scaleProtocol(choice);
  const open = lineTo(choice.address, protocol);
  if (!open) return failed('no-driver');
  let inTheWay: string | null = null;
  const scale = createLineScale({
    ...{ protocol, checkParity },
    open: async () => {
      const line = await open();
      if ('code' in line) inTheWay = line.code;
      return line;
    },
  });
  const weighing = await scale.weigh();
  if (weighing.code === 'weighed') return works(weightText(weighing.weight));
  // An open line on which nothing comes is a scale that is off, or one of another protocol.
  return failed(inTheWay ?? (weighing.code === 'offline' ? 'no-answer' : weighing.code));
}

/** `1.255 kg`. */
function weightText({ amount, decimals, unit }: Weight): string {
  const figures = String(Math.abs(amount)).padStart(decimals + 1, '0');
  const whole = figures.slice(0, figures.length - decimals);
  const fraction = decimals === 0 ? '' : `.${figures.slice(-decimals)}`;
  return `${amount < 0 ? '-' : ''}${whole}${fraction} ${unit}`;
}

async function tryDisplay({ address, size, ...spoken }: Chosen<'display'>): Promise<TrialOutcome> {
  const open = lineTo(address);
  if (!open) return failed('no-driver');
  const line = await open();
  if ('code' in line) return failed(line.code);
  const { rows, columns } = poleFaces[size];
  const figures = '12345678901234567890'.slice(0, columns);
  const shown = Array<string>(rows).fill(figures);
  const sent = await line.send(poleBytes(shown, { ...spoken, columns }), WAIT_MS);
  await line.hangUp(WAIT_MS);
  return sent.failure ? failed(sent.failure) : works();
}

/** Asks about an attempt that nobody ever made: the terminal says that it has none, and no money moves. */
async function tryTerminal(address: string): Promise<TrialOutcome> {
  if (address === 'manual' || address === 'simulated') return works();
  const place = printerPlace(address);
  if (place?.kind !== 'tcp') return failed('no-driver');
  const line = await openTcpLine({ host: place.host, port: place.port }, TERMINAL_MS);
  if ('code' in line) return failed(line.code);
  const attemptId = `test-${randomUUID()}`;
  const read = (bytes: readonly number[]) => readAnswer(bytes, attemptId);
  const answer = await line.ask(question.ask(attemptId), read, TERMINAL_MS);
  await line.hangUp(0);
  return answer ? works() : failed('no-answer');
}

const WAIT_MS = 1000;
const TERMINAL_MS = 3000;
