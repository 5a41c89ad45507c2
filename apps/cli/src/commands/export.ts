import type { ConfigExport } from '@vigie/contract';
import { queryOf, singleCommand } from '../client/client-command.ts';
import { type Command, UsageError } from '../command.ts';

const command = singleCommand(
  {
    name: 'export',
    usage: '',
    summary: 'Prints all services, checks and channels as a vigie.yml, with variables in place of secrets',
    async run(call) {
      if (call.words.length > 0) throw new UsageError(`it takes no words: ${call.words[0]}`);
      const exported = await call.client.call<ConfigExport>('GET', `/config/export${queryOf(call, {})}`);
      const { declarationsText } = await import('@vigie/server/declarations');
      call.show(exported, declarationsText(exported).trimEnd());
    },
  },
  'It is YAML, to a terminal and to a file, unless --json is given. Applied to the same project it changes nothing.',
);

/** What it prints is a file, whoever reads it. */
export const exportCommand: Command = {
  ...command,
  run: (args, output) => command.run(args, { ...output, terminal: true }),
};
