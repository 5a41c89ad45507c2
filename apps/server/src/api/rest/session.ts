/** Signing in and out. */
import { identitySchema, sessionSchema, signInSchema } from '@vigie/contract';
import { z } from 'zod';
import { clearedCookie } from '../../accounts/session-cookie.ts';
import { sessionId, sessionsOf } from '../../accounts/sessions.ts';
import { presentIdentity, presentSession } from './account-views.ts';
import { admit, identityAnswer, refuseForeignPage } from './admit.ts';
import { originOf, personOf } from './caller.ts';
import { defineRoute, type RestRoute } from './define.ts';

const signIn = defineRoute({
  method: 'POST',
  path: '/api/vigie/session',
  tag: 'session',
  summary: 'Signs in, and sets the session cookie',
  access: 'open',
  body: signInSchema,
  success: identityAnswer,
  async handle(call) {
    refuseForeignPage(call);
    const { email, password, code } = call.body;
    return admit(call, await call.context.gate.signIn(email, password, originOf(call), code));
  },
});

const whoAmI = defineRoute({
  method: 'GET',
  path: '/api/vigie/session',
  tag: 'session',
  summary: 'Tells who the caller is and which projects it sees',
  access: 'known',
  success: { status: 200, description: 'The caller', schema: identitySchema },
  handle: ({ context, identity }) => presentIdentity(context.store.db, identity),
});

const signOut = defineRoute({
  method: 'DELETE',
  path: '/api/vigie/session',
  tag: 'session',
  summary: 'Signs out',
  access: 'known',
  success: { status: 204, description: 'The session has ended' },
  async handle(call) {
    const { context, reply } = call;
    const { user, sessionHash } = personOf(call);
    const id = sessionId({ hash: sessionHash });
    await context.writer.run('sessions.close', { userId: user.id, id, actor: `user:${user.email}` });
    reply.header('Set-Cookie', clearedCookie(context.config().baseUrl));
  },
});

const listSessions = defineRoute({
  method: 'GET',
  path: '/api/vigie/sessions',
  tag: 'session',
  summary: 'Lists where the caller is signed in, the latest used first',
  access: 'known',
  success: { status: 200, description: 'Sessions', schema: z.object({ items: z.array(sessionSchema) }) },
  async handle(call) {
    const { user, sessionHash } = personOf(call);
    const sessions = await sessionsOf(call.context.store.db, user.id);
    return { items: sessions.map((session) => presentSession(session, sessionHash)) };
  },
});

const endOtherSessions = defineRoute({
  method: 'DELETE',
  path: '/api/vigie/sessions',
  tag: 'session',
  summary: 'Signs the caller out everywhere else',
  access: 'known',
  success: { status: 204, description: 'Every other session has ended' },
  async handle(call) {
    const { user, sessionHash } = personOf(call);
    const input = { userId: user.id, keep: sessionHash, actor: `user:${user.email}` };
    await call.context.writer.run('sessions.closeOthers', input);
  },
});

const endSession = defineRoute({
  method: 'DELETE',
  path: '/api/vigie/sessions/:session',
  tag: 'session',
  summary: "Ends one of the caller's sessions",
  access: 'known',
  success: { status: 204, description: 'It has ended' },
  async handle(call) {
    const { user } = personOf(call);
    const id = call.params['session'] ?? '';
    const actor = `user:${user.email}`;
    await call.context.writer.run('sessions.close', { userId: user.id, id, actor });
  },
});

export const sessionRoutes: RestRoute[] = [
  signIn,
  whoAmI,
  signOut,
  listSessions,
  endOtherSessions,
  endSession,
];
