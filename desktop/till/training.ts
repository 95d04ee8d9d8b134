import { z } from 'zod';
import type { InPlace } from '#shared/auth/calls.ts';
import type { TrainingView } from '#shared/auth/calls-training.ts';
import { staysSignedIn, type TrainingEnd, trainingRight, trainingStop } from '#shared/auth/training.ts';
import { trainingWords } from '#shared/sales/receipt-training.ts';
import { auditChange, type Told } from './audit-change.ts';
import { authorise } from './authorise.ts';
import type { Counter } from './counter.ts';
import { createLive } from './live.ts';
import type { Pins } from './pins.ts';
import type { Practice, TillPorts } from './ports.ts';
import { orRefuse, refuse } from './refuse.ts';
import { createPreferences } from './store/preferences.ts';
import { createTill, type Till } from './till.ts';
import { trainingPorts } from './training-ports.ts';

/** A till of a training, for as long as it is on: `over` is aborted when it ends. */
type OpenTraining = { readonly till: Till; readonly over: AbortSignal };

export type Training = {
  readonly watch: (signal: AbortSignal | undefined) => AsyncGenerator<TrainingView>;
  readonly current: () => OpenTraining | null;
  readonly begin: (wish: BeginTraining) => Promise<TrainingView>;
  readonly end: (trainingId: string) => Promise<TrainingView>;
  /** The till is being stopped; the next start is in the real till. */
  readonly stop: () => Promise<void>;
};

type BeginTraining = { readonly trainingId: string; readonly inPlace?: InPlace | undefined };

type Running = OpenTraining & {
  readonly trainingId: string;
  readonly personId: string;
  readonly startedBy: string;
  readonly since: number;
  readonly practice: Practice;
  readonly end: AbortController;
};

/**
 * Training at a counter: a second till beside the real one, on a database of its own, until somebody leaves it. The real till
 * goes on following HQ meanwhile, with nobody signed in, so that nothing can be sold there by mistake; its sale waits on
 * its disk. Who began and ended it stands in the real till's audit. It does not outlive the process: a till that was
 * killed in training comes up as the real one, and says in the audit that the training was cut off.
 */
export function createTraining(real: Till, ports: TillPorts): Training {
  const { live } = real;
  let running: Running | null = null;
  let beginning: { readonly trainingId: string; readonly done: Promise<TrainingView> } | null = null;

  const state = (): TrainingView => {
    if (!running) return { on: null };
    const { trainingId, since, startedBy } = running;
    return { on: { trainingId, since, startedBy } };
  };
  const may = (): void => {
    const { cards } = real.enrolled();
    const openCardAttempts = cards.state().attempts.length;
    const stop = trainingStop({ isOn: running !== null, openCardAttempts });
    if (stop) refuse(stop);
  };

  async function open({ trainingId, inPlace }: BeginTraining): Promise<TrainingView> {
    const { practice: make } = ports;
    if (!make) return refuse({ code: 'NO_TRAINING_HERE' });
    const { counter, sessions, pins } = real.enrolled();
    const { actor, authorisedBy } = await authorise({ counter, sessions, pins }, trainingRight, inPlace);
    may();
    const practice = orRefuse(await make());
    try {
      // Making it took a while, in which the counter went on.
      may();
      if (sessions.read(counter)?.personId !== actor.personId) refuse({ code: 'CHANGED_HANDS' });
      const words = trainingWords(counter.shop().language);
      const here: Pins = { check: (_practised, personId, pin) => pins.check(counter, personId, pin) };
      const till = createTill(practice.db, trainingPorts(ports, { practice, words, pins: here }));
      const { personId, name: startedBy } = actor;
      const since = counter.clock.nowMs();
      note(counter, {
        told: {
          actorId: personId,
          action: 'training.begun',
          details: authorisedBy === null ? null : { authorisedBy },
        },
        mark: { personId },
      });
      const end = new AbortController();
      running = { ...{ till, over: end.signal, trainingId, personId, startedBy, since, practice, end } };
      till.start();
      till.enrolled().sessions.begin(personId, since);
      sessions.end();
    } catch (problem) {
      practice.close();
      throw problem;
    }
    for (const topic of ['training', 'state', 'cart', 'sync'] as const) live.changed(topic);
    return state();
  }

  async function close(how: TrainingEnd): Promise<void> {
    const ended = running;
    if (!ended) return;
    running = null;
    const { till, practice, personId, end } = ended;
    const { counter, sessions } = real.enrolled();
    const at = till.enrolled();
    const atTheEnd = at.sessions.read(at.counter)?.personId ?? null;
    try {
      const told = { actorId: atTheEnd ?? personId, action: 'training.ended', details: { how } };
      note(counter, { told, mark: null });
    } catch (problem) {
      // Whatever fails, one may leave. The mark stays, and the next start writes it down.
      ports.log.warn('training-end-not-audited', { problem: String(problem) });
    }
    if (how === 'left' && staysSignedIn(personId, atTheEnd)) sessions.begin(personId, counter.clock.nowMs());
    end.abort();
    for (const topic of ['training', 'state', 'cart', 'sync'] as const) live.changed(topic);
    await till.stop();
    practice.close();
  }

  const lookAtTill = (): void => {
    if (!running || ['sign-in', 'ready'].includes(real.state().phase)) return;
    close('till-changed').catch((problem) =>
      ports.log.warn('training-not-closed', { problem: String(problem) }),
    );
  };
  live.listen('state', lookAtTill);
  noteCutOff(real);

  return {
    watch: (signal) => live.watch('training', state, signal),
    current: () => running,
    begin(wish) {
      if (running?.trainingId === wish.trainingId) return Promise.resolve(state());
      if (beginning?.trainingId === wish.trainingId) return beginning.done;
      if (beginning) return refuse({ code: 'TRAINING_ON' });
      const done = open(wish).finally(() => {
        beginning = null;
      });
      beginning = { trainingId: wish.trainingId, done };
      return done;
    },
    async end(trainingId) {
      if (running?.trainingId === trainingId) await close('left');
      return state();
    },
    async stop() {
      await beginning?.done.catch(() => {});
      await close('till-closed');
    },
  };
}

/** Where a till stands alone, as under a test: it is always the real one. */
export const noTraining: Training = {
  watch: (signal) => createLive().watch('training', () => ({ on: null }), signal),
  current: () => null,
  begin: () => refuse({ code: 'NO_TRAINING_HERE' }),
  end: async () => ({ on: null }),
  stop: async () => {},
};

/** The key of `preference` under which a training that is on is known to the next start. */
const MARK = 'training';
const mark = z.object({ personId: z.string() });

/** One line of the real till's audit, and in the same transaction whether a training is on. */
function note(
  counter: Counter,
  { told, mark: on }: { readonly told: Told; readonly mark: z.infer<typeof mark> | null },
): void {
  const preferences = createPreferences(counter.db);
  counter.transact(
    'training',
    () => {
      const changes = [auditChange(counter, counter.today(), told)];
      counter.replica.record({ type: 'training', actor: told.actorId, subjectId: null, changes });
      if (on) preferences.keep(MARK, on);
      else preferences.forget(MARK);
    },
    'sync',
  );
}

/** A training that the last process did not live to end. */
function noteCutOff(real: Till): void {
  if (!['sign-in', 'ready'].includes(real.state().phase)) return;
  const { counter } = real.enrolled();
  const left = createPreferences(counter.db).read(MARK, mark);
  if (left === null) return;
  const how: TrainingEnd = 'cut-off';
  note(counter, { told: { actorId: left.personId, action: 'training.ended', details: { how } }, mark: null });
}
