import type { InitialChannel } from '../config/config.ts';
import type { Tx } from '../store/tx.ts';

/** Makes a channel that the configuration gives; it checked the settings. */
export async function addInitialChannel(tx: Tx, projectId: number, channel: InitialChannel): Promise<void> {
  await tx.db
    .insertInto('channels')
    .values({
      code: tx.newId(),
      project_id: projectId,
      kind: channel.kind,
      name: channel.name,
      settings: JSON.stringify(channel.settings),
      disabled: 0,
      last_error: '',
      last_notify_at: null,
      last_notify_duration: null,
      created_at: tx.at,
    })
    .execute();
}
