/** The same change to many checks. */
import { type BulkBody, bulkOutcomeSchema, bulkSchema, idSchema } from '@vigie/contract';
import { z } from 'zod';
import { actorOf } from '../../accounts/identity.ts';
import type { BulkChange } from '../../checks/bulk.ts';
import { AppError } from '../../errors.ts';
import { defineProjectRoute, type ProjectCall, type RestRoute } from './define.ts';
import { chosenProject } from './find-project.ts';

/** Checks changed in one command: pings of others are written in between. */
const AT_ONCE = 100;

const changeChecks = defineProjectRoute({
  method: 'POST',
  path: '/api/vigie/checks/bulk',
  tag: 'checks',
  summary: 'Changes up to 1000 checks of a project, each as if alone; says which could not be changed',
  find: chosenProject,
  access: 'check.write',
  query: z.strictObject({
    project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
  }),
  body: bulkSchema,
  success: { status: 200, description: 'What became of each', schema: bulkOutcomeSchema },
  async handle(call) {
    const { context, project, identity, body } = call;
    const change = await changeOf(call);
    const codes = [...new Set(body.ids)];
    const done: string[] = [];
    const failed: { id: string; message: string }[] = [];
    for (let start = 0; start < codes.length; start += AT_ONCE) {
      const outcome = await context.writer.run('checks.bulk', {
        projectId: project.id,
        codes: codes.slice(start, start + AT_ONCE),
        change,
        actor: actorOf(identity),
      });
      done.push(...outcome.done);
      failed.push(...outcome.failed.map(({ code, message }) => ({ id: code, message })));
    }
    return { done, failed };
  },
});

/** @throws AppError `invalid` for a channel that is none of the project's. */
async function changeOf({ body, context, project }: ProjectCall<unknown, BulkBody>): Promise<BulkChange> {
  if (!('value' in body)) return { action: body.action };
  const { action, value } = body;
  if (action === 'tag' || action === 'untag') return { action, tag: value };
  const known = await context.store.db
    .selectFrom('channels')
    .select('code')
    .where('project_id', '=', project.id)
    .where('code', '=', value)
    .executeTakeFirst();
  if (known === undefined)
    throw new AppError('invalid', "value is no channel of the project's", { field: 'value' });
  return { action, channel: value };
}

export const bulkRoutes: RestRoute[] = [changeChecks];
