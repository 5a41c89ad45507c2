import type { FastifyReply } from 'fastify';
import { AppError } from '../../errors.ts';
import { NOT_FOUND_PAGE } from '../not-found.ts';

const FORBIDDEN = '<!doctype html><html lang="en"><title>Forbidden</title><h1>Forbidden</h1></html>\n';

/** The headers by which pages of other sites may read an answer. */
export const CORS_HEADERS = {
  origin: 'Access-Control-Allow-Origin',
  headers: 'Access-Control-Allow-Headers',
  methods: 'Access-Control-Allow-Methods',
  age: 'Access-Control-Max-Age',
} as const;

/** A page that is not there; pages of other sites may not read it. */
export function sendNotFound(reply: FastifyReply): FastifyReply {
  for (const header of Object.values(CORS_HEADERS)) reply.removeHeader(header);
  return sendPage(reply, 404, NOT_FOUND_PAGE);
}

/** The answer to a form that another site could have sent. */
export function sendForbidden(reply: FastifyReply): FastifyReply {
  return sendPage(reply, 403, FORBIDDEN);
}

function sendPage(reply: FastifyReply, status: number, page: string): FastifyReply {
  return reply.code(status).header('Content-Type', 'text/html; charset=utf-8').send(page);
}

/** Answers what a handler threw, if it is something the caller can mend. @throws what is not. */
export function sendFailure(reply: FastifyReply, error: unknown): FastifyReply {
  if (!(error instanceof AppError) || error.code === 'internal') throw error;
  if (error.code === 'not_found') return sendNotFound(reply);
  reply.code(error.status);
  // Whose the check is, or that a limit is reached, is not told.
  if (error.code === 'forbidden') return reply.send();
  return reply.send({ error: error.message });
}
