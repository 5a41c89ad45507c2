/** The writes that change channels on somebody's behalf: joined from notify, the audit log and the path of alerts. */
import { audited } from './accounts/audit.ts';
import { lookAtUntold } from './alert-path.ts';
import {
  type ChannelRef,
  type CreateChannelInput,
  createChannel,
  removeChannel,
  type UpdateChannelInput,
  updateChannel,
} from './notify/manage.ts';

export function channelCommands() {
  return {
    'channels.create': audited(
      'channel.create',
      (tx, input: CreateChannelInput) => createChannel(tx, input),
      ({ projectId, kind, name, budget }, { code }) => ({
        projectId,
        target: code,
        detail: { kind, name, ...(budget === null ? {} : { budget }) },
      }),
    ),
    'channels.update': audited(
      'channel.update',
      (tx, input: UpdateChannelInput) => updateChannel(tx, input),
      // Settings hold secrets: only that they changed is told.
      ({ projectId, code, settings, name, disabled, budget }) => ({
        projectId,
        target: code,
        detail: { name, disabled, budget, settings: settings !== undefined },
      }),
    ),
    'channels.remove': audited(
      'channel.delete',
      (tx, ref: ChannelRef) => removeChannel(tx, ref, lookAtUntold),
      ({ projectId, code }, { kind, name }) => ({ projectId, target: code, detail: { kind, name } }),
    ),
  } as const;
}
