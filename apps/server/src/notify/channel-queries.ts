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
