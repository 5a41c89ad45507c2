/** Channels: the ways to notify. */
import {
  type Channel,
  channelCreateSchema,
  channelKindSchema,
  channelPatchSchema,
  channelSchema,
  idSchema,
  pageParameters,
  pageSchema,
  testSentSchema,
} from '@vigie/contract';
import { z } from 'zod';
import { actorOf } from '../../accounts/identity.ts';
import { AppError } from '../../errors.ts';
import { worded } from '../../explain/words/phrases.ts';
import { typeset } from '../../explain/words/typeset.ts';
import { readSettings, shownSettings } from '../../kind-settings.ts';
import { findKind, requireKind } from '../../notify/channel-kinds.ts';
import { checksByChannel } from '../../notify/channel-queries.ts';
import { CHANNEL_KINDS } from '../../notify/channels/index.ts';
import type { Language } from '../../notify/texts/texts.ts';
import type { ChannelRow, ProjectRow } from '../../store/schema.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineProjectRoute, defineRoute, type ProjectCall, type RestRoute } from './define.ts';
import { chosenProject, projectOfChannel } from './find-project.ts';
import { instant, instantOrNull } from './format.ts';
import { pageFrom, pageSize } from './page.ts';
import { readerLanguage } from './reader-language.ts';

const CHANNEL = '/api/vigie/channels/:channel';
const oneChannel = { status: 200, description: 'The channel', schema: channelSchema } as const;
const project = idSchema.optional().meta({ description: 'Needed by who sees several projects' });

interface ChannelView {
  owner: Pick<ProjectRow, 'code'>;
  language: Language;
}

/** What of whoever asks decides how a channel is shown. */
function viewOf(call: ProjectCall<unknown, unknown>): ChannelView {
  return { owner: call.project, language: readerLanguage(call) };
}

function presentChannel(channel: ChannelRow, { owner, language }: ChannelView, checksCount: number): Channel {
  const kind = findKind(channel.kind);
  return {
    id: channel.code,
    project: owner.code,
    kind: channel.kind,
    name: channel.name,
    // Of a kind that this version does not know nobody can tell the secrets.
    ...(kind === undefined ? { settings: {}, secrets: [] } : shownSettings(kind, channel.settings)),
    disabled: channel.disabled === 1,
    budget: channel.budget,
    checks_count: checksCount,
    last_error: typeset(worded(channel.last_error, language), language),
    last_notify_at: instantOrNull(channel.last_notify_at),
    created_at: instant(channel.created_at),
  };
}

async function presentOne(call: ProjectCall<unknown, unknown>, channel: ChannelRow): Promise<Channel> {
  const counts = await checksByChannel(call.context.store.db, [channel.id]);
  return presentChannel(channel, viewOf(call), counts.get(channel.id) ?? 0);
}

const listChannels = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/channels',
  tag: 'channels',
  summary: 'Lists the channels of a project, oldest first',
  find: chosenProject,
  access: 'project.read',
  query: z.strictObject({ ...pageParameters, project }),
  success: { status: 200, description: 'Channels', schema: pageSchema(channelSchema) },
  async handle(call) {
    const { context, query } = call;
    const view = viewOf(call);
    const after = query.cursor === undefined ? 0 : readCursor(query.cursor, 'channels', ['number'])[0];
    const rows = await context.store.db
      .selectFrom('channels')
      .selectAll()
      .where('project_id', '=', call.project.id)
      .where('id', '>', after)
      .orderBy('id')
      .limit(pageSize(query) + 1)
      .execute();
    const counts = await checksByChannel(
      context.store.db,
      rows.map((row) => row.id),
    );
    const present = (row: ChannelRow) => presentChannel(row, view, counts.get(row.id) ?? 0);
    return pageFrom(rows, query, present, (row) => writeCursor('channels', row.id));
  },
});

