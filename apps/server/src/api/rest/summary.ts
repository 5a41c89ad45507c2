/** How a project does, in numbers. */
import { idSchema, summarySchema } from '@vigie/contract';
import { z } from 'zod';
import { environmentsOf } from '../../accounts/projects.ts';
import { sumFiring } from '../../alerts/firing.ts';
import { countStatuses, mostUsedTags } from '../../checks/summary.ts';
import { defineProjectRoute, type RestRoute } from './define.ts';
import { chosenProject } from './find-project.ts';

/** Tags in an answer at most: those that a person chooses from. */
const MOST_TAGS = 200;

const getSummary = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/summary',
  tag: 'projects',
  summary: 'How a project does: its checks by status, what fires, its tags',
  find: chosenProject,
  access: 'project.read',
  query: z.strictObject({
    project: idSchema.optional().meta({ description: 'Needed by who sees several projects' }),
  }),
  success: { status: 200, description: 'The numbers', schema: summarySchema },
  async handle({ context, project }) {
    const { db } = context.store;
    return {
      project: project.code,
      checks: await countStatuses(db, project.id, context.clock.now()),
      alerts: await sumFiring(db, project.id),
      tags: await mostUsedTags(db, project.id, MOST_TAGS),
      environments: environmentsOf(project),
    };
  },
});

export const summaryRoutes: RestRoute[] = [getSummary];
