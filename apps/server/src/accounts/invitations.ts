/**
 * Invitations: the only way into a project of somebody else's. The link goes to the person by whoever
 * invites; holding it is the proof, so that nobody gets in by an address that they merely registered.
 */
import type { Role } from '@vigie/contract/vocabulary';
import type { Kysely } from 'kysely';
import { AppError } from '../errors.ts';
import type { Database, UserRow } from '../store/schema.ts';
import type { Tx } from '../store/tx.ts';
import { audit } from './audit.ts';
import { linkToken } from './link-token.ts';
import { emitProject } from './manage-keys.ts';
import { type ByWhom, managingRole, membersOf, requireRank } from './members.ts';
import { dropToken, type KeptToken, keepToken, readToken, takeToken, tokensOf } from './one-time-token.ts';
import { addMember } from './projects.ts';
import { insertUser } from './users.ts';

/** The kind of the mail with the link. */
export const INVITATION_MAIL = 'invitation';
/** Milliseconds: a week. */
const INVITATION_LIFE = 7 * 86_400_000;
/** Invitations that wait, on one server; and members of a project, with them. */
const WAITING_LIMIT = 10_000;
const MEMBER_LIMIT = 1000;

/** What an invitation opens. */
export interface Invited {
  projectId: number;
  email: string;
  role: Role;
  /** Who invited; null = the admin token. */
  by: number | null;
  /** What the link's token is made from, so that it can be said again; earlier versions kept none. */
  seed?: string;
}

export interface InviteInput extends ByWhom {
  projectId: number;
  email: string;
  role: Role;
  /** Of the link's token. */
  hash: string;
  seed: string;
  /** Whether the link goes out by mail. */
  mail: boolean;
}

/** Queues a mail in the transaction of what it tells; wired to notify. */
export type QueueMail = (
  tx: Tx,
  mail: { kind: string; recipient: string; subjectId: string; life: number },
) => Promise<void>;

/** The token of an invitation's link. */
export function invitationToken(secretKey: string, seed: string): string {
  return linkToken(secretKey, INVITATION_MAIL, seed);
}

/** Makes an invitation. @throws AppError `conflict` when the person is a member, `forbidden` beyond one's role. */
export async function invite(tx: Tx, input: InviteInput, queueMail: QueueMail): Promise<KeptToken<Invited>> {
  const { projectId, email, role, by, actor, hash, seed, mail } = input;
  requireRank(await managingRole(tx.db, projectId, by), role);
  const members = await membersOf(tx.db, projectId);
  if (members.some((member) => member.email === email)) throw alreadyMember();
  const waiting = await tokensOf<Invited>(tx.db, 'invitation');
  const own = waiting.filter((one) => one.value.projectId === projectId);
  if (waiting.length >= WAITING_LIMIT || members.length + own.length >= MEMBER_LIMIT) {
    throw new AppError('conflict', 'too many members and invitations');
  }
  // A second invitation of the same person takes the place of the first.
  for (const one of own) if (one.value.email === email) await dropToken(tx, 'invitation', one.id);
  const kept = { expiresAt: tx.at + INVITATION_LIFE, value: { projectId, email, role, by, seed } };
  await keepToken<Invited>(tx, 'invitation', hash, kept);
  if (mail) await queueInvitation(tx, email, hash, queueMail);
  await audit(tx, { projectId, actor, action: 'member.invite', target: email, detail: { role } });
  return { ...kept, id: hash };
}

async function queueInvitation(tx: Tx, recipient: string, hash: string, queueMail: QueueMail): Promise<void> {
  await queueMail(tx, { kind: INVITATION_MAIL, recipient, subjectId: hash, life: INVITATION_LIFE });
}

/**
 * Gives an invitation its week anew, and sends its link again.
 * @throws AppError `not_found`, `conflict` for one whose link cannot be said again.
 */
