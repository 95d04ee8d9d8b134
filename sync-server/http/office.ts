import type { Express } from 'express';
import { revokeTill } from '../auth/enrol.ts';
import { createCode } from '../auth/enrolment-codes.ts';
import { hqFingerprint } from '../auth/hq-keys.ts';
import { pinVerifier } from '../auth/pins.ts';
import { createSignIn, sessionSecret } from '../auth/sign-in.ts';
import { createImports, type Imports } from '../catalog/imports.ts';
import { inspectPath } from '../catalog/inspect.ts';
import { readyProfiles } from '../catalog/profiles.ts';
import { createOutageImports } from '../intake/outage-bundle.ts';
import { createIntake } from '../intake/push.ts';
import { createSignatureCheck } from '../intake/signature-check.ts';
import { createSalesWatch } from '../sales/watch.ts';
import { writeChanges } from '../store/writer.ts';
import type { HqNode } from './compose.ts';
import { createRpc } from './rpc.ts';
import { mountBackOffice } from './rpc-mounts.ts';
import { createUploads } from './rpc-uploads.ts';
import { webMount } from './rpc-web.ts';

export type OfficeOptions = {
  /** The built back office (dist/web). */
  readonly webDir: string;
  /** Where browsers and tills find HQ when a proxy stands before it; else the node's own address. */
  readonly publicUrl?: string | undefined;
  /** Of the org, for guesses at files without one. */
  readonly currency?: string;
};

export type MountedOffice = {
  readonly mounts: (app: Express) => void;
  readonly imports: Imports;
  readonly stop: () => Promise<void>;
};

/** Puts the back office together on a node of HQ: sign-in, calls, imports, pages. */
export function createOffice(node: HqNode, options: OfficeOptions): MountedOffice {
  const { pool, keys, clock, ids, dataDir, log } = node;
  const publicUrl = () => options.publicUrl ?? node.url();
  const onError = (problem: unknown) => log.error({ problem }, 'a call of the back office failed');
  const uploads = createUploads({ dataDir, ids });
  const imports = createImports({
    ...{ pool, dataDir, clock, ids },
    writeChanges: (client, actor, type, changes, written) =>
      writeChanges(client, { actor, type, written }, changes),
  });
  const signatures = createSignatureCheck(pool, onError);
  const outages = createOutageImports({
    ...{ pool, clock, ids, bundleKey: keys.bundleKey },
    intake: createIntake(pool, signatures),
  });
  const signIn = createSignIn({
    pool,
    secret: sessionSecret(keys.signingKeyPem),
    publicUrl: options.publicUrl ?? 'http://127.0.0.1',
  });
  const rpc = createRpc({
    ...{ pool, clock, ids, signIn, imports, outages, publicUrl, pinVerifier, onError },
    reportsPool: pool,
    fingerprint: async () => hqFingerprint(keys.publicKey),
    createCode: (tillId) => createCode(pool, tillId, clock.nowMs()),
    revokeTill: (tillId, actor) => revokeTill(pool, tillId, actor),
    salesWatch: createSalesWatch({ pool, onChange: node.listener.onChange }),
    readyMade: readyProfiles,
    inspect: (path, profiles) => inspectPath(path, { profiles, currency: options.currency ?? 'EUR' }),
    uploadPath: uploads.path,
  });
  return {
    imports,
    mounts: (app) => {
      mountBackOffice(app, { signIn, rpc, uploads, issuesPath: imports.issuesPath, onError });
      webMount(app, { dir: options.webDir });
    },
    stop: async () => {
      await imports.close();
      await signatures.settled();
    },
  };
}
