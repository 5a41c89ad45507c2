import { PAGE_SIZE, type Page } from '@vigie/contract';
import { readCursor, writeCursor } from './cursor.ts';

export interface PageQuery {
  cursor?: string | undefined;
  limit?: number | undefined;
}

/** Entries on a page. */
export function pageSize(query: PageQuery): number {
  return query.limit ?? PAGE_SIZE.usual;
}

/** A page of a short list that is in memory anyway, ordered by a rising number. */
export function pageOf<T>(all: T[], query: PageQuery, list: string, idOf: (item: T) => number): Page<T> {
  const after = query.cursor === undefined ? -1 : readCursor(query.cursor, list, ['number'])[0];
  const rest = all.filter((item) => idOf(item) > after);
  const items = rest.slice(0, pageSize(query));
  const last = items.at(-1);
  return {
    items,
    next: last === undefined || items.length === rest.length ? null : writeCursor(list, idOf(last)),
  };
}

/** A page from a query that asked for one row more than fits: the surplus tells that there is more. */
export function pageFrom<R, T>(
  rows: R[],
  query: PageQuery,
  present: (row: R) => T,
  cursorOf: (row: R) => string,
): Page<T> {
  const size = pageSize(query);
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return {
    items: shown.map(present),
    next: rows.length > size && last !== undefined ? cursorOf(last) : null,
  };
}
