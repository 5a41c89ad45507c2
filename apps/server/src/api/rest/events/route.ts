/** `GET /api/vigie/events`: what changed, as it happens (server-sent events). */
import { changeEventSchema } from '@vigie/contract';
import type { FastifyReply } from 'fastify';
import { authenticate } from '../../../accounts/authenticate.ts';
import { type Identity, isKnown, projectsSeen } from '../../../accounts/identity.ts';
import { defineRoute, type RestContext, type RestRoute } from '../define.ts';
import type { EventSource, Look, View } from './event-source.ts';
import type { Sink } from './stream.ts';

const HEADERS = {
  'Content-Type': 'text/event-stream; charset=utf-8',
  'Cache-Control': 'no-store',
  'X-Content-Type-Options': 'nosniff',
  // nginx would gather the stream otherwise.
  'X-Accel-Buffering': 'no',
};

export function eventRoutes(source: EventSource): RestRoute[] {
  const streamEvents = defineRoute({
    method: 'GET',
    path: '/api/vigie/events',
    tag: 'events',
    summary:
      'Streams what changed by ids, four messages a second at most; `resync` means: fetch everything anew',
    access: 'known',
    success: {
      status: 200,
      description: 'Events `change` (data as described) and `resync`; Last-Event-ID resumes',
      schema: changeEventSchema,
      type: 'text/event-stream',
    },
    async handle({ context, request, reply }) {
      if (request.method === 'HEAD') {
        reply.headers(HEADERS).send();
        return;
      }
      const lastId = request.headers['last-event-id'];
      const look = lookFor(context, () => authenticate(context, request.raw));
      const disconnect = await source.connect(
        sinkOf(reply),
        typeof lastId === 'string' ? lastId : null,
        look,
      );
      reply.raw.on('close', disconnect);
    },
  });
  return [streamEvents];
}

/** Asks again who the client is: a session or key may have ended, a role may be another. */
function lookFor(context: RestContext, who: () => Promise<Identity>): Look {
  return async () => {
    const identity = await who();
    if (!isKnown(identity)) return null;
    const seen = await projectsSeen(context.store.db, identity);
    return new Map(
      seen.map(({ project, grant }): [number, View] => [
        project.id,
        { code: project.code, mayPing: grant.may('check.write') },
      ]),
    );
  };
}

/** The connection itself; headers go out with the first write. */
function sinkOf(reply: FastifyReply): Sink {
  let begun = false;
  return {
    write(text) {
      if (!begun) {
        begun = true;
        reply.hijack();
        reply.raw.writeHead(200, HEADERS);
      }
      return reply.raw.write(text);
    },
    onDrain: (callback) => void reply.raw.once('drain', callback),
    end: () => void reply.raw.end(),
  };
}
