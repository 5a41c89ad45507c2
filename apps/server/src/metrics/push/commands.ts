import type { Tx } from '../../store/tx.ts';
import { type PushInput, receivePush } from './receive.ts';
import { type GroupRef, removeGroup, wipeGroups } from './remove.ts';

/** The writes of pushed metrics. */
export function pushCommands() {
  return {
    'pushes.receive': { each: (tx: Tx, input: PushInput) => receivePush(tx, input) },
    'pushes.remove': { each: (tx: Tx, ref: GroupRef) => removeGroup(tx, ref) },
    /** @returns whether there is more to do. */
    'pushes.wipe': { each: (tx: Tx, projectId: number) => wipeGroups(tx, projectId) },
  } as const;
}
