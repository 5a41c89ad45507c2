/** What a `vigie.yml` declares: its text read, its durations and variables understood, everything wrong with it told. */
import type { Document, LineCounter } from 'yaml';
import { type Problem, shownName } from '../config/problem.ts';
import { duration } from '../config/time-types.ts';
import { parseValue } from '../config/value-types.ts';
import type { Fault } from '../input-fault.ts';
import { declare } from './declare.ts';
import { SECTION_NAMES } from './entries.ts';
import { type Located, locate } from './located.ts';

/** A file's declarations, ready to be planned or applied. */
export interface DeclaredFile {
  /** A document of the native API: durations are seconds. Null = the file declares nothing. */
  document: Record<string, unknown> | null;
  /** All that is wrong with it. */
  problems: readonly Problem[];
  /** What is wrong at a path of the document, as a problem with its line. */
  problemAt(fault: { path: readonly PropertyKey[]; reason: string }): Problem;
}

/** Settings of ours that are durations; those of kinds are as the kind says. */
export const DURATIONS: ReadonlySet<string> = new Set([
  'interval',
  'timeout',
  'grace',
  'every',
  'within',
  'longest_run',
  'shortest_run',
  'least_interval',
]);

/** Reads the declaring sections of a file whose syntax is valid. What is wrong is told with its line, without a value. */
export function readDeclarations(
  yaml: Document,
  lines: LineCounter,
  {
    file,
    env,
    timeZone = 'UTC',
  }: { file: string; env: Record<string, string | undefined>; timeZone?: string },
): DeclaredFile {
  const located = locate(yaml, lines, SECTION_NAMES, env);
  const problemAt: DeclaredFile['problemAt'] = ({ path, reason }) => ({
    name: path.map((part) => shownPart(part)).join('.'),
    value: '',
    reason,
    file,
    line: located.lineOf(path),
  });
  if (Object.keys(located.value).length === 0) return { document: null, problems: [], problemAt };
  const document = inSeconds(located.value) as Record<string, unknown>;
  const missing = located.faults.map(({ path }) => JSON.stringify(path.map(String)));
  const faults = withMeanings(document, located, timeZone).filter(
    ({ path }) => !missing.includes(JSON.stringify(path.map(String))),
  );
  const problems = [...located.faults, ...faults].map(problemAt);
  problems.sort((one, other) => lineIn(one) - lineIn(other));
  return { document, problems, problemAt };
}

function lineIn({ line = 0 }: Problem): number {
  return line;
}

function shownPart(part: PropertyKey): string {
  return typeof part === 'string' && / /.test(part) && part.length <= 60 ? part : shownName(String(part));
}

/** The same with `30s` as 30, and without ids that are blank; settings of kinds are left alone. */
function inSeconds(value: unknown, name = ''): unknown {
  if (Array.isArray(value)) return value;
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value)
        .filter(([key, part]) => !(key === 'uuid' && part === ''))
        .map(([key, part]) => [key, key === 'settings' ? part : inSeconds(part, key)]),
    );
  }
  if (typeof value !== 'string' || !DURATIONS.has(name)) return value;
  const parsed = parseValue(duration, value);
  return parsed.ok ? parsed.value / 1000 : value;
}

/**
 * Reads the document, and where a text from variables does not fit, what it may mean in its place: a number, a truth
 * value, a list. So `port: ${PORT}` is a number and a password of digits a text.
 */
function withMeanings(document: Record<string, unknown>, located: Located, timeZone: string): Fault[] {
  // Whose project it is for is not known here: the server says what that may not have.
  const rules = { environments: null, timeZone, tenants: null, mayBeLocal: true };
  const first = declare(document, rules).faults;
  const texts = new Map<PropertyKey[], unknown>();
  for (const { path } of first.filter((fault) => located.isReference(fault.path))) {
    const text = valueAt(document, path);
    const meaning = typeof text === 'string' ? meaningOf(text) : undefined;
    if (meaning === undefined) continue;
    texts.set(path, text);
    setAt(document, path, meaning);
  }
  const second = texts.size === 0 ? first : declare(document, rules).faults;
  const stillWrong = new Set(second.map(({ path }) => JSON.stringify(path)));
  const refuted = [...texts].filter(([path]) => stillWrong.has(JSON.stringify(path)));
  for (const [path, text] of refuted) setAt(document, path, text);
  const faults = refuted.length === 0 ? second : declare(document, rules).faults;
  return faults.map(asDuration);
}

function meaningOf(text: string): unknown {
  try {
    const meaning: unknown = JSON.parse(/^(true|false)$/i.test(text) ? text.toLowerCase() : text);
    return typeof meaning === 'string' ? undefined : meaning;
  } catch {
    return undefined;
  }
}

function asDuration({ path, reason }: Fault): Fault {
  const isOurs = DURATIONS.has(String(path.at(-1))) && !path.includes('settings');
  const isType = /^must be (number|int)/.test(reason);
  return { path, reason: isOurs && isType ? 'must be a duration such as 30s or 5m, or seconds' : reason };
}

function valueAt(document: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, part) => (isHolder(value) ? value[part] : undefined), document);
}

function setAt(document: unknown, path: readonly PropertyKey[], value: unknown): void {
  const holder = valueAt(document, path.slice(0, -1));
  const last = path.at(-1);
  if (isHolder(holder) && last !== undefined) holder[last] = value;
}

function isHolder(value: unknown): value is Record<PropertyKey, unknown> {
  return typeof value === 'object' && value !== null;
}
