import type { z } from 'zod';
import { AppError } from '../../errors.ts';

/** Input that fits its schema. @throws AppError `invalid` with the first fault and where it is. */
export function readInput<S extends z.ZodType>(schema: S, value: unknown): z.output<S> {
  const result = schema.safeParse(value);
  if (result.success) return result.data;
  const [issue] = result.error.issues;
  if (issue === undefined) throw new AppError('invalid', 'the input is not valid');
  if (issue.code === 'unrecognized_keys') {
    const path = [...issue.path, issue.keys[0] ?? ''];
    throw fault(path, 'is not known');
  }
  throw fault(issue.path, messageOf(issue));
}

function fault(path: PropertyKey[], message: string): AppError {
  const field = path.map(String).join('.');
  return new AppError('invalid', field === '' ? message : `${field} ${message}`, { field });
}

/** Zod's words in our grammar: the sentence begins with the field's name. */
function messageOf(issue: z.core.$ZodIssue): string {
  const { message } = issue;
  if (issue.code === 'invalid_type' && issue.input === undefined && message.endsWith('received undefined')) {
    return 'is missing';
  }
  if (issue.code === 'too_small') return `is too small: ${limitOf(issue, issue.minimum)}`;
  if (issue.code === 'too_big') return `is too large: ${limitOf(issue, issue.maximum)}`;
  return message.replace(/^Invalid (\w+): expected (.*)$/, 'must be $2').replace(/, received \w+$/, '');
}

function limitOf(issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig, limit: number | bigint): string {
  const [side, unit] = [issue.code === 'too_small' ? 'least' : 'most', UNITS[issue.origin] ?? ''];
  return `it takes ${limit}${unit} at ${side}`;
}

const UNITS: Record<string, string> = { string: ' characters', array: ' items' };

/**
 * A body as JSON; nothing at all is an empty object.
 * @throws AppError `invalid` for another content type (a page of another site can send those unasked) and for
 * what is no JSON.
 */
export function readJson(body: unknown, contentType: string | undefined): unknown {
  const bytes = Buffer.isBuffer(body) ? body : Buffer.alloc(0);
  if (bytes.length === 0) return {};
  if (!/^application\/(json|[\w.-]+\+json)\s*(;|$)/i.test(contentType ?? '')) {
    throw new AppError('invalid', 'send JSON, with the header "Content-Type: application/json"');
  }
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch (error) {
    const reason = error instanceof SyntaxError ? 'it is no JSON' : 'it is no UTF-8';
    throw new AppError('invalid', `the body cannot be read: ${reason}`);
  }
}
