import type { Database } from 'better-sqlite3';
import type { TillState, TimeState } from '#shared/auth/calls.ts';
import type { ScannersView } from '#shared/auth/calls-scanners.ts';
import type { FoundBackup, RecoveryPapers } from '#shared/auth/calls-upkeep.ts';
import type { TillStanding } from '#shared/auth/update-policy.ts';
import { createIds } from '#shared/kernel/ids.ts';
import { fingerprintOf } from '#shared/replica/fingerprint.ts';
import { incarnationLetter } from '#shared/sales/receipt-number.ts';
import { changeOwnSetting } from './audit-setting.ts';
import { packDiagnostics } from './auth/diagnostics.ts';
import { createScannerDesk } from './auth/scanners.ts';
import { standingForUpdate } from './auth/update-standing.ts';
import { createEnrolledTill, type EnrolledTill } from './enrolled-till.ts';
import { createLive } from './live.ts';
import type { Restoration, TillPorts } from './ports.ts';
import { refuse } from './refuse.ts';
import { type JoinInput, joinHq } from './replication/join.ts';
import { askToRejoin, becomeDevice } from './replication/rejoin.ts';
import { sha256 } from './store/crypto.ts';
import { createIdentityStore } from './store/identity.ts';
import { moveTo } from './store/move.ts';

export type Till = ReturnType<typeof createTill>;

