import { signInSchema } from '@vigie/contract';
import type { FastifyReply } from 'fastify';
import { authenticate } from '../../accounts/authenticate.ts';
import { clearedCookie } from '../../accounts/session-cookie.ts';
import { sessionId } from '../../accounts/sessions.ts';
import { hasAdmin } from '../../accounts/users.ts';
import { originOf } from '../rest/caller.ts';
import { readInput } from '../rest/input.ts';
import type { Route } from '../route.ts';
import { admitted, CODE, form } from './entry-form.ts';
import { readForm } from './form.ts';
import { html } from './html.ts';
import { field, readable, redirect, sendPage } from './page.ts';
import type { PageContext } from './page-context.ts';

/** Signing in and out. */
export function signInPages(context: PageContext): Route[] {
  const { config, store, writer, gate } = context;

  function show(
    reply: FastifyReply,
    status: number,
    email: string,
    message: string | null,
    asksForCode = false,
  ) {
    const known = email !== '';
    const fields = [
      field({
        name: 'email',
        label: 'E-mail address',
        type: 'email',
        autocomplete: 'username',
        value: email,
        focus: !known,
      }),
      field({
        name: 'password',
        label: 'Password',
        type: 'password',
        autocomplete: 'current-password',
        focus: known,
      }),
      ...(asksForCode ? [field(CODE)] : []),
    ];
    const body = form('/signin', message, fields, 'Sign in');
    return sendPage(reply, status, { title: 'Sign in', site: config().siteName, narrow: true, body });
  }

  return [
    {
      method: 'GET',
      url: '/signin',
      access: 'open',
      async handler(_, reply) {
        if (await hasAdmin(store.db)) return show(reply, 200, '', null);
        const body = html`<p>Nobody can sign in yet. Open the set-up link that the server printed when it
started; a restart prints a new one.</p>`;
        const page = { title: 'Not set up yet', site: config().siteName, narrow: true, body };
        return sendPage(reply, 200, page);
      },
    },
    {
      method: 'POST',
      url: '/signin',
      access: 'open',
      async handler(request, reply) {
        let given = { email: '', password: '', code: '' };
        try {
          const sent = readForm(request, config().baseUrl);
          given = { email: sent.get('email'), password: sent.get('password'), code: sent.get('code') };
          const { email, password, code } = readInput(signInSchema, given);
          const done = await gate.signIn(email, password, originOf({ context, request }), code);
          return redirect(admitted(context, reply, done), '/');
        } catch (error) {
          const known = readable(reply, error);
          return show(reply, known.status, given.email, known.message, known.field === 'code');
        }
      },
    },
    {
      method: 'POST',
      url: '/signout',
      access: 'open',
      async handler(request, reply) {
        const identity = await authenticate(context, request.raw).catch(() => null);
        if (identity?.kind === 'session') {
          const { user, sessionHash } = identity;
          const session = {
            userId: user.id,
            id: sessionId({ hash: sessionHash }),
            actor: `user:${user.email}`,
          };
          await writer.run('sessions.close', session);
          reply.header('Set-Cookie', clearedCookie(config().baseUrl));
        }
        return redirect(reply, '/signin');
      },
    },
  ];
}
