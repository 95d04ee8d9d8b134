import { useEffect, useRef, useState } from 'react';
import type { ScannerReader, ScannersView } from '#shared/auth/calls-scanners.ts';
import { useLive } from '../live.ts';
import { answerOf } from '../refusal.ts';
import { followScans } from '../scanner/follow.ts';
import { strokesOfText } from '../scanner/stroke.ts';
import { play } from '../sounds.ts';
import { useTill } from '../till.ts';
import { attachRecorder } from './record.ts';
import { begin, type Heard, hear, pass, type Setup } from './setup.ts';

/** What has become of the profile that was learnt. */
export type Keeping = 'no' | 'kept' | 'failed';

/** The three codes, one after another, with what is done about them. */
export function useSetup() {
  const { client, scanners } = useTill();
  const view = useLive(scanners);
  const [setup, setSetup] = useState<Setup>(begin);
  const [keeping, setKeeping] = useState<Keeping>('no');
  // Codes may come faster than React renders: each is heard by what the one before it left.
  const latest = useRef<Setup>(begin);
  const apply = (next: Setup) => {
    latest.current = next;
    setSetup(next);
    setKeeping('no');
  };
  useHeard((heard) => {
    const next = hear(latest.current, heard);
    if (next === latest.current) return;
    play(next.problem ? 'unknown' : 'ok');
    apply(next);
  });
  const learn = async (scannerId: string, profile: ScannersView['wedge']) => {
    const answer = await answerOf(client.auth.scanners.learn({ scannerId, profile }));
    setKeeping(answer.ok ? 'kept' : 'failed');
    return answer.ok;
  };
  return {
    ...{ view, setup, keeping },
    /** Passes over a code that this scanner cannot read. */
    pass: () => apply(pass(latest.current)),
    again: () => apply(begin),
    keep: () => {
      if (setup.learnt && setup.scannerId !== null) void learn(setup.scannerId, setup.learnt.profile);
    },
    /** Forgets what is known of the scanners that type. */
    forget: async () => {
      apply(begin);
      if (await learn('wedge', null)) setKeeping('no');
    },
  };
}

/** The reader that the codes came from; null for a scanner that types. */
export const readerOf = (view: ScannersView | null, scannerId: string | null): ScannerReader | null =>
  view?.readers.find(({ readerId }) => readerId === scannerId) ?? null;

function useHeard(onHeard: (heard: Heard) => void): void {
  const { client } = useTill();
  const current = useRef(onHeard);
  useEffect(() => {
    current.current = onHeard;
  });
  useEffect(() => attachRecorder(window, (burst) => current.current({ scannerId: 'wedge', ...burst })), []);
  useEffect(
    () =>
      followScans(client, ({ readerId, sent }) =>
        current.current({ scannerId: readerId, strokes: strokesOfText(sent), slowestMs: 0 }),
      ),
    [client],
  );
}
