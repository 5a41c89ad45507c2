import { timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Context } from '../../context.ts';
import { ping } from '../../store/open.ts';
import type { Route } from '../route.ts';
import type { SelfMetrics } from './self-metrics.ts';

export interface OperationsOptions {
  metrics: SelfMetrics;
  /** Why the server is not well; empty = it is. */
  troubles(): string[];
  /** Reads the configuration again; returns the problems, empty when it is in force. */
  reload(): Promise<string[]>;
}

/** Health, own metrics and reload. */
export function operationsRoutes(context: Context, options: OperationsOptions): Route[] {
  const live = async (_: FastifyRequest, reply: FastifyReply) => reply.type('text/plain').send('OK');

  const ready = async (_: FastifyRequest, reply: FastifyReply) => {
    const troubles = options.troubles();
    const answers = await ping(context.store).catch(() => false);
    if (!answers) troubles.push('the store does not answer');
    return reply
      .code(troubles.length === 0 ? 200 : 503)
      .type('text/plain')
      .send(troubles.length === 0 ? 'OK' : troubles.join('\n'));
  };

  const metrics = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!mayRead(context, request)) return denied(reply);
    return reply
      .header('Cache-Control', 'no-store')
      .type(options.metrics.registry.contentType)
      .send(await options.metrics.text());
  };

  const reload = async (request: FastifyRequest, reply: FastifyReply) => {
    if (!isAdmin(context, request)) return denied(reply);
    const problems = await options.reload();
    if (problems.length > 0) return reply.code(400).type('text/plain').send(problems.join('\n'));
    return reply.type('text/plain').send('OK');
  };

  return [
    ...['/livez', '/healthz', '/-/healthy', '/pushgateway/-/healthy'].map(
      (url): Route => ({ method: 'GET', url, access: 'open', handler: live }),
    ),
    ...['/readyz', '/-/ready', '/pushgateway/-/ready'].map(
      (url): Route => ({ method: 'GET', url, access: 'open', handler: ready }),
    ),
    { method: 'GET', url: '/metrics', access: 'metrics-key', handler: metrics },
    { method: ['POST', 'PUT'], url: '/-/reload', access: 'admin', handler: reload },
  ];
}

function denied(reply: FastifyReply): FastifyReply {
  return reply
    .code(401)
    .header('WWW-Authenticate', 'Basic realm="Vigie", charset="UTF-8"')
    .send({
      error: {
        code: 'unauthenticated',
        message: 'the metrics key or the admin token is needed',
        field: null,
      },
    });
}

function mayRead(context: Context, request: FastifyRequest): boolean {
  const { metricsKey } = context.config();
  return matches(presented(request), metricsKey) || isAdmin(context, request);
}

function isAdmin(context: Context, request: FastifyRequest): boolean {
  return matches(presented(request), context.config().admin.token);
}

/** The secret of `X-Metrics-Key`, a Bearer token, or the password of Basic. */
function presented(request: FastifyRequest): string | null {
  const key = request.headers['x-metrics-key'];
  if (typeof key === 'string') return key;
  const [scheme = '', value = ''] = (request.headers.authorization ?? '').split(' ');
  if (scheme.toLowerCase() === 'bearer') return value;
  if (scheme.toLowerCase() !== 'basic') return null;
  const pair = Buffer.from(value, 'base64').toString();
  return pair.slice(pair.indexOf(':') + 1);
}

function matches(given: string | null, wanted: string | null): boolean {
  if (given === null || wanted === null) return false;
  const [a, b] = [Buffer.from(given), Buffer.from(wanted)];
  return a.length === b.length && timingSafeEqual(a, b);
}
