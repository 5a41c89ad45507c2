/** What a link that ends a report is good for. Reads only: programs that scan mails follow links. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { readUnsubscribeToken, type Unsubscription } from './unsubscribe-token.ts';

export type UnsubscribeState =
  | { is: 'good'; whose: Unsubscription; email: string; project: string; language: string }
  /** Whoever it was sent to is no member any more, or the project is gone. */
  | { is: 'gone'; language: string }
  /** We made no such link. */
  | { is: 'forged' };

export async function unsubscribeState(
  db: Kysely<Database>,
  secretKey: string,
  token: string,
): Promise<UnsubscribeState> {
  const whose = readUnsubscribeToken(secretKey, token);
  if (whose === null) return { is: 'forged' };
  const user = await db
    .selectFrom('users')
    .select(['email', 'language'])
    .where('id', '=', whose.userId)
    .executeTakeFirst();
  const membership = await db
    .selectFrom('members')
    .innerJoin('projects', 'projects.id', 'members.project_id')
    .select('projects.name')
    .where('members.user_id', '=', whose.userId)
    .where('members.project_id', '=', whose.projectId)
    .executeTakeFirst();
  if (user === undefined || membership === undefined) return { is: 'gone', language: user?.language ?? 'en' };
  return { is: 'good', whose, ...user, project: membership.name };
}
