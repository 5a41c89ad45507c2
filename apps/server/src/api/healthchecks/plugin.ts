import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { AppError, messageOf } from '../../errors.ts';
import { type Route, register } from '../route.ts';
import { CORS_HEADERS } from './failure.ts';

/**
 * A Fastify plugin with these routes: in its scope bodies stay raw bytes whatever their Content-Type says, and
 * what the framework refuses is refused in the API's form.
 */
export function healthchecksPlugin(routes: readonly Route[]) {
  return async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    // Even one that cannot be read as a Content-Type must not matter.
    scope.addHook('onRequest', async (request) => {
      delete request.raw.headers['content-type'];
    });
    // A key in a header of its own means nothing to caches in between: they would give one's checks to another.
    scope.addHook('onSend', async (_request, reply) => {
      if (!reply.hasHeader('Cache-Control')) reply.header('Cache-Control', 'no-store');
    });
    scope.setErrorHandler(sendError);
    register(scope, routes);
  };
}

function sendError(error: FastifyError, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  reply.header(CORS_HEADERS.origin, '*');
  const status = error.statusCode ?? 500;
  if (status === 413) return reply.code(413).send({ error: 'request body is too large' });
  if (status >= 400 && status < 500) return reply.code(status).send({ error: error.message });
  if (error instanceof AppError && error.code === 'unavailable') {
    return reply.code(503).send({ error: error.message });
  }
  request.log.error({ error: messageOf(error), stack: error.stack }, 'a request failed');
  return reply.code(500).send({ error: 'internal error' });
}
