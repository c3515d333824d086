/** A column of a table. */
export interface Column {
  readonly title: string;
  readonly alignRight?: boolean;
}

/** A table of the report. */
export interface Section {
  readonly title: string;
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly string[])[];
  /** The number of rows that are left out. */
  readonly more: number;
}

/** More rows than anyone reads; JSON has all of them. */
const MAX_ROWS = 50;

export const toRight = (title: string): Column => ({ title, alignRight: true });
export const toLeft = (title: string): Column => ({ title });

export function section(
  title: string,
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
): Section {
  return { title, columns, rows: rows.slice(0, MAX_ROWS), more: Math.max(0, rows.length - MAX_ROWS) };
}
