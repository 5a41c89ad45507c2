import { loadConfig, processSource, serverFlags } from '@vigie/server/config';
import type { Command } from '../command.ts';
import { readFileArguments, SERVER_FLAGS } from './file-arguments.ts';

export const backup: Command = {
  name: 'backup',
  usage: '<file> [flags]',
  summary: 'Writes everything the server keeps into one file, while it runs, and verifies it.',
  words: { flags: serverFlags() },
  help: () => `The file must not exist yet. It holds secrets: keep it like a password.\n${SERVER_FLAGS}`,
  async run(args, { out }) {
    const { file, flags } = readFileArguments(args);
    const { config } = loadConfig(processSource(flags));
    const { backUpServer } = await import('@vigie/server/backup');
    const { database, rows, tables, size } = await backUpServer(config, file);
    out(`backed up ${database} to ${file}: ${rows} rows of ${tables} tables, ${size} bytes, verified`);
  },
};
