import { useOwnSettings } from './settings/own-settings.ts';

/** What the cashier hears without looking: added, not known, must not be sold. */
export type Sound = 'ok' | 'unknown' | 'stop';

/** Frequency in Hz and length in ms of each beep, one after the other. */
const beeps: Readonly<Record<Sound, readonly (readonly [hz: number, ms: number])[]>> = {
  ok: [[1760, 55]],
  unknown: [
    [740, 90],
    [554, 130],
  ],
  stop: [
    [220, 160],
    [0, 60],
    [220, 160],
    [0, 60],
    [220, 240],
  ],
};

let audio: AudioContext | null = null;

/** Plays a sound. Browsers allow it after the first key; before that, and where there is no audio, it is silent. */
export function play(sound: Sound): void {
  if (!useOwnSettings.getState().sounds) return;
  audio ??= new AudioContext();
  if (audio.state === 'suspended') void audio.resume();
  let at = audio.currentTime;
  for (const [hz, ms] of beeps[sound]) {
    if (hz > 0) beep(audio, { hz, at, until: at + ms / 1000 });
    at += ms / 1000;
  }
}

function beep(context: AudioContext, { hz, at, until }: { hz: number; at: number; until: number }): void {
  const tone = new OscillatorNode(context, { type: 'square', frequency: hz });
  const volume = new GainNode(context, { gain: 0.05 });
  tone.connect(volume).connect(context.destination);
  tone.onended = () => volume.disconnect();
  tone.start(at);
  tone.stop(until);
}
