/** When checks went down and up. */
import { flipListParameters, flipSchema, pageSchema, projectFlipParameters } from '@vigie/contract';
import type { z } from 'zod';
import { type FlipPageOptions, flipPage } from '../../checks/history.ts';
import { projectFlips } from '../../checks/project-flips.ts';
import type { FlipRow } from '../../store/schema.ts';
import { presentFlip } from './check-views.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { defineProjectRoute, type RestRoute } from './define.ts';
import { chosenProject, projectOfCheck } from './find-project.ts';
import { ownCheck } from './own-check.ts';
import { pageFrom, pageSize } from './page.ts';

const listFlips = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/checks/:check/flips',
  tag: 'flips',
  summary: 'Lists the changes of a check between up and down, newest first',
  find: projectOfCheck,
  access: 'project.read',
  query: flipListParameters,
  success: { status: 200, description: 'Flips', schema: pageSchema(flipSchema) },
  async handle(call) {
    const { context, query, grant } = call;
    const check = await ownCheck(call);
    const options = flipOptions(query, pageSize(query) + 1);
    const flips = await flipPage(context.store.db, check.check_id, options);
    const present = (flip: FlipRow) => presentFlip(flip, check, grant);
    return pageFrom(flips, query, present, (flip) => writeCursor('flips', flip.created_at, flip.id));
  },
});

const listProjectFlips = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/flips',
  tag: 'flips',
  summary: 'Lists the changes of all checks of a project between up and down, newest first',
  find: chosenProject,
  access: 'project.read',
  query: projectFlipParameters,
  success: { status: 200, description: 'Flips; a page may be short', schema: pageSchema(flipSchema) },
  async handle({ context, project, grant, query }) {
    const options = flipOptions(query, pageSize(query));
    const { flips, next } = await projectFlips(context.store.db, project.id, options);
    return {
      items: flips.map((flip) => presentFlip(flip, flip, grant)),
      next: next === null ? null : writeCursor('flips', next.at, next.id),
    };
  },
});

function flipOptions(query: z.output<typeof flipListParameters>, limit: number): FlipPageOptions {
  const position =
    query.cursor === undefined ? null : readCursor(query.cursor, 'flips', ['number', 'string']);
  return {
    ...(query.from === undefined ? {} : { from: Date.parse(query.from) }),
    ...(query.to === undefined ? {} : { until: Date.parse(query.to) }),
    after: position === null ? null : { at: position[0], id: position[1] },
    limit,
  };
}

export const flipRoutes: RestRoute[] = [listFlips, listProjectFlips];
