/** A figure as a person types it, with a point or a comma, in its smallest units; null where it is none. */
export function typedFigure(text: string, digits: number): number | null {
  const match = /^(\d{1,8})(?:[.,](\d*))?$/.exec(text.trim());
  const [, whole = '', part = ''] = match ?? [];
  if (!match || part.length > digits) return null;
  return Number(whole + part.padEnd(digits, '0'));
}

/** `HH:MM` of a time field as minutes of the day; null where nothing is typed. */
export function typedMinute(text: string): number | null {
  const match = /^(\d{2}):(\d{2})$/.exec(text);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
}

/** Minutes of the day as `HH:MM`. */
export const minuteText = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
