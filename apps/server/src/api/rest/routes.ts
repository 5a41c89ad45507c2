/** The native API: one table, which serves it and describes it. */
import { type OpenApiDocument, openApiDocument } from '@vigie/contract';
import type { FastifyRequest } from 'fastify';
import { authenticate } from '../../accounts/authenticate.ts';
import { type Identity, isInstanceAdmin, isKnown } from '../../accounts/identity.ts';
import { Gate } from '../../accounts/sign-in.ts';
import { AlertIntake } from '../../alerts/intake.ts';
import type { Context } from '../../context.ts';
import { AppError } from '../../errors.ts';
import { createProbes, type Probes } from '../../probes/start-engine.ts';
import { readReport } from '../../reports/read-report.ts';
import { sharedReports } from '../../reports/shared-reports.ts';
import { VERSION } from '../../version.ts';
import { monitoringRoutes } from '../monitoring/routes.ts';
import type { Access, Route } from '../route.ts';
import { alertRoutes } from './alerts.ts';
import { sendAnswer, sendError } from './answer.ts';
import { AskedRuns } from './asked-runs.ts';
import { auditRoutes } from './audit.ts';
import { badgeRoutes } from './badges.ts';
import { bulkRoutes } from './bulk.ts';
import { channelRoutes } from './channels.ts';
import { pastRoutes } from './check-past.ts';
import { runRoutes } from './check-runs.ts';
import { checkRoutes } from './checks.ts';
import { configRoutes } from './config.ts';
import {
  type AlertCounts,
  defineRoute,
  type RestAccess,
  type RestContext,
  type RestRoute,
} from './define.ts';
import { deliveryRoutes } from './deliveries.ts';
import { drillRoutes } from './drills.ts';
import { entryRoutes } from './entry.ts';
import { EventSource } from './events/event-source.ts';
import { eventRoutes } from './events/route.ts';
import { explainRoutes } from './explain.ts';
import { flipRoutes } from './flips.ts';
import { incidentRoutes } from './incidents.ts';
import { readJson } from './input.ts';
import { keyRoutes } from './keys.ts';
import { meRoutes } from './me.ts';
import { memberRoutes } from './members.ts';
import { passkeyRoutes } from './passkeys.ts';
import { passwordResetRoutes } from './password-reset.ts';
import { postAlertRoutes } from './post-alerts.ts';
import { projectRoutes } from './projects.ts';
import { reportRoutes } from './reports.ts';
import { scheduleRoutes } from './schedule.ts';
import { secondFactorRoutes } from './second-factor.ts';
import { serverRoutes } from './server.ts';
import { serviceRoutes } from './services.ts';
import { sessionRoutes } from './session.ts';
import { silenceRoutes } from './silences.ts';
import { summaryRoutes } from './summary.ts';
import { timelineRoutes } from './timeline.ts';
import { userRoutes } from './users.ts';
import { windowRoutes } from './windows.ts';

/** Everything that does not need to be made for one server. */
const ROUTES: RestRoute[] = [
  ...entryRoutes,
  ...sessionRoutes,
  ...meRoutes,
  ...reportRoutes,
  ...passwordResetRoutes,
  ...secondFactorRoutes,
  ...passkeyRoutes,
  ...projectRoutes,
  ...summaryRoutes,
  ...badgeRoutes,
  ...memberRoutes,
  ...keyRoutes,
  // Before checks: its path could be one of theirs.
  ...runRoutes,
  ...bulkRoutes,
  ...checkRoutes,
  ...serviceRoutes,
  ...monitoringRoutes,
  ...pastRoutes,
  ...flipRoutes,
  ...timelineRoutes,
  ...scheduleRoutes,
  ...channelRoutes,
  ...configRoutes,
  ...deliveryRoutes,
  ...alertRoutes,
  ...explainRoutes,
  ...incidentRoutes,
  ...drillRoutes,
  ...postAlertRoutes,
  ...silenceRoutes,
  ...windowRoutes,
  ...auditRoutes,
  ...userRoutes,
  ...serverRoutes,
];

/** The native API of one server. */
export interface RestApi {
  /** What is described. */
  table: RestRoute[];
  /** What is served. */
  routes: Route[];
  /** Ends the event streams, which would never end by themselves, and what was made for this API alone. */
  close(): Promise<void>;
}

