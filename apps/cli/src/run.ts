import { type Command, type Output, UsageError } from './command.ts';
import { allCommands, commandNamed, DEFAULT_COMMAND } from './commands/index.ts';
import { EXIT, EXIT_WORDS } from './exit-codes.ts';
import { VERSION } from './version.ts';

/** Runs the `vigie` command. `argv`: what follows its name. Failures are told, and set the exit code. */
export async function run(argv: readonly string[], output: Output): Promise<void> {
  try {
    await dispatch(argv, output);
  } catch (error) {
    output.error(reasonOf(error));
    output.exit(error instanceof UsageError ? EXIT.usage : EXIT.failure);
  }
}

async function dispatch(argv: readonly string[], output: Output): Promise<void> {
  const [first = DEFAULT_COMMAND] = argv;
  if (first === '--version') return output.out(`vigie ${VERSION}`);
  if (first === '--help' || first === 'help') return output.out(overview(await allCommands()));
  const named = !first.startsWith('-') && argv.length > 0;
  const name = named ? first : DEFAULT_COMMAND;
  const command = await commandNamed(name);
  if (command === undefined)
    throw new UsageError(`vigie has no command ${JSON.stringify(name)}; see vigie --help`);
  const args = named ? argv.slice(1) : argv;
  if (asksForHelp(args)) return output.out(manual(command));
  await command.run(args, output);
}

/** What stands behind `--` is another program's. */
function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--');
  return args.slice(0, end === -1 ? undefined : end).includes('--help');
}

function overview(commands: readonly Command[]): string {
  const rows = commands.map(({ name, usage, summary }) => `  vigie ${name} ${usage}\n      ${summary}`);
  return [
    'Usage:',
    ...rows,
    '  vigie --version\n  vigie --help, vigie <command> --help',
    '',
    `Without a command it is vigie ${DEFAULT_COMMAND}.`,
    'Exit codes (vigie exec ends as the command that it runs):',
    ...Object.entries(EXIT).map(([name, code]) => `  ${code} ${EXIT_WORDS[name as keyof typeof EXIT]}`),
  ].join('\n');
}

function manual({ name, usage, summary, help }: Command): string {
  return `Usage: vigie ${name} ${usage}\n\n${summary}\n\n${help()}`;
}

/** A failure that was foreseen in its own words, any other with its stack. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const foreseen =
    error instanceof UsageError ||
    error.name === 'BackupError' ||
    error.name === 'ClientError' ||
    error.name === 'ConfigError' ||
    error.name === 'EnvFileError' ||
    error.name === 'StartError';
  return foreseen ? error.message : (error.stack ?? error.message);
}
