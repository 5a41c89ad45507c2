/** One message in place of those beyond a channel's budget: they are rows of its lane that are never sent. */
import { type Kysely, sql } from 'kysely';
import type { Database } from '../store/schema.ts';
import { alertTitle } from './alert-check.ts';
import type { Digest, MessageCheck } from './message.ts';
import { testCheck } from './test-message.ts';

/** Alerts that a digest names. */
const NAMED = 50;

/** The lane and the key of the digest of a channel's hour. */
export function digestKey(channelId: number, hourFrom: number): string {
  return `digest:${channelId}:${hourFrom}`;
}

/** What these deliveries, as far as they are digests, have to tell, by the delivery's id. */
export async function digestsOf(
  db: Kysely<Database>,
  deliveries: readonly { id: number; kind: string; lane: string }[],
): Promise<Map<number, Digest>> {
  const digests = new Map<number, Digest>();
  for (const { id, kind, lane } of deliveries) {
    if (kind === 'digest') digests.set(id, await digestOf(db, lane));
  }
  return digests;
}

async function digestOf(db: Kysely<Database>, lane: string): Promise<Digest> {
  const gathered = db
    .selectFrom('deliveries')
    // A literal: only then do both engines use the index of gathered deliveries.
    .where('state', '=', sql.lit('gathered'))
    .where('lane', '=', lane);
  const { messages } = await gathered
    .select((e) => e.fn.countAll<number>().as('messages'))
    .executeTakeFirstOrThrow();
  const own = db.selectFrom('alerts').where('id', 'in', gathered.select('alert_id'));
  const states = await own
    .select(['state', (e) => e.fn.countAll<number>().as('count')])
    .groupBy('state')
    .execute();
  const countOf = (wanted: string): number => states.find(({ state }) => state === wanted)?.count ?? 0;
  // What fires comes first, by the words of the states.
  const alerts = await own
    .select(['name', 'labels', 'state', 'starts_at'])
    .orderBy('state')
    .orderBy('id')
    .limit(NAMED)
    .execute();
  return {
    messages,
    firing: countOf('firing'),
    resolved: countOf('resolved'),
    alerts: alerts.map(({ name, labels, state, starts_at }) => ({
      title: alertTitle({ name, labels: JSON.parse(labels) as Record<string, string> }),
      firing: state === 'firing',
      startsAt: starts_at,
    })),
  };
}

/** A digest dressed as a check, for channels that know nothing else; those of one channel share a key. */
export function digestCheck(projectId: number, channelId: number, digest: Digest, at: number): MessageCheck {
  return {
    ...testCheck(projectId, channelId, at),
    name: `${digest.messages} messages in one`,
    slug: 'digest',
    unique_key: `vigie-digest-${channelId}`,
  };
}
