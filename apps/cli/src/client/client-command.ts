/** Commands that talk to a running server: `vigie <noun> <action> ...`. */
import { readFileSync } from 'node:fs';
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { type Command, type Output, UsageError } from '../command.ts';
import { type Client, createClient } from './client.ts';

const DEFAULT_URL = 'http://localhost:8000';

const COMMON = {
  url: { type: 'string' },
  key: { type: 'string' },
  project: { type: 'string' },
  json: { type: 'boolean' },
} as const satisfies ParseArgsOptionsConfig;

type Values = Record<string, string | boolean | undefined>;

/** One call of an action. */
export interface ActionCall {
  client: Client;
  /** What is no flag, in order. */
  words: readonly string[];
  /** The flags given, by name. */
  flags: Values;
  /** Prints the text, or the data as JSON where the user wants that. */
  show(data: unknown, text: string): void;
  /** Says something beside the result, on standard error. */
  note(text: string): void;
}

export interface Action {
  name: string;
  usage: string;
  summary: string;
  options?: Readonly<Record<string, { type: 'string' | 'boolean' }>>;
  run(call: ActionCall): Promise<void>;
}

export const COMMON_HELP = `Where the server is and who asks:
  --url URL        default VIGIE_URL, else ${DEFAULT_URL}
  --key KEY        an API key; default VIGIE_API_KEY, or the file VIGIE_API_KEY_FILE names
  --project ID     needed where the key sees several projects
  --json           prints what the server answered`;

/** A command whose first word says what to do. */
export function clientCommand(name: string, summary: string, actions: readonly Action[]): Command {
  return {
    name,
    usage: `${actions.map((action) => action.name).join('|')} ...`,
    summary,
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

function callOf(action: Action, args: string[], output: Output): ActionCall {
  const { values, positionals } = parse(args, { ...COMMON, ...action.options });
  const flags = values as Values;
  const { url, key, json } = flags;
  const base = String(url ?? process.env['VIGIE_URL'] ?? DEFAULT_URL).replace(/\/+$/, '');
  if (!/^https?:\/\//.test(base)) throw new UsageError(`--url must begin with http:// or https://: ${base}`);
  return {
    client: createClient({ url: base, key: typeof key === 'string' ? key : keyFromEnvironment() }),
    words: positionals,
    flags,
    show: (data, text) => output.out(json === true ? JSON.stringify(data, null, 2) : text),
    note: (text) => output.error(text),
  };
}

function parse(args: string[], options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

function keyFromEnvironment(): string | null {
  const { VIGIE_API_KEY: key, VIGIE_API_KEY_FILE: file } = process.env;
  if (key !== undefined && key !== '') return key;
  return file === undefined || file === '' ? null : readFileSync(file, 'utf8').trim();
}

/** The one word that an action needs. @throws UsageError */
export function onlyWord({ words }: ActionCall, what: string): string {
  const [word, ...more] = words;
  if (word === undefined || more.length > 0) throw new UsageError(`exactly one ${what} is needed`);
  return word;
}

/** A flag with a value; undefined when it was not given. */
export function textFlag({ flags }: ActionCall, name: string): string | undefined {
  const value = flags[name];
  return typeof value === 'string' ? value : undefined;
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
