import { type Kysely, sql } from 'kysely';
import type { Database } from '../schema.ts';

/** The advisory lock of whose turn it is: any number that nothing else in the database uses ("vigi" in ASCII). */
const TURN = 0x76696769;
/** Milliseconds after which PostgreSQL ends a transaction whose node does not go on. */
const STALLED = 10_000;

/**
 * Nodes on one PostgreSQL commit their groups one after another: a group locks many rows in the order of its
 * commands, and two at once would wait for each other. One that stalls loses its turn with its transaction.
 */
export async function takeTurn(transaction: Kysely<Database>): Promise<void> {
  await sql`select set_config('idle_in_transaction_session_timeout', ${String(STALLED)}, true),
    pg_advisory_xact_lock(${TURN})`.execute(transaction);
}