/** One counter over an open database: enrolled or not. The hosts give it its ports and serve its router. */
export function createTill(opened: Database, given: TillPorts) {
  /** Another once a backup was restored. */
  let db = opened;
  let ports = given;
  let identity = createIdentityStore(db);
  const live = createLive();
  const ids = createIds(ports);
  /** HQ's key as it was shown when this till joined, until the org's own row has come. */
  let shownHqKey = '';
  let restoring = false;
  let enrolled: EnrolledTill | null = identity.find() ? enter() : null;

  /** Everything of an enrolled till, over the database and the ports of now. */
  function enter(): EnrolledTill {
    return createEnrolledTill({ db, ports, live, ids, shownHqKey, onMoved: (storeId) => void move(storeId) });
  }

  /** Moved to another store: everything of the old one goes, and the till comes up anew without a base. */
  async function move(storeId: string): Promise<void> {
    await enrolled?.stop();
    moveTo(db, storeId);
    enrolled = enter();
    enrolled.start();
    for (const topic of ['state', 'cart', 'sync'] as const) live.changed(topic);
  }

  /** Who is signed in set up a scanner; before anybody is there is no name to tell. */
  function auditScanners(before: ScannersView, after: ScannersView): void {
    if (!enrolled) return;
    const { counter, sessions } = enrolled;
    const actorId = sessions.read(counter)?.personId;
    if (actorId === undefined) return;
    const told = { actorId, setting: 'till.scanners', type: 'scanner-setup', before, after } as const;
    changeOwnSetting(counter, told, () => {});
  }

  function state(): TillState {
    if (enrolled) return enrolled.state();
    if (!ports.lost) return { phase: 'first-run' };
    const { why, lastWrittenAt, bytes, folder } = ports.lost;
    return { phase: 'key-lost', why, lastWrittenAt, bytes, folder };
  }

  /** The till goes on over the database that was brought back; where that failed, over what it had. */
  async function takeOver(bringBack: () => Promise<Restoration>): Promise<BroughtBack> {
    restoring = true;
    const done = await bringBack().finally(() => {
      restoring = false;
    });
    ({ db } = done);
    ports = { ...ports, subjectKeys: done.subjectKeys };
    identity = createIdentityStore(db);
    if (!done.outcome.ok) return refuse({ ...done.outcome.error });
    ports = { ...ports, lost: undefined };
    enrolled = enter();
    enrolled.start();
    for (const topic of ['state', 'cart', 'sync'] as const) live.changed(topic);
    const { inc } = identity.read();
    return { letter: incarnationLetter(inc), waiting: enrolled.link.state().waiting };
  }

  /** What this till knows of itself, for support. A backup's folder may be called by a person's name. */
  function told() {
    const { plan, lastGood = null, ...backup } = enrolled?.backups.state() ?? {};
    return {
      phase: state().phase,
      sync: enrolled?.link.state() ?? null,
      time: enrolled?.time.state() ?? noTime,
      backup: {
        ...backup,
        lastGood: lastGood && { ...lastGood, folder: undefined },
        everyHours: plan?.everyHours,
      },
    };
  }

  return {
    live,
    scanners: createScannerDesk(ports.scanners, live, auditScanners),
    /** The enrolled till, or the refusal that there is none yet. */
    enrolled: () => enrolled ?? refuse({ code: 'NOT_ENROLLED' }),
    state,
    sync: () => enrolled?.link.state() ?? null,
    time: (): TimeState => enrolled?.time.state() ?? noTime,

    async join(input: JoinInput): Promise<{ storeName: string; tillName: string }> {
      // What joined over the database of a till whose key is gone would be in its place.
      if (enrolled || restoring || ports.lost) refuse({ code: 'ALREADY_ENROLLED' });
      const joined = await joinHq(input, {
        ...ports,
        fingerprintOf: (hqKey) => fingerprintOf(sha256(Buffer.from(hqKey, 'base64url'))),
      });
      const { device, inc, storeId, tillId, hqUrl } = joined;
      db.transaction(() => identity.enrol({ device, inc, storeId, tillId, hqUrl })).immediate();
      shownHqKey = joined.hqKey;
      enrolled = enter();
      live.changed('state');
      await enrolled.link.now();
      if (enrolled.state().phase === 'joining') return { storeName: '', tillName: '' };
      return { storeName: enrolled.counter.shop().name, tillName: enrolled.counter.till().name };
    },

    /**
     * A till that HQ has revoked is put to work again with a new code: as a new device, with all it has. It sells under
     * its next letter; what it had not sent goes up as the former device signed it.
     */
    async rejoin({ code }: { readonly code: string }): Promise<Record<string, never>> {
      if (!enrolled) return refuse({ code: 'NOT_ENROLLED' });
      if (enrolled.state().phase !== 'revoked') refuse({ code: 'NOT_REVOKED' });
      const { hqUrl } = identity.read();
      const joined = await askToRejoin(db, { code, hqUrl, how: 'kept-vault' }, ports);
      await enrolled.stop();
      becomeDevice(db, ports.vault, joined);
      enrolled = enter();
      enrolled.start();
      for (const topic of ['state', 'cart', 'sync'] as const) live.changed(topic);
      return {};
    },

    /**
     * A till that belongs to no store becomes that of a backup, under its next letter: what the backup had not sent goes to
     * HQ, what HQ has beyond it comes back.
     */
    async restore({ path, papers }: RestoreInput): Promise<BroughtBack> {
      if (enrolled || restoring) refuse({ code: 'ALREADY_ENROLLED' });
      return takeOver(() => ports.restore(path, papers));
    },
    /** Its own database comes back by the org's recovery key; all it had not sent goes up as it was signed. */
    async recover(papers: RecoveryPapers): Promise<BroughtBack> {
      const lost = ports.lost ?? refuse({ code: 'KEY_NOT_LOST' });
      if (restoring) refuse({ code: 'UNDER_WAY' });
      return takeOver(() => lost.recover(papers));
    },
    findBackups(place: string | undefined): FoundBackup[] {
      if (enrolled) refuse({ code: 'ALREADY_ENROLLED' });
      return [...ports.findBackups(place)];
    },
    drives: () => [...ports.drives()],
    diagnostics: () => packDiagnostics(db, told(), { ...ports, ...ports.setup?.now() }),
    versions: () => ({ installed: ports.version, fetched: ports.fetchedUpdate?.() ?? null }),
    /** Null while another database takes this one's place. */
    standing: (): TillStanding | null =>
      restoring
        ? null
        : // Nobody can say what a till without its key was in the middle of.
          standingForUpdate(db, ports.lost !== undefined || (enrolled?.backups.state().running ?? false)),

    start(): void {
      enrolled?.start();
    },
    /** Closes everything in order; the database last, by the host. */
    async stop(): Promise<void> {
      await enrolled?.stop();
    },
  };
}

const noTime: TimeState = { aheadMs: 0, skewMs: null, confirm: null };
/** The letter its receipts go on under, and how many changes go up. */
type BroughtBack = { readonly letter: string; readonly waiting: number };
type RestoreInput = { readonly path: string; readonly papers?: RecoveryPapers | undefined };
