import { PASSWORD_LENGTH } from '@vigie/contract';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sessionCookie } from '../../accounts/session-cookie.ts';
import type { SignedIn } from '../../accounts/sign-in.ts';
import { type Html, html } from './html.ts';
import { alert, type Field } from './page.ts';
import type { PageContext } from './page-context.ts';

/** A form with a failure above its fields. */
export function form(action: string, message: string | null, fields: Html[], button: string): Html {
  return html`<form class="card" method="post" action="${action}">
${alert(message)}${fields}
<button type="submit">${button}</button>
</form>`;
}

/** Carries a link's token through its form. */
export function hiddenToken(token: string): Html {
  return html`<input type="hidden" name="token" value="${token}">`;
}

/** The field in which somebody chooses a password. */
export const NEW_PASSWORD: Field = {
  name: 'password',
  label: 'Password',
  type: 'password',
  autocomplete: 'new-password',
  hint: `At least ${PASSWORD_LENGTH.least} characters.`,
  minLength: PASSWORD_LENGTH.least,
};

/** The field for a code of the second factor. */
export const CODE: Field = {
  name: 'code',
  label: 'Code of the second factor',
  type: 'text',
  autocomplete: 'one-time-code',
  hint: 'Six digits of the app, or a recovery code.',
};

/** The token of the link that was opened. */
export function linkToken(request: FastifyRequest): string {
  const { token } = request.query as { token?: unknown };
  return typeof token === 'string' ? token : '';
}

/** Lets somebody in. */
export function admitted(context: PageContext, reply: FastifyReply, { token }: SignedIn): FastifyReply {
  return reply.header('Set-Cookie', sessionCookie(token, context.config().baseUrl));
}
