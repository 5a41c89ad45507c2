import { loadConfig, processSource } from '@vigie/server/config';
import { parseFlags } from '../client/client-command.ts';
import { countText } from '../client/words.ts';
import { type Command, UsageError } from '../command.ts';
import { DEFAULT_FILE, fileNamed } from '../declared/read-file.ts';

const FLAGS = { json: { type: 'boolean' } } as const;

/** What a file has of each noun. */
function countsOf(document: Record<string, unknown>): string[] {
  return (['services', 'checks', 'channels'] as const).flatMap((name) => {
    const section = document[name];
    const count = typeof section === 'object' && section !== null ? Object.keys(section).length : 0;
    return count === 0 ? [] : [countText(count, name.slice(0, -1))];
  });
}

/** Needs no server: what the file says is held against what a server started with it here would take. */
export const configCommand: Command = {
  name: 'config',
  usage: 'check [file]',
  summary: 'Says everything that is wrong with a vigie.yml, with file, line and reason; needs no server.',
  words: { flags: [], choices: ['check'] },
  actions: new Map([['check', { flags: [{ name: '--json', takesValue: false }] }]]),
  help: () =>
    [
      `  vigie config check [file]\n      the file, ${DEFAULT_FILE} unless named, with the variables that are set here`,
      '',
      'It ends with 0 where nothing is wrong, else with 1. --json prints a list of what is wrong.',
    ].join('\n'),
  async run(args, output) {
    const { values: flags, positionals } = parseFlags([...args], FLAGS);
    const [action, ...words] = positionals;
    if (action !== 'check') throw new UsageError('vigie config needs check; see vigie config --help');
    const file = fileNamed(words);
    try {
      const { config } = loadConfig(processSource([`--config=${file}`]));
      const counts = countsOf(config.declared?.document ?? {});
      const holds = counts.length === 0 ? 'settings alone' : counts.join(', ');
      output.out(flags['json'] === true ? '[]' : `${file}: ${holds}; nothing is wrong`);
    } catch (error) {
      if (flags['json'] !== true || !(error instanceof Error) || !('problems' in error)) throw error;
      output.out(JSON.stringify(error.problems, null, 2));
      output.exit(1);
    }
  },
};
