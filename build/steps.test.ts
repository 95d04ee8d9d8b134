import { expect, test } from 'vitest';
import { runSteps } from './steps.ts';

test('a step beside the others begins in its turn, holds none of them up, and counts like them', async () => {
  const order: string[] = [];
  const ended = Promise.withResolvers<void>();
  const total = await runSteps([
    {
      name: 'first',
      run: () => {
        order.push('first');
        return { passed: 1, failed: 0 };
      },
    },
    {
      name: 'beside',
      beside: true,
      run: async () => {
        order.push('beside begins');
        await ended.promise;
        order.push('beside ends');
        return { passed: 0, failed: 1 };
      },
    },
    {
      name: 'last',
      run: () => {
        order.push('last');
        ended.resolve();
        throw new Error('it fails');
      },
    },
  ]);
  expect(order).toEqual(['first', 'beside begins', 'last', 'beside ends']);
  expect(total).toEqual({ passed: 1, failed: 2 });
});
