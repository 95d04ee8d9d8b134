import { createContext, useContext } from 'react';
import type { SyncState, TillState, TimeState } from '#shared/auth/calls.ts';
import type { ScannersView } from '#shared/auth/calls-scanners.ts';
import type { PrintJobView } from '#shared/sales/calls.ts';
import type { CardsView } from '#shared/sales/calls-cards.ts';
import type { CartView } from '#shared/sales/calls-cart.ts';
import type { HeldView } from '#shared/sales/calls-held.ts';
import type { ShiftView } from '#shared/sales/calls-shift.ts';
import type { Connection } from './connection.ts';
import { createHands, type Hands } from './hands.ts';
import type { TillClient } from './link.ts';
import { createLive, type Live } from './live.ts';

/** The till as the screens have it: what can be asked, what is true, and what hands do to the sale. */
export interface Till {
  readonly client: TillClient;
  readonly connection: Connection;
  readonly hands: Hands;
  readonly state: Live<TillState>;
  readonly sync: Live<SyncState>;
  readonly time: Live<TimeState>;
  readonly scanners: Live<ScannersView>;
  readonly cart: Live<CartView>;
  readonly cards: Live<CardsView>;
  readonly held: Live<readonly HeldView[]>;
  readonly shift: Live<ShiftView>;
  readonly prints: Live<readonly PrintJobView[]>;
}

export function openTill({ client, connection }: Pick<Till, 'client' | 'connection'>): Till {
  const cart = createLive<CartView>(
    (signal) => client.sales.cart(undefined, { signal }),
    (view, than) => view.revision < than.revision,
  );
  return {
    client,
    connection,
    cart,
    hands: createHands(client, cart),
    cards: createLive((signal) => client.sales.cards.state(undefined, { signal })),
    held: createLive<readonly HeldView[]>((signal) => client.sales.held(undefined, { signal })),
    state: createLive((signal) => client.auth.state(undefined, { signal })),
    sync: createLive((signal) => client.auth.sync(undefined, { signal })),
    scanners: createLive((signal) => client.auth.scanners.scanners(undefined, { signal })),
    time: createLive((signal) => client.auth.time(undefined, { signal })),
    shift: createLive((signal) => client.sales.shift.state(undefined, { signal })),
    prints: createLive<readonly PrintJobView[]>((signal) => client.sales.printJobs(undefined, { signal })),
  };
}

const TillContext = createContext<Till | null>(null);
export const TillProvider = TillContext.Provider;

export function useTill(): Till {
  const till = useContext(TillContext);
  if (!till) throw new Error('useTill needs TillProvider above it');
  return till;
}
