/** Saying that a silence ends soon, to whoever would be told of what it hides. */
import type { Kysely } from 'kysely';
import type { Database } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { requestWork } from '../work/queue.ts';
import { Budgets } from './budget.ts';
import { cutText } from './facts.ts';
import type { MessageCheck, SilenceNotice } from './message.ts';
import { type AlertNotice, DELIVERY_COLUMNS, DELIVERY_WORK, type Gathered, queueDigests } from './queue.ts';
import { type RoutedChannel, routesOf } from './routes.ts';
import { testCheck } from './test-message.ts';

/** Its code, its end, and when it was said: an end may be moved away and back. */
const KEY = /^silence\/([0-9a-f-]{36})\/(\d+)\/\d+:/;

/** The silences that these deliveries are about and that still end when it was said, by the delivery's id. */
export async function silencesOf(
  db: Kysely<Database>,
  deliveries: readonly { id: number; kind: string; key: string }[],
): Promise<Map<number, Omit<SilenceNotice, 'hides'>>> {
  const about = deliveries.flatMap(({ id, kind, key }) => {
    const [, code, endsAt] = KEY.exec(key) ?? [];
    return kind === 'notice' && code !== undefined ? [{ id, code, endsAt: Number(endsAt) }] : [];
  });
  if (about.length === 0) return new Map();
  const codes = about.map(({ code }) => code);
  const rows = await db.selectFrom('silences').selectAll().where('code', 'in', codes).execute();
  return new Map(
    about.flatMap(({ id, code, endsAt }) => {
      const row = rows.find((one) => one.code === code && one.ends_at === endsAt);
      if (row === undefined) return [];
      return [[id, { code, comment: row.comment, author: row.author, endsAt }] as const];
    }),
  );
}

/** Characters of a comment that name its silence. */
const NAME_LENGTH = 100;

/** A silence dressed as a check, so that every channel can tell of it. It is in no table. */
export function silenceCheck(
  projectId: number,
  { code, comment }: Pick<SilenceNotice, 'code' | 'comment'>,
  at: number,
): MessageCheck {
  const name = cutText(comment.replace(/\s+/g, ' '), NAME_LENGTH);
  const unique_key = `vigie-silence-${code}`;
  return {
    ...testCheck(projectId, 0, at),
    name,
    slug: 'silence',
    unique_key,
    status: 'up',
    down_since: null,
  };
}

/**
 * Queues one message for each channel to which any of these alerts would go, about the first of them that would. Where
 * the channel's budget is used up its digest counts it.
 * @returns the channels.
 */
export async function tellSilenceEnds(
  tx: Tx,
  silence: { code: string; project_id: number; ends_at: number },
  alerts: readonly AlertNotice['alert'][],
): Promise<{ code: string; name: string }[]> {
  const routes = await routesOf(
    tx,
    alerts.map((alert) => ({ alert, kind: 'firing', flipId: null })),
  );
  const told = new Map<number, { channel: RoutedChannel; alertId: number }>();
  alerts.forEach((alert, i) => {
    for (const channel of routes[i]?.channels ?? []) {
      if (!told.has(channel.id)) told.set(channel.id, { channel, alertId: alert.id });
    }
  });
  const { code, project_id, ends_at } = silence;
  const budgets = await Budgets.of(tx, [...told.keys()]);
  const lanes: string[] = [];
  const digests: Gathered[] = [];
  const rows = [...told].map(([id, { alertId }]) => {
    const about = [`silence/${code}/${ends_at}/${tx.at}:${id}`, project_id, id, null, null];
    const gathered = budgets.take(id, false);
    if (gathered === null) {
      const lane = `silence/${code}:${id}`;
      lanes.push(lane);
      return [...about, alertId, 'notice', lane, 'queued', 0, tx.at, '', ''];
    }
    digests.push({ ...gathered, channelId: id, projectId: project_id });
    // Of no alert: the digest would name it as one that was told.
    return [
      ...about,
      null,
      'notice',
      gathered.lane,
      'gathered',
      0,
      tx.at,
      `in the digest ${gathered.lane}`,
      '',
    ];
  });
  await tx.bulk.insert('deliveries', DELIVERY_COLUMNS, rows);
  await queueDigests(tx, digests);
  await budgets.save(tx);
  await requestWork(tx, DELIVERY_WORK, lanes.sort(), tx.at);
  return [...told.values()].map(({ channel }) => ({ code: channel.code, name: channel.name }));
}
