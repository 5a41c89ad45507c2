import { ProbeFailure } from '../../failure.ts';
import type { RedisConnection } from '../../resp/connection.ts';

/** Names of the clients of a Redis. Null = this user may not list them. @throws ProbeFailure */
export async function clientNames(redis: RedisConnection): Promise<string[] | null> {
  try {
    const list = String(await redis.command('CLIENT', 'LIST', 'TYPE', 'normal'));
    return [...list.matchAll(/ name=(\S+)/g)].map(([, name = '']) => name);
  } catch (error) {
    if (error instanceof ProbeFailure && error.reason === 'forbidden') return null;
    throw error;
  }
}

/** Workers of a queue: BullMQ names their connections for it, and for the worker where that has a name. */
export function workersOf(names: readonly string[], prefix: string, queue: string): number {
  const wanted = `${prefix}:${Buffer.from(queue).toString('base64')}`;
  return names.filter((name) => name === wanted || name.startsWith(`${wanted}:w:`)).length;
}
