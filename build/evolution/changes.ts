import type { Change, Row } from '#shared/replica/changeset.ts';

export const set = (t: string, id: string, cols: Row): Change => ({ t, op: 'set', id, cols });
export const insert = (t: string, row: Row): Change => ({ t, op: 'insert', row });
