/** The monitoring API of Vigie in one's own application, behind its own sign-in. */
import { Desk, type MonitoringOptions } from './desk.ts';
import { type ExpressMonitoring, expressMonitoring } from './express.ts';
import { type FastifyMonitoring, fastifyMonitoring } from './fastify.ts';
import { type HonoMonitoring, honoMonitoring } from './hono.ts';

export type { MonitoringOptions } from './desk.ts';
export { type MonitoringRole, type MonitoringRoute, monitoringRoutes } from './routes.ts';

/** `Request` is what the framework in use hands over: Hono's context, the others' request. */
export interface MonitoringRouter<Request> {
  /** `app.use('/api/monitoring', router.express)` */
  express: ExpressMonitoring<Request>;
  /** `app.register(router.fastify, { prefix: '/api/monitoring' })` */
  fastify: FastifyMonitoring<Request>;
  /** `app.use('/api/monitoring/*', router.hono)` */
  hono: HonoMonitoring<Request>;
}

/**
 * Serves the routes of `monitoringRoutes` by asking the server of the client, with the client's key. Nothing of
 * the request goes there but the route and its names: no headers, no query, no body. Answers come back as they
 * are; where there is none, the status is 503 and the body `{"error": {"code", "message"}}`.
 */
export function monitoringRouter<Request>(
  options: MonitoringOptions<Request> = {},
): MonitoringRouter<Request> {
  const desk = new Desk(options);
  return {
    express: expressMonitoring(desk),
    fastify: fastifyMonitoring(desk),
    hono: honoMonitoring(desk),
  };
}
