/** The writes of configuration as code: joined from checks, services and channels, each with its own entry in the log. */
import { channelCommands } from './channel-commands.ts';
import { checkCommands } from './check-commands.ts';
import { type ApplyInput, type ApplyPorts, applyDocument } from './declared/apply.ts';
import { type NoteInput, noteLook } from './declared/note-look.ts';
import { postWarnings } from './probe-path.ts';
import { removeProbe } from './probes/manage.ts';
import { serviceCommands } from './service-commands.ts';
import type { Tx } from './store/tx.ts';

export function configCommands(options: { checkLimit: number }) {
  const channels = channelCommands();
  const checks = checkCommands(options);
  const services = serviceCommands(options);
  const ports: ApplyPorts = {
    createChannel: channels['channels.create'].each,
    updateChannel: channels['channels.update'].each,
    removeChannel: channels['channels.remove'].each,
    createCheck: checks['checks.create'].each,
    updateCheck: checks['checks.update'].each,
    createService: services['services.create'].each,
    updateService: services['services.update'].each,
    removeCheck: checks['checks.remove'].each,
    removeProbe: (tx, check) => removeProbe(tx, check, postWarnings),
  };
  return {
    'config.apply': { each: (tx: Tx, input: ApplyInput) => applyDocument(tx, input, ports) },
    'config.note': { each: (tx: Tx, input: NoteInput) => noteLook(tx, input) },
  } as const;
}
