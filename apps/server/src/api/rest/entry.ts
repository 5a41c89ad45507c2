/** The ways in that make an account: set-up, registration, invitation. */
import { invitationAcceptSchema, registerSchema, setUpDoneSchema, setUpSchema } from '@vigie/contract';
import { grantIn, type Identity } from '../../accounts/identity.ts';
import { presentProject, presentUser } from './account-views.ts';
import { admit, identityAnswer, refuseForeignPage } from './admit.ts';
import { originOf } from './caller.ts';
import { defineRoute, type RestRoute } from './define.ts';

const setUp = defineRoute({
  method: 'POST',
  path: '/api/vigie/setup',
  tag: 'session',
  summary: 'Makes the instance admin with the one-time token that the server printed',
  access: 'open',
  body: setUpSchema,
  success: {
    status: 201,
    description: 'The admin, and keys that are shown this once',
    schema: setUpDoneSchema,
  },
  async handle(call) {
    refuseForeignPage(call);
    const { context, body } = call;
    const done = await context.gate.setUp({ ...body, name: body.name ?? '' }, originOf(call));
    await admit(call, done);
    const identity: Identity = { kind: 'session', user: done.user, sessionHash: '' };
    const grant = await grantIn(context.store.db, identity, done.project.id);
    return {
      user: presentUser(done.user),
      project: presentProject(done.project, grant),
      keys: done.keys,
      ping_url: `${context.config().pingEndpoint}${done.project.ping_key}/my-first-check?create=1`,
    };
  },
});

const register = defineRoute({
  method: 'POST',
  path: '/api/vigie/accounts',
  tag: 'session',
  summary: 'Makes an account for oneself, where registration is open',
  access: 'open',
  body: registerSchema,
  success: { ...identityAnswer, status: 201 },
  async handle(call) {
    refuseForeignPage(call);
    const { context, body } = call;
    const given = { ...body, name: body.name ?? '' };
    return admit(call, await context.gate.register(given, originOf(call)));
  },
});

const acceptInvitation = defineRoute({
  method: 'POST',
  path: '/api/vigie/invitation',
  tag: 'members',
  summary: 'Accepts an invitation: a new account chooses its password, an existing one gives it',
  access: 'open',
  body: invitationAcceptSchema,
  success: identityAnswer,
  async handle(call) {
    refuseForeignPage(call);
    const { context, body } = call;
    const given = { ...body, name: body.name ?? '' };
    return admit(call, await context.gate.accept(given, originOf(call)));
  },
});

export const entryRoutes: RestRoute[] = [setUp, register, acceptInvitation];
