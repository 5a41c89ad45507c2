import { loadConfig, processSource, serverFlags } from '@vigie/server/config';
import type { Command } from '../command.ts';
import { readFileArguments, SERVER_FLAGS } from './file-arguments.ts';

const FORCE = '--force';

export const restore: Command = {
  name: 'restore',
  usage: `<file> [${FORCE}] [flags]`,
  summary: 'Puts a backup into an empty database, SQLite or PostgreSQL, all of it or nothing.',
  words: { flags: [{ name: FORCE, takesValue: false }, ...serverFlags()] },
  help: () =>
    [
      `Stop the server first. ${FORCE} replaces what the database holds, and takes the backup even where the`,
      `configured secret key is not the one it was made with. ${SERVER_FLAGS}`,
    ].join('\n'),
  async run(args, { out }) {
    const { file, flags } = readFileArguments(args.filter((arg) => arg !== FORCE));
    const { config } = loadConfig(processSource(flags));
    const { restoreServer } = await import('@vigie/server/backup');
    const { database, rows, createdAt, version } = await restoreServer(config, file, args.includes(FORCE));
    out(`restored ${file} to ${database}: ${rows} rows, as of ${createdAt}, from Vigie ${version}`);
  },
};
