/** Commands that change channels on somebody's behalf. Settings were read by `readSettings`. */
import { sql } from 'kysely';
import { AppError } from '../errors.ts';
import type { ChannelRow, Flag } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { requestWork } from '../work/queue.ts';
import { DELIVERY_COLUMNS, DELIVERY_WORK } from './queue.ts';
import { CHANNEL_DELETED, hastenChannel, type OnUndelivered, untoldBy } from './undelivered.ts';

export interface ChannelRef {
  projectId: number;
  code: string;
}

export interface CreateChannelInput {
  projectId: number;
  /** Its id; left out = a fresh one. */
  code?: string | null;
  /** Our word for the kind. */
  kind: string;
  name: string;
  /** JSON. */
  settings: string;
  /** Whether every check of the project is to use it. */
  assignAll: boolean;
  /** Messages an hour; null or left out = no bound. */
  budget?: number | null;
}

export interface UpdateChannelInput extends ChannelRef {
  name?: string;
  /** JSON. */
  settings?: string;
  disabled?: boolean;
  /** Messages an hour; null = no bound. */
  budget?: number | null;
}

/** Makes a channel; no check uses it yet unless all are asked to. */
export async function createChannel(tx: Tx, input: CreateChannelInput): Promise<ChannelRow> {
  const { projectId, kind, name, settings } = input;
  const channel = await tx.db
    .insertInto('channels')
    .values({
      code: input.code ?? tx.newId(),
      project_id: projectId,
      kind,
      name,
      settings,
      disabled: 0,
      last_error: '',
      last_notify_at: null,
      last_notify_duration: null,
      created_at: tx.at,
      budget: input.budget ?? null,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
  if (input.assignAll) {
    await tx.db
      .insertInto('check_channels')
      .columns(['check_id', 'channel_id'])
      .expression((e) =>
        e
          .selectFrom('checks')
          .select(['checks.id', e.val(channel.id).as('channel_id')])
          .where('checks.project_id', '=', projectId),
      )
      .execute();
  }
  emitChannel(tx, channel);
  return channel;
}

/**
 * Changes a channel. New settings, or switching it on, forget its last error and let it work again.
 * @throws AppError `not_found`
 */
export async function updateChannel(tx: Tx, input: UpdateChannelInput): Promise<ChannelRow> {
  const { name, settings, disabled, budget } = input;
  const revived = disabled === false || (settings !== undefined && disabled === undefined);
  const off = revived ? 0 : disabled === undefined ? undefined : 1;
  const changes = {
    ...(name === undefined ? {} : { name }),
    ...(settings === undefined ? {} : { settings }),
    ...(off === undefined ? {} : { disabled: off as Flag }),
    ...(budget === undefined ? {} : { budget }),
    ...(revived ? { last_error: '' } : {}),
  };
  const channel = await ownChannel(tx, input);
  if (Object.keys(changes).length > 0) {
    await tx.db.updateTable('channels').set(changes).where('id', '=', channel.id).execute();
  }
  if (off === 1) await hastenChannel(tx, channel.id);
  emitChannel(tx, channel);
  return { ...channel, ...changes };
}

/**
 * Deletes a channel; what is queued for it will not be sent, and `onUndelivered` hears of the alerts that it was about.
 * @throws AppError `not_found`
 */
export async function removeChannel(
  tx: Tx,
  ref: ChannelRef,
  onUndelivered: OnUndelivered,
): Promise<ChannelRow> {
  const channel = await ownChannel(tx, ref);
  await tx.db.deleteFrom('check_channels').where('channel_id', '=', channel.id).execute();
  await tx.db.deleteFrom('channels').where('id', '=', channel.id).execute();
  const skipped = await tx.db
    .updateTable('deliveries')
    .set({ state: 'skipped', error: CHANNEL_DELETED, finished_at: tx.at })
    .where('state', '=', sql.lit('queued'))
    .where('channel_id', '=', channel.id)
    .returning(['kind', 'lane', 'state', 'alert_id'])
    .execute();
  await onUndelivered(tx, await untoldBy(tx, skipped));
  emitChannel(tx, channel);
  return channel;
}

/**
 * Queues a test message in a lane of its own: it waits for nothing that the channel still has to send.
 * @returns the delivery's key, under which the ledger will tell how it went.
 * @throws AppError `not_found`
 */
export async function queueTest(tx: Tx, ref: ChannelRef): Promise<string> {
  const channel = await ownChannel(tx, ref);
  const key = `test:${tx.newId()}:${channel.id}`;
  const { project_id: project, id } = channel;
  const row = [key, project, id, null, null, null, 'test', key, 'queued', 0, tx.at, '', ''];
  await tx.bulk.insert('deliveries', DELIVERY_COLUMNS, [row]);
  await requestWork(tx, DELIVERY_WORK, [key], tx.at);
  return key;
}

async function ownChannel(tx: Tx, ref: ChannelRef): Promise<ChannelRow> {
  const channel = await tx.db
    .selectFrom('channels')
    .selectAll()
    .where('code', '=', ref.code)
    .where('project_id', '=', ref.projectId)
    .executeTakeFirst();
  if (channel === undefined) throw new AppError('not_found', 'no such channel');
  return channel;
}

function emitChannel(tx: Tx, { project_id: project, code }: ChannelRow): void {
  tx.emit({ type: 'changed', noun: 'channel', project, ids: [code] });
}
