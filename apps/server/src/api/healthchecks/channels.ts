import { findKind } from '../../notify/channel-kinds.ts';
import { channelsOf } from '../../notify/channel-queries.ts';
import { authorise } from './authorise.ts';
import type { CheckContext } from './check.ts';
import type { Handler } from './endpoint.ts';

/** `GET /channels/`: what may be named in a check's `channels`; kinds by Healthchecks' names. */
export function listChannels(context: CheckContext): Handler {
  return async (call) => {
    const owner = await authorise(context, call.request, 'write');
    const channels = await channelsOf(context.store.db, owner.projectId);
    return {
      channels: channels.map(({ code, name, kind }) => ({
        id: code,
        name,
        kind: findKind(kind)?.healthchecks ?? kind,
      })),
    };
  };
}
