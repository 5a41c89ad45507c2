import type { ErrorBody, ErrorCode } from '@vigie/contract';
import type { FastifyReply } from 'fastify';
import type { Logger } from 'pino';
import { RateLimited } from '../../accounts/rate-limit.ts';
import { AppError } from '../../errors.ts';

/** Answers of the API are for who asked, and are data. */
const HEADERS = { 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' };

/** Answers a call that went well; nothing is sent of undefined. */
export function sendAnswer(
  reply: FastifyReply,
  answer: unknown,
  type = 'application/json; charset=utf-8',
): FastifyReply {
  reply.headers(HEADERS);
  return answer === undefined ? reply.send() : reply.type(type).send(answer);
}

/** Answers a failure. What nobody expected is logged, and told without detail. */
export function sendError(reply: FastifyReply, error: unknown, log: Logger): FastifyReply {
  const known = knownError(error);
  if (known.code === 'internal') log.error({ err: error }, 'a call of the API failed');
  // Bearer, not Basic: a browser would ask its user for a password.
  if (known.status === 401) reply.header('WWW-Authenticate', 'Bearer realm="Vigie"');
  if (known instanceof RateLimited) reply.header('Retry-After', String(known.retryAfter));
  else if (known.code === 'unavailable' || known.code === 'rate_limited') reply.header('Retry-After', '1');
  const message = known.code === 'internal' ? 'the server failed; its log says more' : known.message;
  const { field, currentRevision } = known;
  const body: ErrorBody = {
    error: {
      code: known.code satisfies ErrorCode,
      message,
      field,
      ...(currentRevision === null ? {} : { current_revision: currentRevision }),
    },
  };
  return sendAnswer(reply.code(known.status), body);
}

/** Errors of our own, and the router's about bodies that it could not take. */
function knownError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const status = error instanceof Error && 'statusCode' in error ? error.statusCode : 500;
  if (status === 413) return new AppError('too_large', 'the body is too large');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return new AppError('invalid', 'the request cannot be read');
  }
  return new AppError('internal', 'internal');
}
