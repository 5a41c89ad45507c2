import { invitationAcceptSchema } from '@vigie/contract';
import type { FastifyReply } from 'fastify';
import { type Invited, readInvitation } from '../../accounts/invitations.ts';
import { hashToken } from '../../accounts/secret-token.ts';
import { userByEmail } from '../../accounts/users.ts';
import type { AppError } from '../../errors.ts';
import { originOf } from '../rest/caller.ts';
import { readInput } from '../rest/input.ts';
import type { Route } from '../route.ts';
import { admitted, CODE, form, hiddenToken, linkToken, NEW_PASSWORD } from './entry-form.ts';
import { readForm } from './form.ts';
import { type Html, html } from './html.ts';
import { field, readable, redirect, sendPage } from './page.ts';
import type { PageContext } from './page-context.ts';

/** Accepting an invitation by its link. */
export function invitationPages(context: PageContext): Route[] {
  const { config, store, clock, gate } = context;

  const send = (reply: FastifyReply, status: number, title: string, body: Html) =>
    sendPage(reply, status, { title, site: config().siteName, narrow: true, body });

  async function show(reply: FastifyReply, status: number, token: string, failure: AppError | null) {
    const invited = await readInvitation(store.db, hashToken(token), clock.now());
    if (invited === null) {
      const body = html`<p>This invitation was used, was taken back, or ran out. Ask for another one.</p>`;
      return send(reply, 404, 'No invitation here', body);
    }
    const known = (await userByEmail(store.db, invited.email)) !== undefined;
    const code = failure?.field === 'code' ? [field(CODE)] : [];
    const fields = known ? [hiddenToken(token), ownPassword(), ...code] : newAccount(token);
    const message = failure?.message ?? null;
    const intro = await introduction(invited);
    const button = known ? 'Join' : 'Make the account and join';
    return send(
      reply,
      status,
      'Join a project',
      html`${intro}${form('/invitation', message, fields, button)}`,
    );
  }

  async function introduction(invited: Invited): Promise<Html> {
    const project = await store.db
      .selectFrom('projects')
      .select('name')
      .where('id', '=', invited.projectId)
      .executeTakeFirst();
    return html`<p><strong>${invited.email}</strong> is invited to <strong>${project?.name ?? ''}</strong>
as ${invited.role}.</p>`;
  }

  return [
    {
      method: 'GET',
      url: '/invitation',
      access: 'open',
      handler: (request, reply) => show(reply, 200, linkToken(request), null),
    },
    {
      method: 'POST',
      url: '/invitation',
      access: 'open',
      async handler(request, reply) {
        let token = '';
        try {
          const sent = readForm(request, config().baseUrl);
          token = sent.get('token');
          const [name, password, code] = [sent.get('name'), sent.get('password'), sent.get('code')];
          const given = readInput(invitationAcceptSchema, { token, name, password, code });
          const done = await gate.accept({ ...given, name }, originOf({ context, request }));
          return redirect(admitted(context, reply, done), '/');
        } catch (error) {
          const known = readable(reply, error);
          return show(reply, known.status, token, known);
        }
      },
    },
  ];
}

function ownPassword(): Html {
  return field({
    name: 'password',
    label: 'Your password here',
    type: 'password',
    autocomplete: 'current-password',
    focus: true,
  });
}

function newAccount(token: string): Html[] {
  const name = field({
    name: 'name',
    label: 'Your name',
    type: 'text',
    autocomplete: 'name',
    required: false,
    focus: true,
  });
  return [hiddenToken(token), name, field(NEW_PASSWORD)];
}
