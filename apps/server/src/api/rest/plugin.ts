import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import { AppError } from '../../errors.ts';
import { register } from '../route.ts';
import { sendError } from './answer.ts';
import type { RestApi } from './routes.ts';

const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'] as const;

/**
 * The native API as a Fastify plugin: bodies stay bytes until the caller is known, every failure has the API's
 * form, and the event streams end before the server does.
 */
export function restPlugin(api: RestApi, log: Logger) {
  return async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, body, done) => done(null, body));
    scope.setErrorHandler((error, _request, reply) => sendError(reply, error, log));
    scope.addHook('preClose', async () => api.close());
    register(scope, api.routes);
    scope.route({
      method: [...METHODS],
      url: '/api/vigie/*',
      config: { access: 'open' },
      handler: async (request, reply) => {
        const call = `${request.method} ${request.url.split('?')[0]}`;
        return sendError(reply, new AppError('not_found', `there is no ${call}`), log);
      },
    });
  };
}
