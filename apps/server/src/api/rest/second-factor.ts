/** The second factor of whoever is signed in, and its rescue by the instance admin. */
import {
  codeProofSchema,
  passwordProofSchema,
  proofSchema,
  recoveryCodesSchema,
  secondFactorSchema,
  totpSecretSchema,
} from '@vigie/contract';
import { actorOf } from '../../accounts/identity.ts';
import { beginTotp, confirmTotp, renewCodes } from '../../accounts/prove-code.ts';
import { countRecoveryCodes } from '../../accounts/recovery-codes.ts';
import { secondFactorOf } from '../../accounts/second-factor.ts';
import { totpUri } from '../../accounts/totp.ts';
import { originOf, personOf } from './caller.ts';
import { defineRoute, type RestRoute } from './define.ts';
import { namedUser } from './named-user.ts';

const TOTP = '/api/vigie/me/totp';

const getTotp = defineRoute({
  method: 'GET',
  path: TOTP,
  tag: 'session',
  summary: 'Tells whether the caller has a second factor',
  access: 'known',
  success: { status: 200, description: 'Whether it is on', schema: secondFactorSchema },
  async handle(call) {
    const { db } = call.context.store;
    const { id } = personOf(call).user;
    return {
      enabled: (await secondFactorOf(db, id)) !== null,
      recovery_codes: await countRecoveryCodes(db, id),
    };
  },
});

const startTotp = defineRoute({
  method: 'POST',
  path: TOTP,
  tag: 'session',
  summary: 'Makes the secret of a second factor, which is on once it is confirmed',
  access: 'known',
  body: passwordProofSchema,
  success: { status: 200, description: 'The secret', schema: totpSecretSchema },
  async handle(call) {
    const { context, body } = call;
    const { user } = personOf(call);
    await context.gate.prove(user, body.password, originOf(call));
    const secret = await beginTotp(context, user);
    return { secret, uri: totpUri(secret, context.config().siteName, user.email) };
  },
});

const confirm = defineRoute({
  method: 'POST',
  path: `${TOTP}/confirm`,
  tag: 'session',
  summary: 'Turns the second factor on by its first code; shows the recovery codes, this once',
  access: 'known',
  body: codeProofSchema,
  success: { status: 200, description: 'It is on', schema: recoveryCodesSchema },
  async handle(call) {
    const { context, body } = call;
    const { user } = personOf(call);
    context.gate.tries.at(user.email);
    return { recovery_codes: await confirmTotp(context, user, body.code) };
  },
});

const stopTotp = defineRoute({
  method: 'DELETE',
  path: TOTP,
  tag: 'session',
  summary: 'Turns the second factor off, by the password or a code',
  access: 'known',
  body: proofSchema,
  success: { status: 204, description: 'It is off' },
  async handle(call) {
    const { context, body } = call;
    const { user } = personOf(call);
    if (body.code === undefined) await context.gate.prove(user, body.password ?? '', originOf(call));
    else await context.gate.proveCode(user, body.code, originOf(call));
    await context.writer.run('secondFactor.drop', { userId: user.id, actor: `user:${user.email}` });
  },
});

const renewRecoveryCodes = defineRoute({
  method: 'POST',
  path: '/api/vigie/me/recovery-codes',
  tag: 'session',
  summary: 'Makes other recovery codes; the ones before lead nowhere',
  access: 'known',
  body: passwordProofSchema,
  success: { status: 200, description: 'Shown this once', schema: recoveryCodesSchema },
  async handle(call) {
    const { context, body } = call;
    const { user } = personOf(call);
    await context.gate.prove(user, body.password, originOf(call));
    return { recovery_codes: await renewCodes(context, user) };
  },
});

const rescue = defineRoute({
  method: 'DELETE',
  path: '/api/vigie/users/:user/second-factor',
  tag: 'users',
  summary: 'Turns off the second factor of somebody who lost it; the user by id or e-mail address',
  access: 'admin',
  success: { status: 204, description: 'It is off' },
  async handle({ context, params, identity }) {
    const user = await namedUser(context.store.db, params);
    await context.writer.run('secondFactor.drop', { userId: user.id, actor: actorOf(identity) });
  },
});

export const secondFactorRoutes: RestRoute[] = [
  getTotp,
  startTotp,
  confirm,
  stopTotp,
  renewRecoveryCodes,
  rescue,
];
