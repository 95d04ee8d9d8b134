/** A write to a register row: a `Change` of shared/replica. Only changed columns, all of them for a new row. */
export type RegisterEdit = {
  readonly t: string;
  readonly op: 'set';
  readonly id: string;
  readonly cols: Readonly<Record<string, unknown>>;
};

export const edit = (t: string, id: string, cols: RegisterEdit['cols']): RegisterEdit => ({
  t,
  op: 'set',
  id,
  cols,
});
