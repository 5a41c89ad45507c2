import { messageOf } from '../errors.ts';
import { type Problem, shownValue } from './problem.ts';

/** A value as one source gave it: text, or whatever a YAML value is. */
export interface Given {
  /** The environment variable, flag or path in the file. */
  readonly name: string;
  readonly value: unknown;
  readonly file?: string;
  readonly line?: number;
}

/** What a {@link Given} is refused for. */
export function problemWith(given: Given, reason: string, secret: boolean): Problem {
  const problem: Problem = { name: given.name, value: shownValue(given.value, secret), reason };
  if (given.file !== undefined) problem.file = given.file;
  if (given.line !== undefined) problem.line = given.line;
  return problem;
}

/** Missing, null, and text of nothing but spaces count as not given: compose files pass `NAME=` for unset. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (typeof value === 'string' && value.trim() === '');
}

/**
 * A secret given directly, or as the path of a file that holds it; the line break that editors leave at the
 * file's end is not part of it. Both at once, or a file that cannot be read or is empty, are problems.
 */
export function directOrFromFile(
  direct: Given | undefined,
  fromFile: Given | undefined,
  readFile: (path: string) => string,
  problems: Problem[],
): Given | undefined {
  if (fromFile === undefined) return direct;
  if (direct !== undefined) {
    problems.push(problemWith(direct, `${fromFile.name} is given too; keep one of the two`, true));
    return undefined;
  }
  try {
    const value = readFile(String(fromFile.value)).replace(/\r?\n$/, '');
    if (!isBlank(value)) return { ...fromFile, value };
    problems.push(problemWith(fromFile, 'the file is empty', false));
  } catch (error) {
    problems.push(problemWith(fromFile, `cannot read the file: ${messageOf(error)}`, false));
  }
  return undefined;
}
