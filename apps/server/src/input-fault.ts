/** What is wrong with somebody's input, in one grammar: the sentence begins with the field's name. */
import type { z } from 'zod';
import { AppError } from './errors.ts';

/** One thing wrong with an input. */
export interface Fault {
  path: PropertyKey[];
  /** A sentence that begins with the field, which it leaves out. */
  reason: string;
}

/**
 * The first fault that a schema found, as `invalid` with its field and never with its value. `within` is the field
 * that was read; none = all of the input.
 */
export function inputFault({ issues: [issue] }: z.ZodError, within: readonly string[] = []): AppError {
  if (issue === undefined) return fault(within, 'is not valid');
  const [first] = faultsOf(issue);
  return fault([...within, ...(first?.path ?? [])], first?.reason ?? 'is not valid');
}

/** All faults that a schema found, never with a value. */
export function inputFaults({ issues }: z.ZodError): Fault[] {
  return issues.flatMap(faultsOf);
}

function faultsOf(issue: z.core.$ZodIssue): Fault[] {
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({ path: [...issue.path, key], reason: 'is not known' }));
  }
  return [{ path: [...issue.path], reason: messageOf(issue) }];
}

function fault(path: readonly PropertyKey[], message: string): AppError {
  const field = path.map(String).join('.');
  return new AppError('invalid', field === '' ? message : `${field} ${message}`, { field });
}

/** Zod's words in our grammar. */
function messageOf(issue: z.core.$ZodIssue): string {
  const { message } = issue;
  if (issue.code === 'invalid_type' && issue.input === undefined && message.endsWith('received undefined')) {
    return 'is missing';
  }
  if (issue.code === 'invalid_key')
    return issue.issues[0] === undefined ? message : messageOf(issue.issues[0]);
  if (issue.code === 'too_small') return `is too small: ${limitOf(issue, issue.minimum)}`;
  if (issue.code === 'too_big') return `is too large: ${limitOf(issue, issue.maximum)}`;
  return message.replace(/^Invalid (\w+): expected (.*)$/, 'must be $2').replace(/, received \w+$/, '');
}

function limitOf(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, limit: number | bigint): string {
  const [side, unit] = [issue.code === 'too_small' ? 'least' : 'most', UNITS[issue.origin] ?? ''];
  return `it takes ${limit}${unit} at ${side}`;
}

const UNITS: Record<string, string> = { string: ' characters', array: ' items' };
