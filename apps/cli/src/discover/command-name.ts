/** What a line of a shell is about, in a word. */
import { slugOf } from './proposal.ts';

/** Programs that prepare, ask or wrap, and are not what is run. */
const BESIDE = new Set([
  'cd',
  'test',
  '[',
  '[[',
  'export',
  'sleep',
  'true',
  'exit',
  'set',
  'umask',
  '.',
  'source',
  'date',
  'fi',
  'done',
]);
const WRAPPERS = new Set([
  'sudo',
  'nice',
  'ionice',
  'env',
  'chronic',
  'nohup',
  'exec',
  'time',
  'command',
  'systemd-cat',
  'cronic',
]);
/** Wrappers whose first word is no program: a lock file, a time, a user. */
const WRAPPERS_WITH_WORD = new Set(['flock', 'timeout', 'su', 'chpst', 'setuidgid']);
const INTERPRETERS = /^(ba|da|z|k)?sh$|^(python|perl|ruby|php|node|deno|bun|lua)[\d.]*$/;

/** Words of the shell before a command. */
const KEYWORDS = /^((if|then|else|elif|while|until|do|!)\s+)+/;

/** `cd / && /opt/backup.sh --all` is `backup`; empty where nothing is found. */
export function commandName(command: string): string {
  for (const part of command.split(/&&|\|\||[;|{}\n]/)) {
    const name = nameOfPart(part.trim().replace(KEYWORDS, '').split(/\s+/));
    if (name !== '') return name;
  }
  return '';
}

function nameOfPart(words: readonly string[]): string {
  const [program, ...rest] = words.filter(
    (word) => !/^[A-Za-z_]\w*=/.test(word) && !/^[<>&\d]*[<>]/.test(word),
  );
  if (program === undefined) return '';
  const own = baseOf(program);
  if (BESIDE.has(own)) return '';
  if (WRAPPERS.has(own)) return nameOfPart(withoutSettings(rest));
  if (WRAPPERS_WITH_WORD.has(own)) return nameOfPart(withoutSettings(rest).slice(1));
  if (INTERPRETERS.test(own)) return nameOfInterpreted(own, rest);
  const about = own === 'run-parts' ? rest.at(-1) : undefined;
  return slugOf(about === undefined ? withoutExtension(own) : `${own} ${baseOf(about)}`);
}

/** The script, the module or the text that an interpreter runs. */
function nameOfInterpreted(interpreter: string, words: readonly string[]): string {
  const text = /sh$/.test(interpreter) ? words.findIndex((word) => /^-\w*c$/.test(word)) : -1;
  if (text !== -1)
    return commandName(
      words
        .slice(text + 1)
        .join(' ')
        .replace(/^['"]|['"]$/g, ''),
    );
  const script = withoutOptions(words)[0];
  return script === undefined ? slugOf(interpreter) : slugOf(withoutExtension(baseOf(script)));
}

function withoutOptions(words: readonly string[]): string[] {
  const first = words.findIndex((word) => !word.startsWith('-'));
  return first === -1 ? [] : words.slice(first);
}

/** Without a wrapper's options and what they take: `-n 10`, `-u www`. */
function withoutSettings(words: readonly string[]): readonly string[] {
  const [first = '', second = ''] = words;
  if (!first.startsWith('-')) return words;
  const takesNext = /^-[nugcpks]$/.test(first) && !second.includes('/');
  return withoutSettings(words.slice(takesNext ? 2 : 1));
}

function baseOf(path: string): string {
  return (
    path
      .replace(/^['"]|['"]$/g, '')
      .replace(/\/+$/, '')
      .split('/')
      .at(-1) ?? ''
  );
}

function withoutExtension(name: string): string {
  return name.replace(/\.(sh|bash|py|pl|rb|php|js|ts|mjs|cjs)$/, '');
}

const PLAIN = /^[A-Za-z0-9_/.,:=@%+ -]+$/;

/** The command that runs it under a check; what needs a shell gets one. */
export function wiredCommand(name: string, command: string): string {
  const run =
    PLAIN.test(command) && !/^[A-Za-z_]\w*=/.test(command)
      ? command
      : `sh -c '${command.replaceAll("'", "'\\''")}'`;
  return `vigie exec --check ${name} -- ${run}`;
}
