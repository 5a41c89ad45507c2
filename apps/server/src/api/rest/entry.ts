/** The ways in that make an account, and what their pages need to know: set-up, registration, invitation. */
import {
  entrySchema,
  invitationAcceptSchema,
  invitedSchema,
  linkParameters,
  registerSchema,
  setUpDoneSchema,
  setUpSchema,
} from '@vigie/contract';
import { grantIn, type Identity } from '../../accounts/identity.ts';
import { readInvitation } from '../../accounts/invitations.ts';
import { readToken } from '../../accounts/one-time-token.ts';
import { hashToken } from '../../accounts/secret-token.ts';
import { hasAdmin, userByEmail } from '../../accounts/users.ts';
import { AppError } from '../../errors.ts';
import { presentProject, presentUser } from './account-views.ts';
import { admit, identityAnswer, refuseForeignPage } from './admit.ts';
import { originOf } from './caller.ts';
import { defineRoute, type RestRoute } from './define.ts';

const getEntry = defineRoute({
  method: 'GET',
  path: '/api/vigie/entry',
  tag: 'session',
  summary: 'Tells which ways in there are',
  access: 'open',
  success: { status: 200, description: 'The ways in', schema: entrySchema },
  async handle({ context }) {
    const { registrationOpen, mail, siteName } = context.config();
    return {
      set_up_needed: !(await hasAdmin(context.store.db)),
      registration_open: registrationOpen,
      mail: mail.url !== null,
      site_name: siteName,
    };
  },
});

const checkSetUp = defineRoute({
  method: 'GET',
  path: '/api/vigie/setup',
  tag: 'session',
  summary: 'Tells whether a set-up link still leads in',
  access: 'open',
  query: linkParameters,
  success: { status: 204, description: 'It does' },
  async handle({ context, query }) {
    const { store, clock } = context;
    const kept = await readToken(store.db, 'set-up', hashToken(query.token), clock.now());
    if (kept === null || (await hasAdmin(store.db))) {
      throw new AppError('not_found', 'this set-up link was used, ran out, or is of an earlier start');
    }
  },
});

const setUp = defineRoute({
  method: 'POST',
  path: '/api/vigie/setup',
  tag: 'session',
  summary: 'Makes the instance admin with the one-time token that the server printed',
  access: 'open',
  body: setUpSchema,
  success: {
    status: 201,
    description: 'The admin, and the first project',
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

const showInvitation = defineRoute({
  method: 'GET',
  path: '/api/vigie/invitation',
  tag: 'members',
  summary: 'Tells what an invitation’s link opens',
  access: 'open',
  query: linkParameters,
  success: { status: 200, description: 'The invitation', schema: invitedSchema },
  async handle({ context, query }) {
    const { store, clock } = context;
    const invited = await readInvitation(store.db, hashToken(query.token), clock.now());
    const project =
      invited === null
        ? undefined
        : await store.db
            .selectFrom('projects')
            .select('name')
            .where('id', '=', invited.projectId)
            .executeTakeFirst();
    if (invited === null || project === undefined) {
      throw new AppError('not_found', 'this invitation was used, was taken back, or ran out');
    }
    const { email, role } = invited;
    const known = (await userByEmail(store.db, email)) !== undefined;
    return { project: project.name, email, role, account_exists: known };
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

export const entryRoutes: RestRoute[] = [
  getEntry,
  checkSetUp,
  setUp,
  register,
  showInvitation,
  acceptInvitation,
];
