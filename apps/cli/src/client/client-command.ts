/** Commands that talk to a running server: `vigie <noun> <action> ...`, `vigie <verb> ...`. */
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { type Command, type Output, UsageError, type Words } from '../command.ts';
import { type Client, createClient } from './client.ts';
import { type Connection, connectionFrom, DEFAULT_URL, type Variables } from './connection.ts';

const COMMON = {
  url: { type: 'string' },
  key: { type: 'string' },
  project: { type: 'string' },
  json: { type: 'boolean' },
  text: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

type Values = Record<string, string | boolean | (string | boolean)[] | undefined>;

/** One call of an action. */
export interface ActionCall {
  client: Client;
  connection: Connection;
  /** What is no flag, in order. */
  words: readonly string[];
  /** The flags given, by name. */
  flags: Values;
  /** The same call where an env file says what flags and environment leave open. */
  withFile(file: Variables): ActionCall;
  /** Prints the text, or the data as JSON where the user wants that or a program reads it. */
  show(data: unknown, text: string): void;
  /** Says something beside the result, on standard error. */
  note(text: string): void;
  /** Sets the code with which the process ends. */
  exit(code: number): void;
}

export interface Action {
  name: string;
  usage: string;
  summary: string;
  options?: Readonly<Record<string, { type: 'string' | 'boolean'; multiple?: boolean }>>;
  /** The words that may stand behind it, where they are known. */
  choices?: readonly string[];
  run(call: ActionCall): Promise<void>;
}

export const COMMON_HELP = `Where the server is and who asks:
  --url URL        default VIGIE_URL, else the server of HEALTHCHECKS_API_URL, else ${DEFAULT_URL}
  --key KEY        an API key; default VIGIE_API_KEY, else HEALTHCHECKS_API_KEY, each also from the file that
                   the variable with _FILE names
  --project ID     needed where the key sees several projects
How the answer is printed: as text on a terminal, as JSON where a program reads it.
  --json, --text   the one or the other, wherever it goes`;

/** A command whose first word says what to do. */
export function clientCommand(name: string, summary: string, actions: readonly Action[]): Command {
  return {
    name,
    usage: `${actions.map((action) => action.name).join('|')} ...`,
    summary,
    words: { flags: [], choices: actions.map((action) => action.name) },
    actions: new Map(actions.map((action) => [action.name, wordsOf(action)])),
    help: () =>
      [
        ...actions.map(({ name: own, usage, summary: what }) =>
          `  vigie ${name} ${own} ${usage}`.trimEnd().concat(`\n      ${what}`),
        ),
        '',
        COMMON_HELP,
      ].join('\n'),
    async run(args, output) {
      const [word = '', ...rest] = args;
      const action = actions.find((candidate) => candidate.name === word);
      if (action === undefined) {
        const known = actions.map((candidate) => candidate.name).join(', ');
        throw new UsageError(`vigie ${name} needs one of ${known}; see vigie ${name} --help`);
      }
      await action.run(callOf(action, rest, output));
    },
  };
}

/** A command that does one thing. `help`: more lines for its own `--help`. */
export function singleCommand(action: Action, help: string): Command {
  const { name, usage, summary } = action;
  return {
    name,
    usage,
    summary,
    words: wordsOf(action),
    help: () => `${help}\n\n${COMMON_HELP}`,
    run: (args, output) => action.run(callOf(action, [...args], output)),
  };
}

function wordsOf({ options, choices }: Action): Words {
  const flags = Object.entries({ ...options, ...COMMON }).map(([name, { type }]) => ({
    name: `--${name}`,
    takesValue: type === 'string',
  }));
  return { flags, ...(choices === undefined ? {} : { choices }) };
}

function callOf(action: Action, args: string[], output: Output): ActionCall {
  const { values, positionals } = parseFlags(args, { ...COMMON, ...action.options });
  const flags = values as Values;
  if (flags['json'] === true && flags['text'] === true)
    throw new UsageError('--json and --text exclude one another');
  const asJson = flags['json'] === true || (flags['text'] !== true && !output.terminal);
  const callWith = (file: Variables): ActionCall => {
    const connection = connectionFrom(
      { url: stringOf(flags['url']), key: stringOf(flags['key']), pingKey: stringOf(flags['ping-key']) },
      process.env,
      file,
    );
    return {
      client: createClient(connection),
      connection,
      words: positionals,
      flags,
      withFile: callWith,
      show: (data, text) => output.out(asJson ? JSON.stringify(data, null, 2) : text),
      note: (text) => output.error(text),
      exit: (code) => output.exit(code),
    };
  };
  return callWith({});
}

/** Flags and what is none, in any order. @throws UsageError */
export function parseFlags(args: string[], options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function stringOf(value: Values[string]): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The one word that an action needs. @throws UsageError */
export function onlyWord({ words }: ActionCall, what: string): string {
  const [word, ...more] = words;
  if (word === undefined || more.length > 0) throw new UsageError(`exactly one ${what} is needed`);
  return word;
}

/** A flag with a value; undefined when it was not given. */
export function textFlag({ flags }: ActionCall, name: string): string | undefined {
  return stringOf(flags[name]);
}

/** All values of a flag that may be given several times. */
export function textFlags({ flags }: ActionCall, name: string): string[] {
  const value = flags[name];
  return Array.isArray(value) ? value.filter((one) => typeof one === 'string') : [];
}

/** Parameters of a URL from those that have a value; the project chosen by the user is among them. */
export function queryOf(
  call: ActionCall,
  parameters: Record<string, string | readonly string[] | undefined>,
): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ project: textFlag(call, 'project'), ...parameters })) {
    if (value === undefined) continue;
    for (const one of typeof value === 'string' ? [value] : value) query.append(name, one);
  }
  return query.size === 0 ? '' : `?${query}`;
}
