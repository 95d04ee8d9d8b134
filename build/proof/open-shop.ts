import { randomUUID } from 'node:crypto';
import { isDefinedError, ORPCError, safe } from '@orpc/client';
import type { Clock, Uptime } from '#shared/kernel/clock.ts';
import { bodyVersion, type Change, genesisHash } from '#shared/replica/changeset.ts';
import { tick } from '#shared/replica/hlc.ts';
import type { CartView } from '#shared/sales/calls-cart.ts';
import { storeScope } from '#shared/tables/scope.ts';
import { openTestTill, type TestTillOptions } from '../../desktop/hosts/test.ts';
import {
  ean,
  openingMs,
  type PackName,
  type PersonName,
  people,
  type ShopOptions,
  shopBase,
  staffOfShop,
  storeId,
  tillId,
} from './shop.ts';

/** The clocks of a machine in hand. `set` changes what the clock shows, `pass` lets time pass, `reboot` with it off. */
export type HandClock = Clock & {
  readonly uptime: Uptime;
  readonly set: (ms: number) => void;
  readonly pass: (ms: number) => void;
  readonly reboot: (offMs: number) => void;
};

/** A clock that stands still until it is set. */
export function handClock(startMs = openingMs): HandClock {
  let now = startMs;
  let elapsed = 0;
  let boots = 1;
  return {
    nowMs: () => now,
    uptime: {
      get boot() {
        return `boot ${boots}`;
      },
      elapsedMs: () => elapsed,
    },
    set: (ms) => {
      now = ms;
    },
    pass: (ms) => {
      now += ms;
      elapsed += ms;
    },
    reboot: (offMs) => {
      now += offMs;
      elapsed = 0;
      boots += 1;
    },
  };
}

export type OpenShop = Awaited<ReturnType<typeof openShop>>;
export type Counter = Pick<OpenShop, 'client'>;

/** The test shop's till, open, with a cashier signed in. */
export async function openShop({
  signedIn = 'cashier',
  clock = handClock(),
  shop = {},
  ...ports
}: { signedIn?: PersonName | null; clock?: HandClock; shop?: ShopOptions } & Pick<
  TestTillOptions,
  'printer' | 'devices' | 'folder' | 'log'
> = {}) {
  const opened = await openTestTill({
    ...{ base: shopBase(shop), people: staffOfShop, storeId, tillId, clock, uptime: clock.uptime },
    ...ports,
  });
  if (signedIn) await signIn(opened, signedIn);
  return { ...opened, clock };
}

export const commandId = (): string => randomUUID();
export const signIn = ({ client }: Counter, name: PersonName) => client.auth.signIn({ ...people[name] });
export const scan = ({ client }: Counter, code: string, packs = 1) =>
  client.sales.scan({ commandId: commandId(), code, packs });
export const scanPack = (counter: Counter, name: PackName, packs = 1) => scan(counter, ean(name), packs);

/** Pays what the cart shows, in cash and exactly. */
export async function payCash({ client }: Counter, cart: CartView) {
  const { totalMinor, cashDueMinor } = cart;
  return client.sales.pay({
    commandId: commandId(),
    totalMinor,
    tenders: [{ kind: 'cash', amountMinor: cashDueMinor }],
  });
}

/** What is in the cart now. */
export async function cartOf({ client }: Counter): Promise<CartView> {
  for await (const cart of await client.sales.cart()) return cart;
  throw new Error('the cart always shows itself');
}

/** What a call was refused with, as its caller sees it: the code, the data, and whether the contract knows it. */
export async function refusalOf(
  call: Promise<unknown>,
): Promise<{ code: string; data: unknown; defined: boolean }> {
  const { error } = await safe(call);
  if (!(error instanceof ORPCError)) throw new Error('expected a refusal of the contract', { cause: error });
  return { code: error.code, data: error.data, defined: isDefinedError(error) };
}

/** What the feed brings: HQ's numbered changes, taken in as the link would. */
export function hearFromHq(
  { till, clock }: Pick<OpenShop, 'till' | 'clock'>,
  changes: readonly Change[],
): void {
  const { counter } = till.enrolled();
  const hlc = tick(counter.identity.read().hlc, clock.nowMs());
  heard += 1;
  const head = { device: 'hq', inc: 1, dseq: heard, tx: `tx-${heard}`, parts: 1, prevHash: genesisHash, hlc };
  const kind = {
    type: 'test',
    v: bodyVersion,
    scope: storeScope(storeId),
    actor: 'hq',
    at: clock.nowMs(),
    skew: null,
  };
  const envelope = { ...head, ...kind, body: { changes } };
  const sealed = { text: JSON.stringify(envelope), hash: genesisHash, sig: '' };
  counter.transact(
    'from HQ',
    () => counter.replica.applyNumbered({ seq: heard, effHlc: hlc, sealed, envelope, at: clock.nowMs() }),
    'cart',
  );
}
let heard = 1;
