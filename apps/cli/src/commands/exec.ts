import { basename } from 'node:path';
import { parseFlags } from '../client/client-command.ts';
import { connectionFrom } from '../client/connection.ts';
import { pingAddress, requireCheckName } from '../client/ping-address.ts';
import { durationFrom } from '../client/words.ts';
import { type Command, type Output, UsageError } from '../command.ts';
import { watchedRun } from '../exec/watched-run.ts';

const FLAGS = {
  check: { type: 'string' },
  timeout: { type: 'string' },
  create: { type: 'boolean' },
  'no-output': { type: 'boolean' },
  url: { type: 'string' },
  key: { type: 'string' },
  'ping-key': { type: 'string' },
} as const;

/** The longest time that Node's timers take, ms: 24 days. */
const LONGEST_TIMEOUT = 2 ** 31 - 1;

async function exec(args: readonly string[], output: Output): Promise<void> {
  const end = args.indexOf('--');
  const [command, ...rest] = end === -1 ? [] : args.slice(end + 1);
  if (command === undefined)
    throw new UsageError('the command comes behind --: vigie exec --check X -- command ...');
  const { values: flags, positionals } = parseFlags(args.slice(0, end), FLAGS);
  if (positionals[0] !== undefined)
    throw new UsageError(`${positionals[0]} stands before --; the command comes behind it`);
  const text = (name: keyof typeof FLAGS): string | undefined => {
    const value = flags[name];
    return typeof value === 'string' ? value : undefined;
  };
  const name = requireCheckName(text('check') ?? slugOf(command));
  const create = flags['create'] === true || text('check') === undefined;
  const connection = connectionFrom(
    { url: text('url'), key: text('key'), pingKey: text('ping-key') },
    process.env,
  );
  const status = await watchedRun({
    command,
    args: rest,
    timeout: timeoutFrom(text('timeout')),
    withOutput: flags['no-output'] !== true,
    address: () => pingAddress(name, connection, create && connection.pingKey !== null),
    onLost: (reason) => output.error(`vigie exec: the check ${name} was not told: ${reason}`),
  });
  output.exit(status);
}

/** @throws UsageError */
function timeoutFrom(text: string | undefined): number | null {
  if (text === undefined) return null;
  const timeout = durationFrom(text);
  if (timeout > 0 && timeout <= LONGEST_TIMEOUT) return timeout;
  throw new UsageError(`--timeout takes more than nothing and at most 24d: ${text}`);
}

/** The slug of a check that nobody named: `/usr/local/bin/backup.sh` reports to `backup`. @throws UsageError */
function slugOf(command: string): string {
  const slug = basename(command)
    .replace(/\.[^.]*$/, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '');
  if (slug === '') throw new UsageError(`no check can be named for ${command}: --check names one`);
  return slug;
}

export const execCommand: Command = {
  name: 'exec',
  usage: '[--check <uuid|slug|url>] [--timeout 30m] [--no-output] -- command ...',
  summary: 'Runs a command and tells its check of start, end, output, exit status and duration.',
  words: {
    flags: Object.entries(FLAGS).map(([name, { type }]) => ({
      name: `--${name}`,
      takesValue: type === 'string',
    })),
  },
  help: () =>
    `  --check X        the check; without it the one whose slug is the command's name, made where there is none
  --timeout T      stops the command after that time (90s, 30m, 2h): SIGTERM, 10 s later SIGKILL
  --no-output      keeps what the command prints from the server
  --create         makes a check with that slug where there is none
  --url URL        default VIGIE_URL, else what HEALTHCHECKS_PING_URL and HEALTHCHECKS_API_URL say
  --ping-key KEY   the project's ping key, for slugs; default VIGIE_PING_KEY, else HEALTHCHECKS_PING_KEY
  --key KEY        looks a slug up where there is no ping key; default VIGIE_API_KEY, else HEALTHCHECKS_API_KEY

The command runs whether or not the server answers, and does not wait for it. Its output passes through, signals reach
it, and its exit code is that of vigie: 128 + n after signal n, 124 after --timeout, 126 where it cannot be executed,
127 where there is none. The end of its output, as much as the server keeps, goes with the report of its end, which is
tried for 10 s.`,
  run: exec,
};
