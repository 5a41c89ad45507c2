/** Checks. */
import {
  type CheckListParameters,
  checkCreateSchema,
  checkListParameters,
  checkPageSchema,
  checkPatchSchema,
  checkSchema,
  idSchema,
} from '@vigie/contract';
import { z } from 'zod';
import { actorOf } from '../../accounts/identity.ts';
import { DEFAULT_FIELDS } from '../../checks/create.ts';
import {
  type CheckOrder,
  type CheckPosition,
  type CheckSearch,
  countChecks,
  searchChecks,
} from '../../checks/search.ts';
import type { ProjectRow } from '../../store/schema.ts';
import { channelIds, checkFields } from './check-input.ts';
import { type CheckView, presentCheck } from './check-views.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineProjectRoute, type ProjectCall, type RestRoute } from './define.ts';
import { chosenProject, knownUuid, projectOfCheck, projectOfRemovedCheck } from './find-project.ts';
import { ownCheck } from './own-check.ts';
import { pageSize } from './page.ts';

const CHECK = '/api/vigie/checks/:check';
const oneCheck = { status: 200, description: 'The check', schema: checkSchema } as const;

function viewOf({ project, grant, context }: ProjectCall<unknown, unknown>): CheckView {
  return { project, grant, config: context.config(), now: context.clock.now() };
}

const listChecks = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/checks',
  tag: 'checks',
  summary: 'Lists checks. With `q` a page may be short; the list ends where `next` is null',
  find: chosenProject,
  access: 'project.read',
  query: checkListParameters,
  success: { status: 200, description: 'Checks', schema: checkPageSchema },
  async handle(call) {
    const { context, project, query } = call;
    const search = searchOf(query, project);
    const now = context.clock.now();
    const { checks, next } = await searchChecks(context.store.db, search, now);
    const total = query.count === 'true' ? await countChecks(context.store.db, search, now) : null;
    const view = viewOf(call);
    return {
      items: checks.map((check) => presentCheck(check, view)),
      next: next === null ? null : writeCursor(listName(query), next.key, next.id),
      ...(total === null ? {} : { total }),
    };
  },
});

function searchOf(query: CheckListParameters, project: ProjectRow): CheckSearch {
  const sort = query.sort ?? 'created';
  return {
    projectId: project.id,
    text: query.q ?? '',
    tags: query.tag ?? [],
    statuses: query.status ?? [],
    channels: query.channel ?? [],
    ...(query.id === undefined ? {} : { ids: query.id }),
    ...(query.slug === undefined ? {} : { slug: query.slug }),
    ...(query.environment === undefined ? {} : { environment: query.environment }),
    order: sort.replace('-', '') as CheckOrder,
    descending: sort.startsWith('-'),
    after: positionOf(query),
    limit: pageSize(query),
  };
}

function positionOf(query: CheckListParameters): CheckPosition | null {
  if (query.cursor === undefined) return null;
  const keyed = query.sort?.endsWith('name') ? 'string' : 'number';
  const [key, id] = readCursor(query.cursor, listName(query), [keyed, 'number']);
  return { key, id };
}

function listName(query: CheckListParameters): string {
  return `checks:${query.sort ?? 'created'}`;
}

const createCheck = defineProjectRoute({
  method: 'POST',
  path: '/api/vigie/checks',
  tag: 'checks',
  summary: 'Makes a check, or updates the one of the project that has the given id',
  find: chosenProject,
  access: 'check.write',
  query: z.strictObject({
    project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
  }),
  body: checkCreateSchema,
  success: { ...oneCheck, status: 201 },
  async handle(call) {
    const { context, project, identity, body } = call;
    const before = { ...DEFAULT_FIELDS, time_zone: context.config().timeZone };
    const { check, created } = await context.writer.run('checks.create', {
      projectId: project.id,
      code: body.id ?? null,
      fields: checkFields(body, project, before),
      channels: await channelIds(context.store.db, project, body.channels),
      ...(body.depends_on === undefined ? {} : { dependsOn: body.depends_on }),
      match: null,
      actor: actorOf(identity),
    });
    if (!created) call.reply.code(200);
    return presentCheck(check, viewOf(call));
  },
});

const getCheck = defineProjectRoute({
  method: 'GET',
  path: CHECK,
  tag: 'checks',
  summary: 'Shows a check',
  find: projectOfCheck,
  access: 'project.read',
  success: oneCheck,
  handle: async (call) => presentCheck(await ownCheck(call), viewOf(call)),
});

const updateCheck = defineProjectRoute({
  method: 'PATCH',
  path: CHECK,
  tag: 'checks',
  summary: 'Changes a check; with `revision`, only if nobody changed it meanwhile',
  find: projectOfCheck,
  access: 'check.write',
  body: checkPatchSchema,
  success: oneCheck,
  async handle(call) {
    const { context, project, identity, body } = call;
    const { revision, ...given } = body;
    const before = await ownCheck(call);
    const check = await context.writer.run('checks.update', {
      projectId: project.id,
      code: before.code,
      fields: checkFields(given, project, before),
      channels: await channelIds(context.store.db, project, given.channels),
      ...(given.depends_on === undefined ? {} : { dependsOn: given.depends_on }),
      ...(revision === undefined ? {} : { revision }),
      actor: actorOf(identity),
    });
    return presentCheck(check, viewOf(call));
  },
});

const removeCheck = defineProjectRoute({
  method: 'DELETE',
  path: CHECK,
  tag: 'checks',
  summary:
    'Deletes a check with its past; answers with the check as it was. It can be restored for 10 minutes',
  find: projectOfCheck,
  access: 'check.write',
  success: oneCheck,
  async handle(call) {
    const { context, project, identity } = call;
    const { code } = await ownCheck(call);
    const ref = { projectId: project.id, code, actor: actorOf(identity) };
    return presentCheck(await context.writer.run('checks.remove', ref), viewOf(call));
  },
});

const restoreCheck = defineProjectRoute({
  method: 'POST',
  path: `${CHECK}/restore`,
  tag: 'checks',
  summary: 'Brings back a check that was deleted in the last 10 minutes, with its past',
  find: projectOfRemovedCheck,
  access: 'check.write',
  success: oneCheck,
  async handle(call) {
    const { context, project, identity } = call;
    const code = knownUuid(call.params['check'], 'check');
    const ref = { projectId: project.id, code, actor: actorOf(identity) };
    return presentCheck(await context.writer.run('checks.restore', ref), viewOf(call));
  },
});

/** What is done to a check without further input. */
function action(verb: 'pause' | 'resume' | 'clear', summary: string): RestRoute {
  return defineProjectRoute({
    method: 'POST',
    path: `${CHECK}/${verb}`,
    tag: 'checks',
    summary,
    find: projectOfCheck,
    access: 'check.write',
    success: oneCheck,
    async handle(call) {
      const { context, project, identity } = call;
      const { code } = await ownCheck(call);
      const ref = { projectId: project.id, code, actor: actorOf(identity) };
      return presentCheck(await context.writer.run(`checks.${verb}`, ref), viewOf(call));
    },
  });
}

export const checkRoutes: RestRoute[] = [
  listChecks,
  createCheck,
  getCheck,
  updateCheck,
  removeCheck,
  restoreCheck,
  action('pause', 'Pauses a check: it is not late, and nobody is told'),
  action('resume', 'Lets a paused check wait for its next ping'),
  action('clear', 'Forgets what a check reported; the count of its pings goes on'),
];
