import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';
import type { Effect } from '../tx.ts';
import { PEER_CHANNEL } from './peers.ts';

/** PostgreSQL refuses notifications of 8000 bytes and more. */
const NOTIFY_LIMIT = 7_800;

/** Other nodes hear of the effects when, and only when, the transaction commits. */
export async function notifyPeers(
  transaction: Kysely<Database>,
  origin: string,
  effects: Effect[],
): Promise<void> {
  let payload: string[] = [];
  let size = 0;
  const flush = async (): Promise<void> => {
    const message = `["${origin}",[${payload.join(',')}]]`;
    if (payload.length > 0) await sql`select pg_notify(${PEER_CHANNEL}, ${message})`.execute(transaction);
    payload = [];
    size = 0;
  };
  for (const effect of effects) {
    const text = JSON.stringify(effect);
    if (size + text.length > NOTIFY_LIMIT) await flush();
    payload.push(text);
    size += text.length + 1;
  }
  await flush();
}