export async function resendInvitation(
  tx: Tx,
  input: ByWhom & { projectId: number; id: string; mail: boolean },
  queueMail: QueueMail,
): Promise<KeptToken<Invited & { seed: string }>> {
  const { projectId, by, actor, mail } = input;
  const { id, value } = await waitingInvitation(tx.db, { ...input, now: tx.at });
  const { seed } = value;
  if (seed === undefined) {
    throw new AppError('conflict', 'this invitation is of an earlier version: invite the person anew');
  }
  requireRank(await managingRole(tx.db, projectId, by), value.role);
  const kept = { expiresAt: tx.at + INVITATION_LIFE, value: { ...value, seed } };
  await dropToken(tx, 'invitation', id);
  await keepToken<Invited>(tx, 'invitation', id, kept);
  if (mail) await queueInvitation(tx, value.email, id, queueMail);
  await audit(tx, { projectId, actor, action: 'member.reinvite', target: value.email });
  return { ...kept, id };
}

/** The invitations of a project that wait. */
export async function invitationsOf(
  db: Kysely<Database>,
  projectId: number,
  now: number,
): Promise<KeptToken<Invited>[]> {
  const all = await tokensOf<Invited>(db, 'invitation');
  return all.filter((one) => one.value.projectId === projectId && one.expiresAt > now);
}

/** Takes an invitation back. @throws AppError `not_found`. */
export async function revokeInvitation(
  tx: Tx,
  input: ByWhom & { projectId: number; id: string },
): Promise<void> {
  const { projectId, by, actor } = input;
  await managingRole(tx.db, projectId, by);
  const found = await waitingInvitation(tx.db, { ...input, now: tx.at });
  await dropToken(tx, 'invitation', found.id);
  await audit(tx, { projectId, actor, action: 'member.uninvite', target: found.value.email });
}

/** An invitation by the beginning of its hash. @throws AppError `not_found`. */
export async function waitingInvitation(
  db: Kysely<Database>,
  { projectId, id, now }: { projectId: number; id: string; now: number },
): Promise<KeptToken<Invited>> {
  const found = (await invitationsOf(db, projectId, now)).find((one) => one.id.startsWith(id));
  if (found === undefined || id.length < 16) throw new AppError('not_found', 'no such invitation');
  return found;
}

/** What a link invites to; null when it does not exist, was used, or ran out. */
export async function readInvitation(
  db: Kysely<Database>,
  hash: string,
  now: number,
): Promise<Invited | null> {
  return (await readToken<Invited>(db, 'invitation', hash, now))?.value ?? null;
}

export interface AcceptInput {
  hash: string;
  /** For an account that is made now; null when the existing one was proven. */
  password: string | null;
  name: string;
  timeZone: string;
}

/** Uses an invitation up: makes the account where there is none, and the member. */
export async function acceptInvitation(tx: Tx, input: AcceptInput): Promise<UserRow> {
  const invited = (await takeToken<Invited>(tx, 'invitation', input.hash))?.value;
  if (invited === undefined) throw new AppError('not_found', 'this invitation was used, or ran out');
  // Who invited may have lost the right meanwhile.
  requireRank(await managingRole(tx.db, invited.projectId, invited.by), invited.role);
  const { email } = invited;
  const user =
    input.password === null
      ? await tx.db.selectFrom('users').selectAll().where('email', '=', email).executeTakeFirstOrThrow()
      : await insertUser(tx, {
          email,
          name: input.name,
          password: input.password,
          admin: 0,
          timeZone: input.timeZone,
        });
  if (!(await addMember(tx, invited.projectId, user.id, invited.role))) throw alreadyMember();
  const { projectId, role } = invited;
  await audit(tx, {
    projectId,
    actor: `user:${email}`,
    action: 'member.accept',
    target: email,
    detail: { role },
  });
  await emitProject(tx, projectId);
  return user;
}

function alreadyMember(): AppError {
  return new AppError('conflict', 'this person is a member already', { field: 'email' });
}
