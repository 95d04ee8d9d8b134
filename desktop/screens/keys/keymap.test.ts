import { describe, expect, test } from 'vitest';
import { capsOf, type KeyStroke } from './chord.ts';
import { commandIds, defaultKeymap } from './default-keys.ts';
import { commandFor, createKeymap, remap } from './keymap.ts';

describe('the key map', () => {
  test('gives every key to one command at most', () => {
    const chords = commandIds.flatMap((id) => [...defaultKeymap[id]]);
    expect(new Set(chords).size).toBe(chords.length);
  });

  test('goes by the physical key: Ctrl+K is Ctrl+K under an Arabic layout', () => {
    expect(commandFor(defaultKeymap, stroke('ن', 'KeyK', { ctrlKey: true }), 'text')?.id).toBe('palette');
  });

  test('goes by the character where the command is one: + is elsewhere on a German keyboard', () => {
    expect(commandFor(defaultKeymap, stroke('+', 'BracketRight'), 'none')?.id).toBe('more');
    expect(commandFor(defaultKeymap, stroke('+', 'NumpadAdd'), 'empty')?.id).toBe('more');
  });

  test('leaves typing to a field with text in it, and takes function keys from it', () => {
    expect(commandFor(defaultKeymap, stroke('+', 'Equal', { shiftKey: true }), 'text')).toBeNull();
    expect(commandFor(defaultKeymap, stroke('Delete', 'Delete'), 'text')).toBeNull();
    expect(commandFor(defaultKeymap, stroke('F9', 'F9'), 'text')?.id).toBe('pay');
  });

  test('tells F4 from Shift+F4, and leaves the system its own keys', () => {
    expect(commandFor(defaultKeymap, stroke('F4', 'F4'), 'none')?.id).toBe('hold');
    expect(commandFor(defaultKeymap, stroke('F4', 'F4', { shiftKey: true }), 'none')?.id).toBe('recall');
    expect(commandFor(defaultKeymap, stroke('F4', 'F4', { altKey: true }), 'none')).toBeNull();
    expect(commandFor(defaultKeymap, stroke('k', 'KeyK', { metaKey: true }), 'none')).toBeNull();
  });

  test('says which of a command’s keys it was: quick keys are one command', () => {
    expect(commandFor(defaultKeymap, stroke('"', 'Digit3', { ctrlKey: true }), 'text')).toEqual({
      id: 'quickKey',
      which: 2,
    });
  });

  test('can be changed, but not to a key that is taken', () => {
    expect(remap(defaultKeymap, 'reprint', ['F9'])).toEqual({
      ok: false,
      error: { code: 'chordTaken', by: 'pay' },
    });
    const changed = remap(createKeymap({ reprint: ['Ctrl+KeyR'] }), 'scan', ['F5', 'F2']);
    expect(changed.ok && commandFor(changed.value, stroke('F5', 'F5'), 'none')?.id).toBe('scan');
  });
});

test('key caps read as they are printed', () => {
  expect(['Ctrl+KeyK', 'Shift+F4', 'Ctrl+Digit1', 'Escape', 'char:+', 'ArrowUp'].map(capsOf)).toEqual([
    'Ctrl+K',
    'Shift+F4',
    'Ctrl+1',
    'Esc',
    '+',
    '↑',
  ]);
});

function stroke(key: string, code: string, more: Partial<KeyStroke> = {}): KeyStroke {
  return { key, code, ctrlKey: false, altKey: false, shiftKey: false, metaKey: false, ...more };
}
