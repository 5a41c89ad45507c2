/** Reading channels. */
import type { Kysely } from 'kysely';
import type { ChannelRow, Database } from '../store/schema.ts';

/** A channel by its names, without the settings: they hold secrets. */
export type ListedChannel = Pick<ChannelRow, 'id' | 'code' | 'name' | 'kind'>;

/** The channels of a project, in the order in which they were made. */
export async function channelsOf(db: Kysely<Database>, projectId: number): Promise<ListedChannel[]> {
  return db
    .selectFrom('channels')
    .select(['id', 'code', 'name', 'kind'])
    .where('project_id', '=', projectId)
    .orderBy('id')
    .execute();
}

/** Whether any project has a channel that is not switched off. */
export async function isAnyChannelOn(db: Kysely<Database>): Promise<boolean> {
  const one = await db
    .selectFrom('channels')
    .select('id')
    .where('disabled', '=', 0)
    .limit(1)
    .executeTakeFirst();
  return one !== undefined;
}

/** How many checks tell each of the channels, by the channel's id; one that none tells is left out. */
export async function checksByChannel(
  db: Kysely<Database>,
  channelIds: readonly number[],
): Promise<Map<number, number>> {
  if (channelIds.length === 0) return new Map();
  const rows = await db
    .selectFrom('check_channels')
    .select('channel_id')
    .select((e) => e.fn.countAll<number>().as('count'))
    .where('channel_id', 'in', channelIds)
    .groupBy('channel_id')
    .execute();
  return new Map(rows.map((row) => [row.channel_id, row.count]));
}
