import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { AppError } from '../../errors.ts';
import { type Route, register } from '../route.ts';
import { UnknownForm } from './body.ts';

/**
 * These routes as a Fastify plugin: in its scope bodies stay bytes whatever their Content-Type says, unless that is
 * protobuf, and failures are plain text.
 */
export function pushgatewayPlugin(routes: readonly Route[], log: Logger) {
  return async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.addHook('onRequest', async ({ raw }) => {
      if (raw.headers['content-type']?.includes('application/vnd.google.protobuf'))
        throw new UnknownForm('protobuf is not read here: push the text format (version 0.0.4)');
      // Clients say anything, even what cannot be read as a Content-Type.
      delete raw.headers['content-type'];
    });
    scope.addHook('onSend', async (_request, reply) => {
      reply.header('Cache-Control', 'no-store');
    });
    scope.setErrorHandler((error, _request, reply) => sendFailure(reply, error, log));
    register(scope, routes);
  };
}

function sendFailure(reply: FastifyReply, error: unknown, log: Logger): FastifyReply {
  const { status, message } = failureOf(error);
  if (status === 500) log.error({ err: error }, 'a call of the API for pushes failed');
  // Clients of the original know Basic alone.
  if (status === 401) reply.header('WWW-Authenticate', 'Basic realm="Vigie", charset="UTF-8"');
  if (status === 503) reply.header('Retry-After', '1');
  return reply.code(status).type('text/plain; charset=utf-8').send(`${message}\n`);
}

function failureOf(error: unknown): { status: number; message: string } {
  if (error instanceof UnknownForm) return { status: 415, message: error.message };
  if (error instanceof AppError && error.code !== 'internal') return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  if (status === 413) return { status, message: 'the body is too large' };
  if (typeof status === 'number' && status < 500) return { status, message: 'the request cannot be read' };
  return { status: 500, message: 'the server failed; its log says more' };
}
