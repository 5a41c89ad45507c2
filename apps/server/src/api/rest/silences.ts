/** Silences: who is not told of what, until when. */
import {
  idSchema,
  pageSchema,
  type Silence,
  type SilenceInput,
  silenceInputSchema,
  silenceListParameters,
  silencePreviewInputSchema,
  silencePreviewSchema,
  silenceSchema,
} from '@vigie/contract';
import { z } from 'zod';
import { actorOf } from '../../accounts/identity.ts';
import type { Matcher } from '../../alerts/matchers.ts';
import { countHidden, requireConfirmed, silenceCoverage } from '../../alerts/silence-coverage.ts';
import { silencesWhere } from '../../alerts/silence-rows.ts';
import { silenceState } from '../../alerts/silences.ts';
import { labelledChecks } from '../../checks/check-labels.ts';
import { AppError } from '../../errors.ts';
import { alertTitle } from '../../explain/sentences.ts';
import type { SilenceRow } from '../../store/schema.ts';
import { authorOf } from './author.ts';
import { checkId } from './check-views.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineProjectRoute, type ProjectCall, type RestRoute } from './define.ts';
import { chosenProject, projectOfSilence } from './find-project.ts';
import { instant } from './format.ts';
import { pageFrom, pageSize } from './page.ts';

const SILENCE = '/api/vigie/silences/:silence';
const oneSilence = { status: 200, description: 'The silence', schema: silenceSchema } as const;
const project = idSchema.optional().meta({ description: 'Needed by who sees several projects' });

type AnyCall = ProjectCall<unknown, unknown>;

/** Silences with how many alerts each hides now. */
async function present(call: AnyCall, rows: readonly SilenceRow[]): Promise<Silence[]> {
  const { context } = call;
  const now = context.clock.now();
  const active = rows.filter((row) => silenceState(row, now) === 'active');
  const hidden = await countHidden(context.store.db, call.project.id, active);
  return rows.map((row) => ({
    id: row.code,
    project: call.project.code,
    state: silenceState(row, now),
    matchers: JSON.parse(row.matchers) as Matcher[],
    author: row.author,
    comment: row.comment,
    starts_at: instant(row.starts_at),
    ends_at: instant(row.ends_at),
    hides: hidden.get(row.code) ?? 0,
    created_at: instant(row.created_at),
    updated_at: instant(row.updated_at),
  }));
}

async function presentOne(call: AnyCall, row: SilenceRow): Promise<Silence> {
  const [silence] = await present(call, [row]);
  if (silence === undefined) throw new AppError('not_found', 'no such silence');
  return silence;
}

const listSilences = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/silences',
  tag: 'silences',
  summary: 'Lists silences, newest first, each with how many alerts it hides now',
  find: chosenProject,
  access: 'project.read',
  query: silenceListParameters,
  success: { status: 200, description: 'Silences', schema: pageSchema(silenceSchema) },
  async handle(call) {
    const { context, query } = call;
    const rows = await silencesWhere(context.store.db, {
      projectId: call.project.id,
      states: query.state ?? [],
      now: context.clock.now(),
      before: query.cursor === undefined ? null : readCursor(query.cursor, 'silences', ['number'])[0],
      limit: pageSize(query) + 1,
    });
    const page = pageFrom(
      rows,
      query,
      (row) => row,
      (row) => writeCursor('silences', row.id),
    );
    const items = await present(call, page.items);
    const isUnused = (silence: Silence): boolean => silence.state === 'active' && silence.hides === 0;
    const wanted = query.unused === undefined ? null : query.unused === 'true';
    return { ...page, items: items.filter((one) => wanted === null || isUnused(one) === wanted) };
  },
});

/** What a body asks for. @throws AppError `conflict` when it would hide everything and nobody says so. */
async function wanted(call: AnyCall & { body: SilenceInput }, code: string | null) {
  const { context, identity, body } = call;
  if (body.confirm !== true) {
    const { db } = context.store;
    requireConfirmed(await silenceCoverage(db, call.project.id, body.matchers, labelledChecks));
  }
  return {
    projectId: call.project.id,
    code,
    matchers: body.matchers,
    startsAt: body.starts_at === undefined ? null : Date.parse(body.starts_at),
    endsAt: Date.parse(body.ends_at),
    author: body.author ?? authorOf(identity),
    comment: body.comment,
    actor: actorOf(identity),
  };
}

const createSilence = defineProjectRoute({
  method: 'POST',
  path: '/api/vigie/silences',
  tag: 'silences',
  summary: 'Silences alerts whose labels match; their messages wait until it ends',
  find: chosenProject,
  access: 'alert.write',
  query: z.strictObject({ project }),
  body: silenceInputSchema,
  success: { ...oneSilence, status: 201 },
  handle: async (call) =>
    presentOne(call, await call.context.writer.run('silences.set', await wanted(call, null))),
});

const getSilence = defineProjectRoute({
  method: 'GET',
  path: SILENCE,
  tag: 'silences',
  summary: 'Shows a silence',
  find: projectOfSilence,
  access: 'project.read',
  success: oneSilence,
  async handle(call) {
    const row = await call.context.store.db
      .selectFrom('silences')
      .selectAll()
      .where('code', '=', codeOf(call))
      .where('project_id', '=', call.project.id)
      .executeTakeFirst();
    if (row === undefined) throw new AppError('not_found', 'no such silence');
    return presentOne(call, row);
  },
});

const updateSilence = defineProjectRoute({
  method: 'PUT',
  path: SILENCE,
  tag: 'silences',
  summary: 'Changes a silence; with other matchers, or another past, it ends and one with a new id begins',
  find: projectOfSilence,
  access: 'alert.write',
  body: silenceInputSchema,
  success: oneSilence,
  handle: async (call) =>
    presentOne(call, await call.context.writer.run('silences.set', await wanted(call, codeOf(call)))),
});

const expireSilence = defineProjectRoute({
  method: 'DELETE',
  path: SILENCE,
  tag: 'silences',
  summary: 'Ends a silence now; what it held is told. It stays in the list',
  find: projectOfSilence,
  access: 'alert.write',
  success: oneSilence,
  async handle(call) {
    const ref = { projectId: call.project.id, code: codeOf(call), actor: actorOf(call.identity) };
    return presentOne(call, await call.context.writer.run('silences.expire', ref));
  },
});

const previewSilence = defineProjectRoute({
  method: 'POST',
  path: '/api/vigie/silences/preview',
  tag: 'silences',
  summary: 'Shows what a silence with such matchers would hide, and makes none',
  find: chosenProject,
  access: 'alert.write',
  query: z.strictObject({ project }),
  body: silencePreviewInputSchema,
  success: { status: 200, description: 'What it would hide', schema: silencePreviewSchema },
  async handle(call) {
    const { context, body, grant } = call;
    const { db } = context.store;
    const { alerts, checks, complete } = await silenceCoverage(
      db,
      call.project.id,
      body.matchers,
      labelledChecks,
    );
    return {
      alerts: {
        count: alerts.count,
        items: alerts.items.map(({ id, name, labels, starts_at }) => ({
          id: String(id),
          name,
          title: alertTitle({ name, labels }),
          labels: { ...labels },
          starts_at: instant(starts_at),
        })),
      },
      checks: {
        count: checks.count,
        items: checks.items.map((check) => ({ id: checkId(check, grant), name: check.name })),
      },
      complete,
    };
  },
});

function codeOf(call: AnyCall): string {
  return call.params['silence'] ?? '';
}

export const silenceRoutes: RestRoute[] = [
  listSilences,
  createSilence,
  getSilence,
  updateSilence,
  expireSilence,
  previewSilence,
];
