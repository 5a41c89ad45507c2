/** Pushgateway's API: `/metrics/job/...` and `/api/v1/metrics`, and everything below `/pushgateway` too. */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest, HTTPMethods } from 'fastify';
import type { Context } from '../../context.ts';
import { exposePushes } from '../../metrics/push/expose.ts';
import { readGroupingKey } from '../../metrics/push/grouping-key.ts';
import { BODY_LIMIT } from '../../metrics/push/limits.ts';
import { type GroupLabels, type PushedFamily, seriesIn } from '../../metrics/push/model.ts';
import { readPush } from '../../metrics/push/read-push.ts';
import type { FamilyInput, PushInput } from '../../metrics/push/receive.ts';
import { VERSION } from '../../version.ts';
import type { Access, Route } from '../route.ts';
import { bodyText } from './body.ts';
import { projectFor, projectForAdmin } from './caller.ts';
import { groupsJson } from './groups-json.ts';
import { readTtl } from './ttl.ts';

/** Every method that the router knows: what an address cannot do it says itself. */
const METHODS = ['DELETE', 'GET', 'HEAD', 'OPTIONS', 'PATCH', 'POST', 'PUT'] as const satisfies HTTPMethods[];
/** How the original begins what it says of metrics that it could read and does not take. */
const REFUSED = 'pushed metrics are invalid or inconsistent with existing metrics: ';

type Handler = (call: Call) => Promise<unknown>;

interface Call {
  request: FastifyRequest;
  reply: FastifyReply;
  /** The path as it stands in the request, without the prefix. */
  path: string;
  query: URLSearchParams;
}

/** The table of both mounts. */
export function pushgatewayRoutes(context: Context): Route[] {
  const startedAt = new Date(context.clock.now()).toISOString();
  const group = { PUT: push(context, true), POST: push(context, false), DELETE: remove(context) };
  const both = (prefix: string): Route[] => [
    route(prefix, '/metrics/job/*', group),
    route(prefix, '/metrics/job@base64/*', group),
    route(prefix, '/api/v1/metrics', { GET: listGroups(context) }),
    route(prefix, '/api/v1/admin/wipe', { PUT: wipe(context) }, 'admin'),
  ];
  return [
    ...both(''),
    ...both('/pushgateway'),
    // Elsewhere these addresses are the server's own, and Healthchecks'.
    route('/pushgateway', '/metrics', { GET: expose(context) }),
    route('/pushgateway', '/api/v1/status', { GET: status(context, startedAt) }),
  ];
}

function route(
  prefix: string,
  url: string,
  handlers: Partial<Record<string, Handler>>,
  access: Access = 'session-or-key',
): Route {
  return {
    method: [...METHODS],
    url: prefix + url,
    access,
    bodyLimit: BODY_LIMIT,
    async handler(request, reply) {
      const handler = handlers[request.method];
      if (handler === undefined)
        return reply.code(405).header('Allow', Object.keys(handlers).join(', ')).send('Method Not Allowed');
      const [path = '', query = ''] = (request.raw.url ?? '').split(/\?(.*)/s);
      return handler({ request, reply, path: path.slice(prefix.length), query: new URLSearchParams(query) });
    },
  };
}

function push(context: Context, replaces: boolean): Handler {
  return async ({ request, reply, path, query }) => {
    const projectId = await projectFor(context, request, query, 'check.write');
    const group = groupOf(path);
    const header = request.headers['x-push-ttl'];
    const ttl = readTtl(query.get('ttl') ?? (typeof header === 'string' ? header : null));
    const { families, refusal } = readPush(await bodyText(request), group);
    const input: PushInput = { projectId, group, families: families.map(inputOf), replaces, ttl, refusal };
    const refused = await context.writer.run('pushes.receive', input);
    return refused === null ? reply.code(200).send() : reply.code(400).send(`${REFUSED}${refused}\n`);
  };
}

function remove(context: Context): Handler {
  return async ({ request, reply, path, query }) => {
    const projectId = await projectFor(context, request, query, 'check.write');
    await context.writer.run('pushes.remove', { projectId, group: groupOf(path) });
    return reply.code(202).send();
  };
}

function wipe(context: Context): Handler {
  return async ({ request, reply, query }) => {
    const projectId = await projectForAdmin(context, request, query);
    while (await context.writer.run('pushes.wipe', projectId));
    return reply.code(202).send();
  };
}

function expose(context: Context): Handler {
  return async ({ request, reply, query }) => {
    const projectId = await projectFor(context, request, query, 'project.read');
    const pieces = exposePushes(context.store.db, projectId, context.clock.now());
    return reply.type('text/plain; version=0.0.4; charset=utf-8').send(Readable.from(pieces));
  };
}

function listGroups(context: Context): Handler {
  return async ({ request, reply, query }) => {
    const projectId = await projectFor(context, request, query, 'project.read');
    const data = await groupsJson(context.store.db, projectId, context.clock.now());
    return reply.type('application/json').send({ status: 'success', data });
  };
}

function status(context: Context, startedAt: string): Handler {
  return async ({ request, reply, query }) => {
    await projectFor(context, request, query, 'project.read');
    const build = { branch: '', buildDate: '', buildUser: '', goVersion: '', revision: '', version: VERSION };
    const flags = { 'push.disable-consistency-check': 'false', 'web.enable-admin-api': 'true' };
    const data = { build_information: build, flags, start_time: startedAt };
    return reply.type('application/json').send({ status: 'success', data });
  };
}

/** `/metrics/job/...` */
function groupOf(path: string): GroupLabels {
  return readGroupingKey(path.slice('/metrics/'.length));
}

function inputOf({ name, type, help, metrics }: PushedFamily): FamilyInput {
  const series = metrics.reduce((sum, metric) => sum + seriesIn(metric), 0);
  return { name, type, help, metrics: JSON.stringify(metrics), series };
}