const UNCOUNTED: AlertCounts = { posted: () => undefined, refused: () => undefined };

/** What the native API shares with the rest of the server. */
export interface RestParts {
  /** Whatever else signs people in shares it. */
  gate: Gate;
  counts: AlertCounts;
  probes: Probes;
}

/** Runs what somebody asks for, and nothing by itself. */
function idleProbes(context: Context): Probes {
  return createProbes(context, 'idle', () => undefined);
}

/** The native API over a context. */
export function restApi(
  context: Context,
  { gate = new Gate(context), counts = UNCOUNTED, probes: shared }: Partial<RestParts> = {},
): RestApi {
  const probes = shared ?? idleProbes(context);
  const intake = new AlertIntake({ receive: (posts) => context.writer.run('alerts.receive', posts) });
  const read = sharedReports((input) => readReport(context.store.db, input), context.clock);
  const startedAt = context.clock.now();
  const askedRuns = new AskedRuns(context.clock);
  const own = { gate, startedAt, intake, counts, probes, askedRuns, readReport: read };
  const rest: RestContext = { ...context, ...own };
  const source = new EventSource(context.clock, context.events);
  const table = [...ROUTES, ...eventRoutes(source)];
  table.push(describeApi(table));
  return {
    table,
    routes: table.map((route) => serve(rest, route)),
    async close() {
      source.close();
      if (shared === undefined) await probes.engine.stop();
    },
  };
}

/** The table as an OpenAPI document. */
export function describedTable(table: readonly RestRoute[], url: string): OpenApiDocument {
  const operations = table.map((route) => ({
    ...route,
    path: route.path.replace(/:(\w+)/g, '{$1}'),
    open: route.access === 'open',
  }));
  return openApiDocument({ version: VERSION, url }, operations);
}

function describeApi(table: readonly RestRoute[]): RestRoute {
  return defineRoute({
    method: 'GET',
    path: '/api/vigie/openapi.json',
    tag: 'server',
    summary: 'Describes this API (OpenAPI 3.1)',
    access: 'known',
    success: { status: 200, description: 'The document', type: 'application/json' },
    handle: async ({ context }) => describedTable(table, context.config().baseUrl),
  });
}

function serve(context: RestContext, route: RestRoute): Route {
  return {
    method: route.method,
    url: route.path,
    access: accessOf(route.access),
    ...(route.bodyLimit === undefined ? {} : largeBody(context, route.access, route.bodyLimit)),
    async handler(request, reply) {
      try {
        const identity = await identify(context, route.access, request);
        // A handler may say otherwise: 200 for what was there already.
        reply.code(route.success.status);
        const answer = await route.handle({
          context,
          identity,
          params: request.params as Record<string, string>,
          query: request.query,
          readBody: () => readJson(request.body, request.headers['content-type']),
          request,
          reply,
        });
        // Sent by the handler itself: the event stream.
        return reply.sent ? undefined : sendAnswer(reply, answer, route.success.type);
      } catch (error) {
        return sendError(reply, error, context.log);
      }
    },
  };
}

/** Nobody whom we do not know may have us keep a large body in memory. */
function largeBody(context: RestContext, access: RestAccess, bodyLimit: number) {
  const admit: Route['admit'] = async (request, reply) => {
    try {
      await identify(context, access, request);
      return true;
    } catch (error) {
      sendError(reply, error, context.log);
      return false;
    }
  };
  return { bodyLimit, admit };
}

/** Who calls, if that matters. @throws AppError `unauthenticated`, `forbidden`. */
async function identify(
  context: RestContext,
  access: RestAccess,
  request: FastifyRequest,
): Promise<Identity> {
  if (access === 'open') return { kind: 'anonymous', role: null };
  const identity = await authenticate(context, request.raw);
  if (!isKnown(identity)) throw new AppError('unauthenticated', 'sign in, or send an API key');
  if (access === 'admin' && !isInstanceAdmin(identity)) {
    throw new AppError('forbidden', 'only the instance admin may do this');
  }
  return identity;
}

/** The router's coarser word for it. */
function accessOf(access: RestAccess): Access {
  return access === 'open' || access === 'admin' ? access : 'session-or-key';
}
