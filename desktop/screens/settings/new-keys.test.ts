import { expect, test } from 'vitest';
import { keysPressed, usualKeys } from './new-keys.ts';

const stroke = (code: string, more = {}) => ({
  ...{ key: code, code, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false },
  ...more,
});

test('a free key becomes the command’s, in the place of its usual ones', () => {
  expect(keysPressed({}, 'pay', stroke('KeyU', { key: 'u', ctrlKey: true }))).toEqual({
    ...{ code: 'given', keys: { pay: ['Ctrl+KeyU'] } },
  });
});

test('a key of another command is refused, and says whose it is', () => {
  expect(keysPressed({}, 'pay', stroke('F3'))).toEqual({ code: 'taken', by: 'customer' });
  expect(keysPressed({ customer: ['Ctrl+KeyU'] }, 'pay', stroke('F3'))).toMatchObject({ code: 'given' });
});

test.each([
  ['KeyA', { key: 'a' }],
  ['Enter', {}],
  ['Tab', {}],
  ['ArrowDown', {}],
  ['Escape', {}],
])('%s belongs to fields and lists', (code, more) => {
  expect(keysPressed({}, 'pay', stroke(code, more))).toEqual({ code: 'types' });
});

test('a modifier alone is only the beginning', () => {
  expect(keysPressed({}, 'pay', stroke('ControlLeft', { key: 'Control' }))).toEqual({ code: 'pressing' });
});

test('usual keys come back, unless another command has one of them meanwhile', () => {
  expect(usualKeys({ pay: ['Ctrl+KeyU'] }, 'pay')).toEqual({ code: 'given', keys: {} });
  expect(usualKeys({ pay: ['Ctrl+KeyU'], hold: ['F9'] }, 'pay')).toEqual({ code: 'taken', by: 'hold' });
});
