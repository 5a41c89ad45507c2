/** INFO as a table: `name:value` lines, sections and empty lines left out. */
export type RedisInfo = ReadonlyMap<string, string>;

export function parseInfo(text: string): RedisInfo {
  const info = new Map<string, string>();
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0 && !line.startsWith('#')) info.set(line.slice(0, colon), line.slice(colon + 1));
  }
  return info;
}

/** A value as a number; NaN where there is none, which no measurement takes. */
export function numberOf(info: RedisInfo, name: string): number {
  return Number.parseFloat(info.get(name) ?? '');
}

/** Keys of a database, and those of them that expire. */
export interface Keyspace {
  db: number;
  keys: number;
  expires: number;
}

/** The databases that hold something: `db0:keys=2,expires=1,avg_ttl=0`; empty ones are absent. */
export function keyspacesOf(info: RedisInfo): Keyspace[] {
  return [...info].flatMap(([name, value]) => {
    const db = /^db(\d+)$/.exec(name)?.[1];
    const counts = /^keys=(\d+),expires=(\d+)/.exec(value);
    return db === undefined || counts === null
      ? []
      : [{ db: Number(db), keys: Number(counts[1]), expires: Number(counts[2]) }];
  });
}
