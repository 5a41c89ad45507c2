import type { Commands } from '../../src/commands.ts';
import { BEAT_INTERVAL } from '../../src/nodes/presence.ts';
import type { Tx } from '../../src/store/tx.ts';

/**
 * The commands of nodes whose signs of life are left out while all is well: whoever asks for them finds those of the
 * living, whom `living` names.
 */
export function withBeats(commands: Commands, living: () => string[]): Commands {
  const { 'nodes.start': start, 'notify.adopt': adopt } = commands;
  const makeUp = async (tx: Tx): Promise<void> => {
    const latest = tx.at - 1 - (tx.at % BEAT_INTERVAL);
    await tx.db.updateTable('nodes').set({ alive_at: latest }).where('id', 'in', living()).execute();
  };
  return {
    ...commands,
    'nodes.start': {
      each: async (tx, id) => {
        await makeUp(tx);
        return start.each(tx, id);
      },
    },
    'notify.adopt': {
      each: async (tx, owner) => {
        await makeUp(tx);
        return adopt.each(tx, owner);
      },
    },
  };
}
