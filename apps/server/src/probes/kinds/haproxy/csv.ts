/** HAProxy's statistics as CSV (management guide, section 9.1): columns are found by name, their number grows. */
import { ProbeFailure } from '../../failure.ts';

export type Row = ReadonlyMap<string, string>;

/** Rows that are read: servers, backends and frontends. */
const MOST_ROWS = 2_000;

/** Empty columns are absent. @throws ProbeFailure `protocol` when it is something else. */
export function rowsOf(csv: string): Row[] {
  const [head = '', ...lines] = csv.split(/\r?\n/);
  if (!head.startsWith('# pxname,svname,')) {
    throw new ProbeFailure('protocol', `what answered are no statistics of HAProxy: ${shown(head)}`);
  }
  const names = fieldsOf(head.slice(2));
  return lines
    .filter((line) => line !== '')
    .slice(0, MOST_ROWS)
    .map((line) => {
      const fields = fieldsOf(line);
      const pairs = names.map((name, at) => [name, fields[at] ?? ''] as const);
      return new Map(pairs.filter(([, value]) => value !== ''));
    });
}

function shown(line: string): string {
  return line.replace(/\p{Cc}/gu, ' ').slice(0, 100) || '(nothing)';
}

/** Fields with commas are quoted, quotes in them doubled. */
function fieldsOf(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain = '']) =>
    quoted === undefined ? plain : quoted.replaceAll('""', '"'),
  );
}
