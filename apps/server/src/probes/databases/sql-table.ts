/** What a query gave. */
export interface SqlTable {
  columns: {
    name: string;
    /** Whether its type is one of numbers. */
    isNumeric: boolean;
  }[];
  /** Cells as the client library gives them: large numbers are texts. */
  rows: unknown[][];
}

/**
 * A query as part of another, so that it can do nothing but read, and give `limit` rows at most. Line breaks keep a
 * comment at its end from swallowing what follows.
 */
export function limited(query: string, limit: number): string {
  return `select * from (\n${query.replace(/[\s;]+$/, '')}\n) as vigie limit ${limit}`;
}
