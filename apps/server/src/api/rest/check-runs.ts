/** How the last runs of several checks went. */
import { type Runs, runParameters, runsSchema } from '@vigie/contract';
import { latestRuns } from '../../checks/latest-runs.ts';
import { checkId } from './check-views.ts';
import { defineProjectRoute, type RestRoute } from './define.ts';
import { chosenProject, type FindProject, projectOfCheck } from './find-project.ts';
import { instant, seconds } from './format.ts';

/** The project that is named, else that of the first of the checks; without any, the call says what is wrong. */
const projectOfFirst: FindProject = {
  noun: 'check',
  async find(call) {
    const { id: given, project } = call.query as Record<string, unknown>;
    if (project !== undefined) return chosenProject.find(call);
    const first: unknown = Array.isArray(given) ? given[0] : given;
    if (first === undefined) return chosenProject.find(call);
    return projectOfCheck.find({ ...call, params: { check: String(first) } });
  },
};

const listRuns = defineProjectRoute({
  method: 'GET',
  path: '/api/vigie/checks/runs',
  tag: 'pings',
  summary: 'Shows the last runs of up to 100 checks of one project',
  find: projectOfFirst,
  access: 'project.read',
  query: runParameters,
  success: { status: 200, description: 'Runs', schema: runsSchema },
  async handle({ context, project, grant, query }) {
    const logLimit = context.config().pingLogLimit;
    const options = { projectId: project.id, ids: query.id, logLimit };
    const items: Runs['items'] = {};
    for (const { runs, ...check } of await latestRuns(context.store.db, options)) {
      items[checkId(check, grant)] = runs.map(({ n, at, kind, duration }) => ({
        n,
        at: instant(at),
        kind,
        duration: duration === null ? null : seconds(duration),
      }));
    }
    return { items };
  },
});

export const runRoutes: RestRoute[] = [listRuns];
