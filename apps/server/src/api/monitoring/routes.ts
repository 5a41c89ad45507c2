/** The monitoring API of the user's back end: eight routes, under `/api/monitoring`. */
import { z } from 'zod';
import { actorOf } from '../../accounts/identity.ts';
import type { PresentedCheck } from '../../checks/manage.ts';
import { allChecks } from '../../checks/queries.ts';
import { VERSION } from '../../version.ts';
import { checkJson } from '../healthchecks/check-json.ts';
import { defineProjectRoute, defineRoute, type ProjectCall, type RestRoute } from '../rest/define.ts';
import { chosenProject, projectOfCheck } from '../rest/find-project.ts';
import { ownCheck } from '../rest/own-check.ts';
import { dashboardOf, figuresOf } from './dashboard.ts';
import { namedServices, reportOn, reportOnAll, serviceCalled, stamp } from './run-services.ts';

const BASE = '/api/monitoring';
const tag = 'monitoring';
const project = z.strictObject({
  project: z.string().optional().meta({ description: 'Needed by who sees several projects' }),
});
const json = (description: string) =>
  ({ status: 200, description, schema: z.record(z.string(), z.unknown()) }) as const;
/** Not well: programs that look at the status alone understand. */
const UNHEALTHY = 503;

type Own = ProjectCall<unknown, unknown>;

const health = defineRoute({
  method: 'GET',
  path: `${BASE}/health`,
  tag,
  summary: 'Tells that the server is there',
  access: 'open',
  success: json('It is'),
  handle: async ({ context }) => ({
    status: 'healthy',
    service: 'vigie',
    timestamp: stamp(context.clock.now()),
  }),
});

const status = defineProjectRoute({
  method: 'GET',
  path: `${BASE}/status`,
  tag,
  summary: 'The state of monitoring: checks by status, services by state',
  find: chosenProject,
  access: 'monitoring.admin',
  query: project,
  success: json('The state'),
  async handle(call) {
    const { context } = call;
    const now = context.clock.now();
    const checks = await checksOf(call);
    const { health_percentage, summary } = dashboardOf(checks, new Map(), now);
    return {
      enabled: true,
      version: VERSION,
      project: call.project.name,
      health_percentage,
      summary,
      services: (await namedServices(context, call.project.id)).map(({ name, service, check }) => ({
        name,
        kind: service.probe.kind,
        status: check.status === 'paused' ? 'disabled' : stateOf(service.state),
        last_check: service.state === null ? null : stamp(service.state.at),
        error: service.state?.message || null,
      })),
      timestamp: stamp(now),
    };
  },
});

function stateOf(state: { reason: string; warned: readonly string[] } | null): string {
  if (state === null) return 'unknown';
  if (state.reason !== '') return 'unhealthy';
  return state.warned.length > 0 ? 'degraded' : 'healthy';
}

const checkAll = defineProjectRoute({
  method: 'GET',
  path: `${BASE}/check/all`,
  tag,
  summary: 'Looks at every service now and sums up: healthy, degraded or critical',
  find: chosenProject,
  access: 'monitoring.admin',
  query: project,
  success: json('The report; with status 503 when it is critical'),
  async handle(call) {
    const report = await reportOnAll(call.context, call.project.id);
    if (report.overall_status === 'critical') call.reply.code(UNHEALTHY);
    return { ...report };
  },
});

const checkOne = defineProjectRoute({
  method: 'GET',
  path: `${BASE}/check/:service`,
  tag,
  summary: 'Looks at one service now: by id, slug, name or kind',
  find: chosenProject,
  access: 'project.read',
  query: project,
  success: json('What it is like; with status 503 when it is not well'),
  async handle(call) {
    const named = await serviceCalled(call.context, call.project.id, call.params['service'] ?? '');
    const report = await reportOn(call.context, named);
    if (report.status === 'unhealthy') call.reply.code(UNHEALTHY);
    return report;
  },
});

const checks = defineProjectRoute({
  method: 'GET',
  path: `${BASE}/checks`,
  tag,
  summary: 'Lists every check of the project, as the Healthchecks API shows it',
  find: chosenProject,
  access: 'monitoring.admin',
  query: project,
  success: json('Checks'),
  async handle(call) {
    const all = (await checksOf(call)).map((check) => shownCheck(check, call));
    return { checks: all, total: all.length };
  },
});

function shownCheck(check: PresentedCheck, { context }: Own) {
  const { baseUrl, pingEndpoint } = context.config();
  return checkJson(check, { version: 3, readOnly: false, now: context.clock.now(), baseUrl, pingEndpoint });
}

async function checksOf({ context, project: { id } }: Own): Promise<PresentedCheck[]> {
  const checks: PresentedCheck[] = [];
  for await (const page of allChecks(context.store.db, { projectId: id })) checks.push(...page);
  return checks;
}

/** Pausing what is paused, and resuming what is not, changes nothing. */
function action(verb: 'pause' | 'resume'): RestRoute {
  return defineProjectRoute({
    method: 'POST',
    path: `${BASE}/checks/:check/${verb}`,
    tag,
    summary: verb === 'pause' ? 'Pauses a check' : 'Resumes a check',
    find: projectOfCheck,
    access: 'monitoring.admin',
    success: json('The check as it is then'),
    async handle(call) {
      const { context, identity } = call;
      const before = await ownCheck(call);
      const ref = { projectId: call.project.id, code: before.code, actor: actorOf(identity) };
      const isThere = (before.status === 'paused') === (verb === 'pause');
      const check = isThere ? before : await context.writer.run(`checks.${verb}`, ref);
      return { success: true, check: shownCheck(check, call) };
    },
  });
}

const dashboard = defineProjectRoute({
  method: 'GET',
  path: `${BASE}/dashboard`,
  tag,
  summary: 'Figures for a dashboard: health, failures, and each check by tier',
  find: chosenProject,
  access: 'project.read',
  query: project,
  success: json('The figures'),
  async handle(call) {
    const now = call.context.clock.now();
    const all = await checksOf(call);
    return dashboardOf(all, await figuresOf(call.context.store.db, call.project.id, all, now), now);
  },
});

/** In this order: `check/all` is no service. */
export const monitoringRoutes: RestRoute[] = [
  health,
  status,
  checkAll,
  checkOne,
  checks,
  action('pause'),
  action('resume'),
  dashboard,
];
