/** What people may do about themselves. */
import { passwordChangeSchema, userPatchSchema, userSchema } from '@vigie/contract';
import { hashPassword } from '../../accounts/passwords.ts';
import { knownZone } from '../../checks/known-schedule.ts';
import { presentUser } from './account-views.ts';
import { originOf, personOf } from './caller.ts';
import { defineRoute, type RestRoute } from './define.ts';

const updateMe = defineRoute({
  method: 'PATCH',
  path: '/api/vigie/me',
  tag: 'session',
  summary: "Changes the caller's name, language, time zone or theme",
  access: 'known',
  body: userPatchSchema,
  success: { status: 200, description: 'The caller', schema: userSchema },
  async handle(call) {
    const { user } = personOf(call);
    const { time_zone, ...fields } = call.body;
    const zone = time_zone === undefined ? {} : { time_zone: knownZone(time_zone) };
    const input = { userId: user.id, fields: { ...fields, ...zone }, actor: `user:${user.email}` };
    return presentUser(await call.context.writer.run('accounts.update', input));
  },
});

const changePassword = defineRoute({
  method: 'POST',
  path: '/api/vigie/me/password',
  tag: 'session',
  summary: "Changes the caller's password and ends the caller's other sessions",
  access: 'known',
  body: passwordChangeSchema,
  success: { status: 204, description: 'It is changed' },
  async handle(call) {
    const { user, sessionHash } = personOf(call);
    const { gate, writer } = call.context;
    await gate.prove(user, call.body.current, originOf(call));
    const password = await hashPassword(call.body.password);
    const actor = `user:${user.email}`;
    await writer.run('accounts.password', { userId: user.id, password, sessionHash, actor });
  },
});

export const meRoutes: RestRoute[] = [updateMe, changePassword];
