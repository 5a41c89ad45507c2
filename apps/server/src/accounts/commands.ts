/** The writes of accounts, by name. */
import type { Tx } from '../store/tx.ts';
import { type BootstrapInput, bootstrap, type CreateChannel } from './bootstrap.ts';
import {
  type AcceptInput,
  acceptInvitation,
  type InviteInput,
  invite,
  type QueueMail,
  resendInvitation,
  revokeInvitation,
} from './invitations.ts';
import { type CreateKeyInput, createKey, type RevokeKeyInput, revokeKey, touchKey } from './manage-keys.ts';
import { type ManageUserInput, removeUser, setAdmin } from './manage-users.ts';
import { type ByWhom, type MemberRef, removeMember, updateMember } from './members.ts';
import { passkeyCommands } from './passkeys/passkeys.ts';
import {
  type KeepResetInput,
  keepReset,
  RESET_LIFE,
  RESET_MAIL,
  type ResetPasswordInput,
  resetPassword,
} from './password-reset.ts';
import {
  type CreateProjectInput,
  createProject,
  type RotatePingKeyInput,
  rotatePingKey,
  type UpdateProjectInput,
  updateProject,
} from './projects.ts';
import {
  type RemoveChecks,
  type RemoveProjectInput,
  removeProject,
  type WipePushes,
} from './remove-project.ts';
import { secondFactorCommands } from './second-factor.ts';
import {
  type CloseOthersInput,
  type CloseSessionInput,
  closeSession,
  type OpenSessionInput,
  openSession,
  signOutElsewhere,
  touchSession,
} from './sessions.ts';
import { type SetUpInput, setUp } from './set-up.ts';
import {
  type ChangePasswordInput,
  changePassword,
  insertUser,
  type NewUser,
  type UpdateUserInput,
  updateUser,
} from './users.ts';

/** What accounts need of other domains. */
export interface AccountPorts {
  checks: RemoveChecks;
  wipePushes: WipePushes;
  createChannel: CreateChannel;
  queueMail: QueueMail;
}

export function accountCommands({ checks, wipePushes, createChannel, queueMail }: AccountPorts) {
  return {
    'accounts.bootstrap': {
      each: (tx: Tx, input: BootstrapInput) => bootstrap(tx, input, createChannel),
    },
    'accounts.setUp': { each: (tx: Tx, input: SetUpInput) => setUp(tx, input) },
    'accounts.register': {
      each: (tx: Tx, input: Omit<NewUser, 'admin'>) => insertUser(tx, { ...input, admin: 0 }),
    },
    'accounts.update': { each: (tx: Tx, input: UpdateUserInput) => updateUser(tx, input) },
    'accounts.password': { each: (tx: Tx, input: ChangePasswordInput) => changePassword(tx, input) },
    'password.forgot': {
      each: (tx: Tx, recipient: string) =>
        queueMail(tx, { kind: RESET_MAIL, recipient, subjectId: '', life: RESET_LIFE }),
    },
    'password.keepReset': { each: (tx: Tx, input: KeepResetInput) => keepReset(tx, input) },
    'password.reset': { each: (tx: Tx, input: ResetPasswordInput) => resetPassword(tx, input) },
    ...secondFactorCommands,
    ...passkeyCommands,
    'users.setAdmin': {
      each: (tx: Tx, input: ManageUserInput & { admin: boolean }) => setAdmin(tx, input),
    },
    'users.remove': { each: (tx: Tx, input: ManageUserInput) => removeUser(tx, input) },
    'sessions.open': { each: (tx: Tx, input: OpenSessionInput) => openSession(tx, input) },
    'sessions.touch': { each: (tx: Tx, hash: string) => touchSession(tx, hash) },
    'sessions.closeOthers': { each: (tx: Tx, input: CloseOthersInput) => signOutElsewhere(tx, input) },
    'sessions.close': { each: (tx: Tx, input: CloseSessionInput) => closeSession(tx, input) },
    'projects.create': { each: (tx: Tx, input: CreateProjectInput) => createProject(tx, input) },
    'projects.update': { each: (tx: Tx, input: UpdateProjectInput) => updateProject(tx, input) },
    'projects.pingKey': { each: (tx: Tx, input: RotatePingKeyInput) => rotatePingKey(tx, input) },
    'projects.remove': {
      each: (tx: Tx, input: RemoveProjectInput) => removeProject(tx, input, { checks, wipePushes }),
    },
    'members.invite': { each: (tx: Tx, input: InviteInput) => invite(tx, input, queueMail) },
    'members.resend': {
      each: (tx: Tx, input: Parameters<typeof resendInvitation>[1]) => resendInvitation(tx, input, queueMail),
    },
    'members.uninvite': {
      each: (tx: Tx, input: ByWhom & { projectId: number; id: string }) => revokeInvitation(tx, input),
    },
    'members.accept': { each: (tx: Tx, input: AcceptInput) => acceptInvitation(tx, input) },
    'members.update': {
      each: (tx: Tx, input: Parameters<typeof updateMember>[1]) => updateMember(tx, input),
    },
    'members.remove': { each: (tx: Tx, input: MemberRef & ByWhom) => removeMember(tx, input) },
    'keys.create': { each: (tx: Tx, input: CreateKeyInput) => createKey(tx, input) },
    'keys.revoke': { each: (tx: Tx, input: RevokeKeyInput) => revokeKey(tx, input) },
    'keys.touch': { each: (tx: Tx, keyId: number) => touchKey(tx, keyId) },
  } as const;
}
