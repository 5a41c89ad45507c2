import { helpText, serverFlags } from '@vigie/server/config';
import type { Command } from '../command.ts';

export const server: Command = {
  name: 'server',
  usage: '[flags]',
  summary: 'Runs the server until SIGTERM or SIGINT; SIGHUP reads the configuration again.',
  words: { flags: serverFlags() },
  help: helpText,
  async run(args) {
    const { serve } = await import('@vigie/server/serve');
    await serve(args);
  },
};
