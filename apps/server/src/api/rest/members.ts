/** Who belongs to a project. */
import {
  invitationCreatedSchema,
  invitationCreateSchema,
  invitationSchema,
  memberPatchSchema,
  memberSchema,
  pageParameters,
  pageSchema,
} from '@vigie/contract';
import { z } from 'zod';
import {
  type Invited,
  invitationsOf,
  invitationToken,
  waitingInvitation,
} from '../../accounts/invitations.ts';
import { membersOf } from '../../accounts/members.ts';
import type { KeptToken } from '../../accounts/one-time-token.ts';
import { hashToken, newToken } from '../../accounts/secret-token.ts';
import { AppError } from '../../errors.ts';
import { presentInvitation, presentMember } from './account-views.ts';
import { actingPerson } from './caller.ts';
import { defineProjectRoute, type RawCall, type RestRoute } from './define.ts';
import { namedProject } from './find-project.ts';
import { pageOf } from './page.ts';

const PROJECT = '/api/vigie/projects/:project';

const listMembers = defineProjectRoute({
  method: 'GET',
  path: `${PROJECT}/members`,
  tag: 'members',
  summary: 'Lists the members of a project',
  find: namedProject,
  access: 'member.read',
  query: z.strictObject(pageParameters),
  success: { status: 200, description: 'Members', schema: pageSchema(memberSchema) },
  async handle({ context, project, query }) {
    const members = await membersOf(context.store.db, project.id);
    const page = pageOf(members, query, 'members', (member) => member.userId);
    return { ...page, items: page.items.map(presentMember) };
  },
});

const updateMember = defineProjectRoute({
  method: 'PATCH',
  path: `${PROJECT}/members/:member`,
  tag: 'members',
  summary: 'Gives a member another role, up to one’s own',
  find: namedProject,
  access: 'member.manage',
  body: memberPatchSchema,
  success: { status: 200, description: 'The member', schema: memberSchema },
  async handle(call) {
    const ref = { projectId: call.project.id, userId: memberId(call.params) };
    const input = { ...ref, ...actingPerson(call), role: call.body.role };
    return presentMember(await call.context.writer.run('members.update', input));
  },
});

const removeMember = defineProjectRoute({
  method: 'DELETE',
  path: `${PROJECT}/members/:member`,
  tag: 'members',
  summary: 'Takes a member out; everybody may leave',
  find: namedProject,
  access: 'member.read',
  success: { status: 204, description: 'No member any more' },
  async handle(call) {
    const ref = { projectId: call.project.id, userId: memberId(call.params) };
    await call.context.writer.run('members.remove', { ...ref, ...actingPerson(call) });
  },
});

function memberId(params: Record<string, string>): number {
  const id = params['member'] ?? '';
  if (/^\d{1,15}$/.test(id)) return Number(id);
  throw new AppError('not_found', 'no such member');
}

const listInvitations = defineProjectRoute({
  method: 'GET',
  path: `${PROJECT}/invitations`,
  tag: 'members',
  summary: 'Lists the invitations that wait',
  find: namedProject,
  access: 'member.manage',
  success: {
    status: 200,
    description: 'Invitations',
    schema: z.object({ items: z.array(invitationSchema) }),
  },
  async handle({ context, project }) {
    const waiting = await invitationsOf(context.store.db, project.id, context.clock.now());
    return { items: waiting.map(presentInvitation) };
  },
});

const invite = defineProjectRoute({
  method: 'POST',
  path: `${PROJECT}/invitations`,
  tag: 'members',
  summary: 'Invites somebody: by mail where the server can send it, and by the link in the answer',
  find: namedProject,
  access: 'member.manage',
  body: invitationCreateSchema,
  success: { status: 201, description: 'The invitation with its link', schema: invitationCreatedSchema },
  async handle(call) {
    const { context, project, body } = call;
    const seed = newToken();
    const hash = hashToken(invitationToken(context.secretKey, seed));
    const mail = context.config().mail.url !== null;
    const by = actingPerson(call);
    if (mail) context.gate.tries.invitationMail(by.actor, body.email);
    const input = { projectId: project.id, ...body, hash, seed, mail, ...by };
    const invitation = await context.writer.run('members.invite', input);
    return withLink(call, invitation, seed, mail);
  },
});

const resendInvitation = defineProjectRoute({
  method: 'POST',
  path: `${PROJECT}/invitations/:invitation/resend`,
  tag: 'members',
  summary: 'Gives an invitation another week, and sends its link again',
  find: namedProject,
  access: 'member.manage',
  success: { status: 200, description: 'The invitation with its link', schema: invitationCreatedSchema },
  async handle(call) {
    const { context, project, params } = call;
    const mail = context.config().mail.url !== null;
    const by = actingPerson(call);
    const waiting = await waitingInvitation(context.store.db, {
      projectId: project.id,
      id: params['invitation'] ?? '',
      now: context.clock.now(),
    });
    if (mail) context.gate.tries.invitationMail(by.actor, waiting.value.email);
    const input = { projectId: project.id, id: waiting.id, mail, ...by };
    const invitation = await context.writer.run('members.resend', input);
    return withLink(call, invitation, invitation.value.seed, mail);
  },
});

function withLink(
  { context }: Pick<RawCall, 'context'>,
  invitation: KeptToken<Invited>,
  seed: string,
  mailed: boolean,
) {
  const url = `${context.config().baseUrl}/invitation?token=${invitationToken(context.secretKey, seed)}`;
  return { ...presentInvitation(invitation), url, mailed };
}

const revokeInvitation = defineProjectRoute({
  method: 'DELETE',
  path: `${PROJECT}/invitations/:invitation`,
  tag: 'members',
  summary: 'Takes an invitation back',
  find: namedProject,
  access: 'member.manage',
  success: { status: 204, description: 'Its link leads nowhere now' },
  async handle(call) {
    const input = { projectId: call.project.id, id: call.params['invitation'] ?? '', ...actingPerson(call) };
    await call.context.writer.run('members.uninvite', input);
  },
});

export const memberRoutes: RestRoute[] = [
  listMembers,
  updateMember,
  removeMember,
  listInvitations,
  invite,
  resendInvitation,
  revokeInvitation,
];
