import type { FastifyError, FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Context } from '../../context.ts';
import { type Route, register } from '../route.ts';
import { acknowledgePages } from './acknowledge-page.ts';
import { FORM_LIMIT } from './form.ts';
import { unsubscribePages } from './unsubscribe-page.ts';

/** The pages that the server makes itself, without script: those that messages link to with a signed token. */
export function pageRoutes(context: Context): Route[] {
  const routes = [...acknowledgePages(context), ...unsubscribePages(context)];
  return routes.map((route) => ({ ...route, bodyLimit: FORM_LIMIT }));
}

/** The pages as a Fastify plugin: in its scope a body is a form's text, and a failure tells no detail. */
export function pagesPlugin(routes: readonly Route[], log: Logger) {
  return async (scope: FastifyInstance): Promise<void> => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser(
      'application/x-www-form-urlencoded',
      { parseAs: 'string' },
      (_request, body, done) => done(null, body),
    );
    // Mail programs may send the one press that ends a report in this form (RFC 8058); its fields say nothing new.
    scope.addContentTypeParser('multipart/form-data', { parseAs: 'string' }, (_request, _body, done) =>
      done(null, ''),
    );
    scope.setErrorHandler((error: FastifyError, _request, reply) => {
      const status = error.statusCode ?? 500;
      if (status >= 500) log.error({ err: error }, 'a page failed');
      const text = status < 500 ? 'The request cannot be read.' : 'The server failed; its log says more.';
      return reply.code(status).type('text/plain; charset=utf-8').send(text);
    });
    register(scope, routes);
  };
}
