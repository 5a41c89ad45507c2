/** Files of `KEY=VALUE` lines (`.env`), read and renewed in place. Needs Node.js: browsers have no files. */
import { randomUUID } from 'node:crypto';
import { open, readFile, realpath, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { type EnvEntry, entriesOf, linesOf, replaceValue, serializeValue } from './env-lines.ts';

export { type EnvEntry, entriesOf } from './env-lines.ts';

/** Bytes; a longer file is hardly one of variables. */
const LARGEST_FILE = 4 * 1024 * 1024;
/** Times that a file which changes under our hands is read anew. */
const TRIES = 5;
/** Who may read a file that did not exist: it is going to hold keys. */
const OWNER_ONLY = 0o600;

/** A file, or a change of it, that cannot be; the message says what and where. */
export class EnvFileError extends Error {
  constructor(message: string) {
    super(message);
    this.name = 'EnvFileError';
  }
}

/**
 * The variables of a file; of one that comes twice the last value, as Docker Compose has it. Lines that are no
 * variable are passed over: `readEnvEntries` tells lines.
 * @throws what the file system says (`ENOENT` ...); EnvFileError for a file above 4 MiB.
 */
export async function readEnvFile(path: string): Promise<Map<string, string>> {
  return new Map((await readEnvEntries(path)).map(({ name, value }) => [name, value]));
}

/** Each line that sets a variable, in order, with its number from 1. @throws as `readEnvFile`. */
export async function readEnvEntries(path: string): Promise<EnvEntry[]> {
  return entriesOf(await readText(path));
}

/**
 * Sets variables in a file and leaves the rest of it as it is: order, comments, line ends. Every line that sets
 * one of them gets the new value; those that no line sets come at the end. The file is replaced whole or not at
 * all, keeps its mode, and stays where a link to it points; where it does not exist it is made, for its owner
 * alone. Calls of one process wait for one another.
 * @returns the names whose value changed; with none the file is not touched.
 * @throws EnvFileError for a name or value that no line can hold; what the file system says.
 */
export async function updateEnvFile(
  path: string,
  changes: Readonly<Record<string, string>>,
): Promise<string[]> {
  for (const [name, value] of Object.entries(changes)) requireWritable(name, value);
  const turn = (turns.get(path) ?? Promise.resolve()).then(() => update(path, changes));
  const settled = turn.then(nothing, nothing);
  turns.set(path, settled);
  try {
    return await turn;
  } finally {
    if (turns.get(path) === settled) turns.delete(path);
  }
}

/** The last update of each file that is under way. */
const turns = new Map<string, Promise<void>>();

function nothing(): void {}

function requireWritable(name: string, value: string): void {
  if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) {
    throw new EnvFileError(`${JSON.stringify(name)} is no name of a variable: letters, digits and _`);
  }
  if (value.includes('\0')) throw new EnvFileError(`the value of ${name} holds a NUL character`);
}

async function update(path: string, changes: Readonly<Record<string, string>>): Promise<string[]> {
  const target = await realpath(path).catch(unlessMissing(path));
  for (let tries = 1; ; tries++) {
    const before = await readText(target).catch(unlessMissing(null));
    const { text, changed } = changedText(before ?? '', changes);
    if (changed.length === 0) return [];
    if (await replaceFile(target, before, text)) return changed;
    if (tries === TRIES) throw new EnvFileError(`${path} is changed by others again and again`);
  }
}

/** The text with the changes in it, and the names whose value is another now. */
export function changedText(
  before: string,
  changes: Readonly<Record<string, string>>,
): { text: string; changed: string[] } {
  const changed = new Set<string>();
  const missing = new Map(Object.entries(changes));
  const lines = linesOf(before).map((line) => {
    const { entry } = line;
    const value = entry === null ? undefined : changes[entry.name];
    if (entry === null || value === undefined || !Object.hasOwn(changes, entry.name)) return line.text;
    missing.delete(entry.name);
    if (entry.value === value) return line.text;
    changed.add(entry.name);
    return replaceValue(line.text, value);
  });
  const text = lines.join('');
  const end = /\r\n/.test(text) ? '\r\n' : '\n';
  const parted = text === '' || text.endsWith('\n') ? text : text + end;
  const added = [...missing].map(([name, value]) => `${name}=${serializeValue(value)}${end}`);
  return {
    text: added.length === 0 ? text : parted + added.join(''),
    changed: [...changed, ...missing.keys()],
  };
}

/** Puts the text in the file's place, unless the file is no more what was read; says whether it did. */
async function replaceFile(target: string, before: string | null, text: string): Promise<boolean> {
  const mode = before === null ? OWNER_ONLY : (await stat(target)).mode & 0o777;
  const draft = join(dirname(target), `.${basename(target)}.${randomUUID()}`);
  const file = await open(draft, 'wx', mode);
  try {
    try {
      await file.chmod(mode);
      await file.writeFile(text);
      await file.sync();
    } finally {
      await file.close();
    }
    if ((await readText(target).catch(unlessMissing(null))) !== before) return false;
    await rename(draft, target);
    return true;
  } finally {
    await rm(draft, { force: true });
  }
}

async function readText(path: string): Promise<string> {
  const { size } = await stat(path);
  if (size > LARGEST_FILE)
    throw new EnvFileError(`${path} has ${size} bytes; ${LARGEST_FILE} are read at most`);
  return readFile(path, 'utf8');
}

/** Handles the one failure that is none: there is no such file. */
function unlessMissing<T>(instead: T): (error: unknown) => T {
  return (error) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return instead;
    throw error;
  };
}

/** A file of UUIDs for a client that makes missing checks: `createClient({ envFile: envFile('.env') })`. */
export function envFile(path: string): {
  read(): Promise<Map<string, string>>;
  update(changes: Readonly<Record<string, string>>): Promise<string[]>;
} {
  return { read: () => readEnvFile(path), update: (changes) => updateEnvFile(path, changes) };
}
