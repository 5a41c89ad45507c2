/** Maintenance windows: times at which something is expected to be wrong. */
import {
  idSchema,
  pageSchema,
  type Window,
  windowInputSchema,
  windowListParameters,
  windowSchema,
} from '@vigie/contract';
import { z } from 'zod';
import { actorOf } from '../../accounts/identity.ts';
import { opensNext, openUntil } from '../../alerts/open-windows.ts';
import { AppError } from '../../errors.ts';
import type { MaintenanceWindowRow } from '../../store/schema.ts';
import { authorOf } from './author.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineProjectRoute, type ProjectCall, type RestRoute } from './define.ts';
import { chosenProject, projectOfWindow } from './find-project.ts';
import { instant, instantOrNull } from './format.ts';
import { pageFrom, pageSize } from './page.ts';
import { windowFields } from './window-input.ts';

const WINDOW = '/api/vigie/windows/:window';
const oneWindow = { status: 200, description: 'The maintenance window', schema: windowSchema } as const;
const project = idSchema.optional().meta({ description: 'Needed by who sees several projects' });

type AnyCall = ProjectCall<unknown, unknown>;

function present(call: AnyCall, row: MaintenanceWindowRow): Window {
  const now = call.context.clock.now();
  const isRecurring = row.schedule !== '';
  const isOn = row.disabled === 0;
  return {
    id: row.code,
    project: call.project.code,
    name: row.name,
    tags: JSON.parse(row.tags) as string[],
    environments: JSON.parse(row.environments) as string[],
    starts_at: instantOrNull(row.starts_at),
    ends_at: instantOrNull(row.ends_at),
    schedule: isRecurring ? row.schedule : null,
    duration: isRecurring ? row.duration : null,
    time_zone: isRecurring ? row.time_zone : null,
    author: row.author,
    comment: row.comment,
    disabled: !isOn,
    open_until: instantOrNull(isOn ? openUntil(row, now) : null),
    opens_next: instantOrNull(isOn ? opensNext(row, now) : null),
    created_at: instant(row.created_at),
    updated_at: instant(row.updated_at),
  };
}

const listWindows = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/windows',
  tag: 'windows',
  summary: 'Lists maintenance windows, newest first',
  find: chosenProject,
  access: 'project.read',
  query: windowListParameters,
  success: { status: 200, description: 'Maintenance windows', schema: pageSchema(windowSchema) },
  async handle(call) {
    const { context, query } = call;
    const before =
      query.cursor === undefined
        ? Number.MAX_SAFE_INTEGER
        : readCursor(query.cursor, 'windows', ['number'])[0];
    const rows = await context.store.db
      .selectFrom('maintenance_windows')
      .selectAll()
      .where('project_id', '=', call.project.id)
      .where('id', '<', before)
      .orderBy('id', 'desc')
      .limit(pageSize(query) + 1)
      .execute();
    return pageFrom(
      rows,
      query,
      (row) => present(call, row),
      (row) => writeCursor('windows', row.id),
    );
  },
});

/** What a call says of a window; `now` is the instant of the call. */
function fieldsOf(call: AnyCall & { body: z.output<typeof windowInputSchema> }) {
  const { context, identity, body } = call;
  const timeZone = context.config().timeZone;
  return windowFields(body, { author: authorOf(identity), timeZone, now: context.clock.now() });
}

const createWindow = defineProjectRoute({
  method: 'POST',
  path: '/api/vigie/windows',
  tag: 'windows',
  summary: 'Makes a maintenance window, once or by a schedule; without tags and environments it covers all',
  find: chosenProject,
  access: 'alert.write',
  query: z.strictObject({ project }),
  body: windowInputSchema,
  success: { ...oneWindow, status: 201 },
  async handle(call) {
    const window = await call.context.writer.run('windows.create', {
      projectId: call.project.id,
      fields: fieldsOf(call),
      actor: actorOf(call.identity),
    });
    return present(call, window);
  },
});

const getWindow = defineProjectRoute({
  method: 'GET',
  path: WINDOW,
  tag: 'windows',
  summary: 'Shows a maintenance window',
  find: projectOfWindow,
  access: 'project.read',
  success: oneWindow,
  async handle(call) {
    const row = await call.context.store.db
      .selectFrom('maintenance_windows')
      .selectAll()
      .where('code', '=', codeOf(call))
      .where('project_id', '=', call.project.id)
      .executeTakeFirst();
    if (row === undefined) throw new AppError('not_found', 'no such maintenance window');
    return present(call, row);
  },
});

const updateWindow = defineProjectRoute({
  method: 'PUT',
  path: WINDOW,
  tag: 'windows',
  summary: 'Says anew what a maintenance window is; what it held and holds no more is told',
  find: projectOfWindow,
  access: 'alert.write',
  body: windowInputSchema,
  success: oneWindow,
  async handle(call) {
    const window = await call.context.writer.run('windows.update', {
      projectId: call.project.id,
      code: codeOf(call),
      fields: fieldsOf(call),
      actor: actorOf(call.identity),
    });
    return present(call, window);
  },
});

const removeWindow = defineProjectRoute({
  method: 'DELETE',
  path: WINDOW,
  tag: 'windows',
  summary: 'Deletes a maintenance window; what it held is told',
  find: projectOfWindow,
  access: 'alert.write',
  success: { status: 204, description: 'It is gone' },
  async handle(call) {
    const ref = { projectId: call.project.id, code: codeOf(call), actor: actorOf(call.identity) };
    await call.context.writer.run('windows.remove', ref);
  },
});

function codeOf(call: AnyCall): string {
  return call.params['window'] ?? '';
}

export const windowRoutes: RestRoute[] = [listWindows, createWindow, getWindow, updateWindow, removeWindow];
