/** A forgotten password. */
import { passwordForgottenSchema, passwordResetSchema, resetLinkSchema } from '@vigie/contract';
import { actorOf } from '../../accounts/identity.ts';
import { hashToken, newToken } from '../../accounts/secret-token.ts';
import { admit, identityAnswer, refuseForeignPage } from './admit.ts';
import { originOf } from './caller.ts';
import { defineRoute, type RestRoute } from './define.ts';
import { namedUser } from './named-user.ts';

const forgot = defineRoute({
  method: 'POST',
  path: '/api/vigie/password-reset',
  tag: 'session',
  summary: 'Sends a link to a new password, if the address has an account; the answer is the same if not',
  access: 'open',
  body: passwordForgottenSchema,
  success: { status: 202, description: 'Heard' },
  async handle(call) {
    refuseForeignPage(call);
    await call.context.gate.forgot(call.body.email, originOf(call));
  },
});

const confirm = defineRoute({
  method: 'POST',
  path: '/api/vigie/password-reset/confirm',
  tag: 'session',
  summary: 'Sets a new password by the token of a link, ends every session and signs in',
  access: 'open',
  body: passwordResetSchema,
  success: identityAnswer,
  async handle(call) {
    refuseForeignPage(call);
    return admit(call, await call.context.gate.resetPassword(call.body, originOf(call)));
  },
});

const resetLink = defineRoute({
  method: 'POST',
  path: '/api/vigie/users/:user/reset-link',
  tag: 'users',
  summary: 'Makes a link to a new password, to hand over; the user by id or e-mail address',
  access: 'admin',
  success: { status: 200, description: 'The link', schema: resetLinkSchema },
  async handle({ context, params, identity }) {
    const user = await namedUser(context.store.db, params);
    const token = newToken();
    const actor = actorOf(identity);
    await context.writer.run('password.keepReset', { hash: hashToken(token), userId: user.id, actor });
    return { url: `${context.config().baseUrl}/reset?token=${token}` };
  },
});

export const passwordResetRoutes: RestRoute[] = [forgot, confirm, resetLink];
