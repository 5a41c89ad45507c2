/** What a link that acknowledges is good for, at an instant. Reads only: programs that scan mails follow links. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import { ACK_LINK_LIFE, readAckToken } from './ack-token.ts';

/** The alert that a link is about. */
export interface LinkedAlert {
  id: number;
  projectId: number;
  name: string;
  /** What it is about, as far as its labels say. */
  about: string;
  startsAt: number;
  drill: boolean;
  /** The channel that the link was sent to. */
  channelName: string;
}

export type AckLinkState =
  | { is: 'good'; alert: LinkedAlert }
  | { is: 'acknowledged'; alert: LinkedAlert; at: number; by: string }
  | { is: 'resolved'; alert: LinkedAlert; at: number }
  | { is: 'expired'; alert: LinkedAlert }
  /** Its alert or its channel was deleted. */
  | { is: 'gone' }
  /** We made no such link. */
  | { is: 'forged' };

export async function ackLinkState(
  db: Kysely<Database>,
  secretKey: string,
  token: string,
  now: number,
): Promise<AckLinkState> {
  const link = readAckToken(secretKey, token);
  if (link === null) return { is: 'forged' };
  const row = await db
    .selectFrom('alerts')
    .innerJoin('channels', 'channels.project_id', 'alerts.project_id')
    .selectAll('alerts')
    .select('channels.name as channel_name')
    .where('alerts.id', '=', link.alertId)
    .where('channels.id', '=', link.channelId)
    .executeTakeFirst();
  if (row === undefined) return { is: 'gone' };
  const labels = JSON.parse(row.labels) as Record<string, string>;
  const alert: LinkedAlert = {
    id: row.id,
    projectId: row.project_id,
    name: row.name,
    about: labels['check'] ?? labels['instance'] ?? labels['service'] ?? labels['job'] ?? '',
    startsAt: row.starts_at,
    drill: row.drill === 1,
    channelName: row.channel_name,
  };
  if (row.acked_at !== null) return { is: 'acknowledged', alert, at: row.acked_at, by: row.acked_by };
  if (row.state !== 'firing') return { is: 'resolved', alert, at: row.resolved_at ?? row.updated_at };
  if (now > (row.notified_at ?? row.raised_at) + ACK_LINK_LIFE) return { is: 'expired', alert };
  return { is: 'good', alert };
}
