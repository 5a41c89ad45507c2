/** The lines of a `.env` file, as Docker Compose reads them. */

/** A line that sets a variable. */
export interface EnvEntry {
  name: string;
  /** Without quotes, escapes and a comment behind it. */
  value: string;
  /** Of its first line, from 1. */
  line: number;
}

/** A line with its end, or several that one quoted value spans. */
export interface EnvLine {
  text: string;
  /** null = it sets nothing: a comment, an empty line, anything else. */
  entry: EnvEntry | null;
}

const NAME = /^\uFEFF?[ \t]*(?:export[ \t]+)?([A-Za-z_][A-Za-z0-9_]*)[ \t]*=/;
/** A quoted value up to its line's end; double quotes know escapes, both may span lines. */
const QUOTED = /^[ \t]*(?:"((?:\\[\s\S]|[^"\\])*)"|'([^']*)')([ \t]*(?:#[^\r\n]*)?)(?=\r?\n|$)/;
/** Characters that mean themselves without quotes, to a shell too. */
const PLAIN = /^[A-Za-z0-9_./:@%+,=-]*$/;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t' };

/** Each line of a text that sets a variable, in order. */
export function entriesOf(text: string): EnvEntry[] {
  return linesOf(text).flatMap(({ entry }) => entry ?? []);
}

/** A text in lines; joined again they are the text. */
export function linesOf(text: string): EnvLine[] {
  const lines: EnvLine[] = [];
  for (let from = 0, number = 1; from < text.length; ) {
    const line = lineAt(text, from, number);
    lines.push(line);
    from += line.text.length;
    number += line.text.split('\n').length - 1;
  }
  return lines;
}

function lineAt(text: string, from: number, number: number): EnvLine {
  const newline = text.indexOf('\n', from);
  const line = text.slice(from, newline === -1 ? text.length : newline + 1);
  const named = NAME.exec(line);
  const name = named?.[1];
  if (named === null || name === undefined) return { text: line, entry: null };
  const start = from + named[0].length;
  const quoted = QUOTED.exec(text.slice(start));
  if (quoted === null) {
    return { text: line, entry: { name, value: plainValue(line.slice(named[0].length)), line: number } };
  }
  const [whole, double, single = ''] = quoted;
  const end = text.indexOf('\n', start + whole.length);
  return {
    text: text.slice(from, end === -1 ? text.length : end + 1),
    entry: { name, value: double === undefined ? single : unescaped(double), line: number },
  };
}

/** A value without quotes goes to the end of the line, or to a `#` with a blank before it. */
function plainValue(rest: string): string {
  const comment = commentStart(rest);
  return (comment === -1 ? rest : rest.slice(0, comment)).trim();
}

function commentStart(rest: string): number {
  return rest.search(/[ \t]#/);
}

function unescaped(text: string): string {
  return text.replace(/\\([\s\S])/g, (_, char: string) => ESCAPES[char] ?? char);
}

/** A value as it stands in a file: in quotes where readers would take it for something else without. */
export function serializeValue(value: string): string {
  if (PLAIN.test(value)) return value;
  if (!/['\r\n]/.test(value)) return `'${value}'`;
  const escaped = value
    .replace(/[\\"$]/g, '\\$&')
    .replace(/\n/g, '\\n')
    .replace(/\r/g, '\\r');
  return `"${escaped}"`;
}

/** The line with another value; what is before and behind the value stays. */
export function replaceValue(line: string, value: string): string {
  const head = NAME.exec(line)?.[0] ?? '';
  const rest = line.slice(head.length);
  const quoted = QUOTED.exec(rest);
  const end = quoted === null ? plainEnd(rest) : quoted[0].length - (quoted[3]?.length ?? 0);
  const blanks = rest.slice(0, end).search(/[^ \t]/);
  return head + rest.slice(0, Math.max(blanks, 0)) + serializeValue(value) + rest.slice(end);
}

/** Where a value without quotes ends: before the blanks, the comment and the end of the line. */
function plainEnd(rest: string): number {
  const comment = commentStart(rest);
  return (comment === -1 ? rest : rest.slice(0, comment)).trimEnd().length;
}
