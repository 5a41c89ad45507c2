import type { Desk } from './desk.ts';
import { segmentsBehind } from './segments-behind.ts';

/** The part of Fastify's request that is read. */
export interface FastifyRequest {
  method: string;
  url: string;
}

interface FastifyReply {
  code(status: number): FastifyReply;
  headers(headers: Record<string, string>): FastifyReply;
  send(body: string): unknown;
}

interface FastifyApp<Request> {
  prefix: string;
  all(
    path: string,
    handler: (request: FastifyRequest & Request, reply: FastifyReply) => Promise<unknown>,
  ): unknown;
  removeAllContentTypeParsers(): void;
  addContentTypeParser(
    contentType: string,
    parser: (request: unknown, payload: unknown, done: (error: null) => void) => void,
  ): unknown;
}

export type FastifyMonitoring<Request> = (
  app: FastifyApp<Request>,
  registered: unknown,
  done: () => void,
) => void;

/** For `app.register(..., { prefix })`. */
export function fastifyMonitoring<Request>(desk: Desk<Request>): FastifyMonitoring<Request> {
  return (app, _, done) => {
    // No route takes a body: none is read, whatever its type.
    app.removeAllContentTypeParsers();
    app.addContentTypeParser('*', (_request, _payload, parsed) => parsed(null));
    app.all('/*', async (request, reply) => {
      const segments = segmentsBehind(app.prefix, request.url);
      const { status, headers, body } = await desk.answer(request, request.method, segments);
      return reply.code(status).headers(headers).send(body);
    });
    done();
  };
}