const createChannel = defineProjectRoute({
  method: 'POST',
  path: '/api/vigie/channels',
  tag: 'channels',
  summary: 'Makes a channel; no check uses it yet unless all are to',
  find: chosenProject,
  access: 'channel.write',
  query: z.strictObject({ project }),
  body: channelCreateSchema,
  success: { ...oneChannel, status: 201 },
  async handle(call) {
    const { context, identity, body } = call;
    const kind = requireKind(body.kind);
    const channel = await context.writer.run('channels.create', {
      projectId: call.project.id,
      kind: kind.kind,
      name: body.name,
      settings: readSettings(kind, body.settings),
      budget: body.budget ?? null,
      assignAll: body.assign_all ?? false,
      actor: actorOf(identity),
    });
    return presentOne(call, channel);
  },
});

const getChannel = defineProjectRoute({
  method: 'GET',
  path: CHANNEL,
  tag: 'channels',
  summary: 'Shows a channel',
  find: projectOfChannel,
  access: 'project.read',
  success: oneChannel,
  handle: async (call) => presentOne(call, await ownChannel(call)),
});

const updateChannel = defineProjectRoute({
  method: 'PATCH',
  path: CHANNEL,
  tag: 'channels',
  summary: 'Changes a channel; new settings let it work again',
  find: projectOfChannel,
  access: 'channel.write',
  body: channelPatchSchema,
  success: oneChannel,
  async handle(call) {
    const { context, identity, body } = call;
    const before = await ownChannel(call);
    const { name, disabled, settings, budget } = body;
    const channel = await context.writer.run('channels.update', {
      ...refOf(call, before),
      ...(name === undefined ? {} : { name }),
      ...(disabled === undefined ? {} : { disabled }),
      ...(budget === undefined ? {} : { budget }),
      ...(settings === undefined
        ? {}
        : { settings: readSettings(requireKind(before.kind), settings, before.settings) }),
      actor: actorOf(identity),
    });
    return presentOne(call, channel);
  },
});

const removeChannel = defineProjectRoute({
  method: 'DELETE',
  path: CHANNEL,
  tag: 'channels',
  summary: 'Deletes a channel; what waits for it is not sent',
  find: projectOfChannel,
  access: 'channel.write',
  success: { status: 204, description: 'It is gone' },
  async handle(call) {
    const ref = refOf(call, await ownChannel(call));
    await call.context.writer.run('channels.remove', { ...ref, actor: actorOf(call.identity) });
  },
});

const testChannel = defineProjectRoute({
  method: 'POST',
  path: `${CHANNEL}/test`,
  tag: 'channels',
  summary: 'Queues a test message; the ledger of deliveries tells what became of it',
  find: projectOfChannel,
  access: 'channel.test',
  success: { status: 202, description: 'It is queued', schema: testSentSchema },
  async handle(call) {
    const ref = refOf(call, await ownChannel(call));
    return { key: await call.context.writer.run('notify.test', ref) };
  },
});

const listKinds = defineRoute({
  method: 'GET',
  path: '/api/vigie/channel-kinds',
  tag: 'channels',
  summary: 'Lists the kinds of channel, with the form of their settings',
  access: 'known',
  success: { status: 200, description: 'Kinds', schema: z.object({ items: z.array(channelKindSchema) }) },
  handle: async () => ({
    items: CHANNEL_KINDS.map(({ kind, title, settings }) => ({
      kind,
      name: title,
      settings_schema: z.toJSONSchema(settings, { io: 'input', unrepresentable: 'any' }),
    })),
  }),
});

type ChannelCall = ProjectCall<unknown, unknown>;

async function ownChannel(call: ChannelCall): Promise<ChannelRow> {
  const row = await call.context.store.db
    .selectFrom('channels')
    .selectAll()
    .where('code', '=', call.params['channel'] ?? '')
    .where('project_id', '=', call.project.id)
    .executeTakeFirst();
  if (row === undefined) throw new AppError('not_found', 'no such channel');
  return row;
}

function refOf(call: ChannelCall, channel: ChannelRow) {
  return { projectId: call.project.id, code: channel.code };
}

export const channelRoutes: RestRoute[] = [
  listChannels,
  createChannel,
  getChannel,
  updateChannel,
  removeChannel,
  testChannel,
  listKinds,
];
