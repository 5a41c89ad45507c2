import type { RedisConnection } from '../../resp/connection.ts';

/** What counts the entries of a key, by its type. */
const COUNT: Record<string, string> = {
  string: 'STRLEN',
  list: 'LLEN',
  set: 'SCARD',
  zset: 'ZCARD',
  hash: 'HLEN',
  stream: 'XLEN',
};

/** Entries of a list, set, hash or stream, bytes of a string; 0 = there is no such key. @throws ProbeFailure */
export async function keySize(connection: RedisConnection, key: string): Promise<number> {
  const command = COUNT[String(await connection.command('TYPE', key))];
  return command === undefined ? 0 : Number(await connection.command(command, key));
}
