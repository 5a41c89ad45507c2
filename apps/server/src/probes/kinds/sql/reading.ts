import type { SqlTable } from '../../databases/sql-table.ts';
import { ProbeFailure } from '../../failure.ts';

/** One row as a measured value. */
export interface Reading {
  labels: Record<string, string>;
  value: number;
}

/** Characters of a label's value. */
const LABEL_LENGTH = 200;

/**
 * A query's rows as values, `column` being the value's column if it is not empty.
 * @throws ProbeFailure `config` when it is not clear which column is the value, or rows differ in nothing but it;
 *   `assertion` when a value is no number.
 */
export function readingsOf({ columns, rows }: SqlTable, column: string): Reading[] {
  const at = valueColumn(columns, column);
  const name = columns[at]?.name ?? '';
  const seen = new Set<string>();
  return rows.map((row) => {
    const labels = Object.fromEntries(
      columns.flatMap(({ name }, index) => (index === at ? [] : [[labelName(name), labelValue(row[index])]])),
    );
    const key = JSON.stringify(labels);
    if (seen.has(key)) {
      throw new ProbeFailure(
        'config',
        `several rows have the same labels ${key}: each row must be another series`,
      );
    }
    seen.add(key);
    return { labels, value: numberOf(row[at], name) };
  });
}

function valueColumn(columns: SqlTable['columns'], wanted: string): number {
  const named = columns.findIndex(({ name }) => name === (wanted === '' ? 'value' : wanted));
  if (named !== -1) return named;
  const names = columns.map(({ name }) => name).join(', ');
  if (wanted !== '') {
    throw new ProbeFailure('config', `the query gives no column named ${wanted}; it gives ${names}`);
  }
  if (columns.length === 1) return 0;
  const numeric = columns.flatMap(({ isNumeric }, index) => (isNumeric ? [index] : []));
  const [only] = numeric;
  if (only === undefined) throw new ProbeFailure('config', `none of the columns ${names} is a number`);
  if (numeric.length === 1) return only;
  throw new ProbeFailure('config', `several columns are numbers (${names}): call the one that counts value`);
}

function numberOf(cell: unknown, column: string): number {
  if (cell === null || cell === undefined) {
    throw new ProbeFailure('assertion', `${column} is NULL, not a number`);
  }
  if (typeof cell === 'boolean') return cell ? 1 : 0;
  const isText = typeof cell === 'string' && cell.trim() !== '';
  const value = typeof cell === 'number' || isText ? Number(cell) : Number.NaN;
  if (Number.isFinite(value)) return value;
  throw new ProbeFailure('assertion', `${column} is ${JSON.stringify(labelValue(cell))}, not a number`);
}

function labelName(column: string): string {
  const name = column.replaceAll(/[^A-Za-z0-9_]/g, '_');
  return /^[A-Za-z_]/.test(name) ? name : `_${name}`;
}

function labelValue(cell: unknown): string {
  if (cell === null || cell === undefined) return '';
  if (cell instanceof Date) return cell.toISOString();
  const text = typeof cell === 'object' ? JSON.stringify(cell) : String(cell);
  return text.slice(0, LABEL_LENGTH);
}
