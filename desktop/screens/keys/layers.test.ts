import { describe, expect, test } from 'vitest';
import type { CommandId } from './default-keys.ts';
import { createLayers } from './layers.ts';

describe('the layers of a screen', () => {
  test('ask the innermost first, whatever the order in which they were added', () => {
    const { layers, add, called } = world();
    const [outer, inner] = [layers.nextOrder(), layers.nextOrder()];
    add('inner', inner, ['pay']);
    add('outer', outer, ['pay', 'hold']);
    layers.find('pay')?.(0);
    layers.find('hold')?.(0);
    expect(called).toEqual(['inner pay 0', 'outer hold 0']);
    expect(layers.find('discount')).toBeNull();
  });

  test('are hidden by a modal one, even when they change while it is open', () => {
    const { layers, add, called } = world();
    const screen = layers.nextOrder();
    const leave = add('screen', screen, ['pay']);
    add('stop', layers.nextOrder(), ['back'], true);
    leave();
    add('screen', screen, ['pay', 'hold']);
    expect([layers.find('pay'), layers.find('hold')]).toEqual([null, null]);
    layers.find('back')?.(0);
    expect(called).toEqual(['stop back 0']);
  });

  test('work again when the modal one is gone, and tell who watches', () => {
    const { layers, add } = world();
    add('screen', layers.nextOrder(), ['pay']);
    const leave = add('stop', layers.nextOrder(), [], true);
    const before = layers.version();
    let told = 0;
    const unsubscribe = layers.subscribe(() => {
      told += 1;
    });
    leave();
    unsubscribe();
    expect(layers.find('pay')).not.toBeNull();
    expect([told, layers.version() - before]).toEqual([1, 1]);
  });
});

function world() {
  const layers = createLayers();
  const called: string[] = [];
  const add = (name: string, order: number, ids: readonly CommandId[], modal = false) =>
    layers.add({
      order,
      modal,
      ids: new Set(ids),
      run: (id, which) => called.push(`${name} ${id} ${which}`),
    });
  return { layers, called, add };
}
