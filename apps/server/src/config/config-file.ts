import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, type YAMLMap } from 'yaml';
import { SECTION_NAMES } from '../declared/entries.ts';
import { type DeclaredFile, readDeclarations } from '../declared/file.ts';
import { closest } from './closest.ts';
import { type Given, isBlank } from './given.ts';
import { interpolate } from './interpolation.ts';
import { HIDDEN, type Problem, shownName } from './problem.ts';
import { FILE_SUFFIX } from './setting.ts';
import { allSettings } from './settings.ts';
import { syntaxReason } from './yaml-syntax.ts';

/** Every path that may hold a value. */
const LEAVES: ReadonlySet<string> = new Set(
  allSettings.flatMap(({ path, secret }) => (secret ? [path, path + FILE_SUFFIX.path] : [path])),
);
const SECTIONS: ReadonlySet<string> = new Set(
  [...LEAVES].filter((path) => path.includes('.')).map((path) => path.slice(0, path.indexOf('.'))),
);

/** Sections that hold no settings. */
const DECLARING: ReadonlySet<string> = new Set(SECTION_NAMES);

/** What a file says. */
export interface ConfigText {
  /** The values of settings by their paths, with `${NAME}` replaced. */
  given: Map<string, Given>;
  /** What it declares besides; null = it could not be read. */
  declared: DeclaredFile | null;
}

/** What {@link readConfigText} works with. */
interface Reading {
  readonly file: string;
  readonly env: Record<string, string | undefined>;
  readonly problems: Problem[];
  readonly lines: LineCounter;
  readonly given: Map<string, Given>;
  resolve(node: unknown): unknown;
}

/**
 * Reads a file of settings and declarations. What is wrong with it goes to `problems` with its line, and never shows a
 * value that may be secret.
 */
export function readConfigText(
  text: string,
  file: string,
  env: Record<string, string | undefined>,
  problems: Problem[],
): ConfigText {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const given = new Map<string, Given>();
  const broken = [...document.errors, ...document.warnings];
  for (const error of broken) {
    const { line } = lines.linePos(error.pos[0]);
    problems.push({ name: '', value: '', reason: syntaxReason(error.code), file, line });
  }
  if (broken.length > 0) return { given, declared: null };
  const resolve = (node: unknown): unknown => (isAlias(node) ? node.resolve(document) : node);
  const reading: Reading = { file, env, problems, lines, given, resolve };
  const root: unknown = document.contents;
  if (isMap(root)) readSection(root, '', reading);
  else if (root !== null && !(isScalar(root) && root.value === null)) {
    problems.push({
      name: '',
      value: '',
      reason: 'must hold settings as "name: value" lines',
      file,
      line: 1,
    });
  }
  const declared = readDeclarations(document, lines, { file, env });
  problems.push(...declared.problems);
  return { given, declared };
}

function readSection(section: YAMLMap, prefix: string, reading: Reading): void {
  for (const { key, value } of section.items) {
    const path = prefix + shownName(isScalar(key) ? String(key.value) : 'a list or section');
    const node = reading.resolve(value);
    const line = lineOf(key, reading);
    if (DECLARING.has(path)) continue;
    if (LEAVES.has(path)) readValue(node, path, line, reading);
    else if (!SECTIONS.has(path)) refuseName(reading, path, line);
    else if (isMap(node)) readSection(node, `${path}.`, reading);
    else if (!(isScalar(node) && node.value === null))
      refuse(reading, path, line, 'must be a section of settings');
  }
}

/** Without the value, which may be a mistyped secret. */
function refuseName({ problems, file }: Reading, name: string, line: number): void {
  problems.push({ name, value: '', reason: `unknown setting${suggestion(name)}`, file, line });
}

/** A value that may be a mistyped secret is not shown. */
function refuse({ problems, file }: Reading, name: string, line: number, reason: string): void {
  problems.push({ name, value: HIDDEN, reason, file, line });
}

/** Settings are often written outside their section: then the name alone tells which one is meant. */
function suggestion(path: string): string {
  const lastPart = (name: string) => name.replace(/.*\./, '');
  return closest(path, [...LEAVES, ...SECTIONS, ...DECLARING]) || closest(lastPart(path), LEAVES, lastPart);
}

function readValue(node: unknown, path: string, line: number, reading: Reading): void {
  const value = plainValue(node, reading);
  if ('reason' in value) refuse(reading, path, line, value.reason);
  else if (!isBlank(value.plain)) {
    reading.given.set(path, { name: path, value: value.plain, file: reading.file, line });
  }
}

/** A scalar, or a list of scalars: nothing deeper, so that a list holding itself cannot be followed. */
function plainValue(node: unknown, reading: Reading): { plain: unknown } | { reason: string } {
  if (!isSeq(node)) return plainScalar(node, reading);
  const items: unknown[] = [];
  for (const item of node.items) {
    const value = plainScalar(reading.resolve(item), reading);
    if ('reason' in value) return value;
    items.push(value.plain);
  }
  return { plain: items };
}

function plainScalar(node: unknown, { env }: Reading): { plain: unknown } | { reason: string } {
  if (node === null) return { plain: null };
  if (node === undefined) return { reason: syntaxReason('BAD_ALIAS') };
  if (!isScalar(node)) return { reason: 'must be a value or a list of values' };
  if (typeof node.value !== 'string') return { plain: node.value };
  const result = interpolate(node.value, env);
  return 'reason' in result ? result : { plain: result.text };
}

function lineOf(key: unknown, { lines }: Reading): number {
  return lines.linePos((isNode(key) ? key.range?.[0] : undefined) ?? 0).line;
}
