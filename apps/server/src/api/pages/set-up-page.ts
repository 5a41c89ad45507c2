import { setUpSchema } from '@vigie/contract';
import type { FastifyReply } from 'fastify';
import { readToken } from '../../accounts/one-time-token.ts';
import { hashToken } from '../../accounts/secret-token.ts';
import type { SetUpResult } from '../../accounts/sign-in.ts';
import { originOf } from '../rest/caller.ts';
import { readInput } from '../rest/input.ts';
import type { Route } from '../route.ts';
import { admitted, form, hiddenToken, linkToken, NEW_PASSWORD } from './entry-form.ts';
import { firstPing } from './first-ping.ts';
import { readForm } from './form.ts';
import { type Html, html } from './html.ts';
import { field, readable, sendPage } from './page.ts';
import type { PageContext } from './page-context.ts';

const NOTHING = { token: '', name: '', email: '', password: '' };

/** Making the admin's account by the one-time link. */
export function setUpPages(context: PageContext): Route[] {
  const { config, store, clock, gate } = context;

  const send = (reply: FastifyReply, status: number, title: string, body: Html) =>
    sendPage(reply, status, { title, site: config().siteName, narrow: true, body });

  function show(reply: FastifyReply, status: number, given: typeof NOTHING, message: string | null) {
    const fields = [
      hiddenToken(given.token),
      field({
        name: 'name',
        label: 'Your name',
        type: 'text',
        autocomplete: 'name',
        value: given.name,
        required: false,
        focus: true,
      }),
      field({
        name: 'email',
        label: 'E-mail address',
        type: 'email',
        autocomplete: 'username',
        value: given.email,
      }),
      field(NEW_PASSWORD),
    ];
    const body = html`<p>Make the first account. It runs the server and sees every project.</p>
${form('/setup', message, fields, 'Make the account')}`;
    return send(reply, status, 'Set up', body);
  }

  return [
    {
      method: 'GET',
      url: '/setup',
      access: 'open',
      async handler(request, reply) {
        const token = linkToken(request);
        const kept = await readToken(store.db, 'set-up', hashToken(token), clock.now());
        if (kept !== null) return show(reply, 200, { ...NOTHING, token }, null);
        const body = html`<p>This link was used, ran out, or is of an earlier start. As long as there is no
account, each start prints a new one.</p><p><a href="/signin">Sign in</a></p>`;
        return send(reply, 404, 'Nothing to set up here', body);
      },
    },
    {
      method: 'POST',
      url: '/setup',
      access: 'open',
      async handler(request, reply) {
        let given = NOTHING;
        try {
          const sent = readForm(request, config().baseUrl);
          const [token, name, email, password] = [
            sent.get('token'),
            sent.get('name'),
            sent.get('email'),
            sent.get('password'),
          ];
          given = { token, name, email, password };
          const input = readInput(setUpSchema, given);
          const origin = originOf({ context, request });
          const done = await gate.setUp({ ...input, name }, origin);
          const body = html`<p>Your account is made, and you are signed in.</p>${keysOf(done)}
${firstPing(config().pingEndpoint, done.project.ping_key)}<p><a href="/">Go on</a></p>`;
          return send(admitted(context, reply, done), 201, 'All set', body);
        } catch (error) {
          const known = readable(reply, error);
          return show(reply, known.status, given, known.message);
        }
      },
    },
  ];
}

function keysOf({ keys, project }: SetUpResult): Html {
  const rows = [
    ['API key, read-write', keys.write],
    ['API key, read-only', keys.read],
    ['Ping key', project.ping_key],
  ].map(
    ([label = '', key]) => html`<dt>${label}</dt>
<dd>${key === null || key === undefined ? 'as configured' : html`<code>${key}</code>`}</dd>`,
  );
  return html`<section class="card" aria-labelledby="keys">
<h2 id="keys">Keys of ${project.name}</h2>
<p>The API keys are shown this once: keep them now.</p>
<dl>${rows}</dl></section>`;
}
