import type { CartLineView } from '#shared/sales/calls-cart.ts';
import { setDesk } from '../desk.ts';
import { QuantityInput } from './quantity-input.tsx';
import { useSelling } from './use-selling.ts';

/** Types the quantity of a line of the sale. */
export function QuantityEditor({ line }: { readonly line: CartLineView }) {
  const { setBase } = useSelling();
  return (
    <div className="relative col-span-2">
      <QuantityInput
        of={line}
        onSet={(base) => base !== line.qtyBase && void setBase(line, base)}
        onLeave={() => setDesk({ editingLineId: null })}
      />
    </div>
  );
}
