import type { Live } from '../live.ts';
import type { Projection } from '../store/replica.ts';

/** Another till has held a sale or taken one up: the list of those that wait, and a sale taken up twice, are shown anew. */
export const heldProjections = (live: Live): readonly Projection[] =>
  ['held_sale', 'held_end'].map((table) => ({
    table,
    apply: () => {
      live.changed('held');
      live.changed('cart');
    },
  }));
